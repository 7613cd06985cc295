import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import { formatLocalDate } from '../format/dates';
import { buildRowActions, buildToldLines, type RowActionsView, type RowEditing } from '../rows/row-actions';
import type { RowLineView } from '../rows/row-actions';
import type { FindOutcome } from './outcome';

/** What can be put right of deployments where they are told, and what was. */
export interface ReleaseEditing {
  /** `null`: nothing, by whoever looks. */
  readonly editing: RowEditing | null;
  /** Those in force, newest first. */
  readonly listCorrectionsOf: WholeSnapshot['listCorrectionsOf'];
}

/** Where the facts are shown as they came, no correction is told. */
export function openReleaseEditing(
  editing: RowEditing | null,
  { listCorrectionsOf }: Pick<WholeSnapshot, 'listCorrectionsOf'>,
  { isRaw }: Pick<DeliveryFilter, 'isRaw'>,
): ReleaseEditing {
  return { editing, listCorrectionsOf: isRaw ? () => [] : listCorrectionsOf };
}

interface ReleaseEdits {
  readonly actions: RowActionsView | null;
  readonly lines: readonly RowLineView[];
}

interface EditsContext extends ReleaseEditing {
  readonly findOutcome: FindOutcome;
  readonly timezone: string;
}

/** The menu of a deployment, and the lines below it; whoever can only look reads what was put right, without a name. */
export function buildReleaseEdits(item: ReleaseItem, context: EditsContext): ReleaseEdits {
  const { editing, timezone } = context;
  const corrections = context.listCorrectionsOf([item.deployId]);
  if (editing === null) return { actions: null, lines: buildToldLines(corrections, timezone) };
  const { failures, ended } = context.findOutcome(item.deployId);
  const incidents = [...failures, ...ended].map(({ incidentId }) => incidentId).filter((id) => !isWithheld(id));
  const subject = {
    ...{ id: item.deployId, name: `#${item.number}`, incidents: [...new Set(incidents)] },
    ...({ leaveOut: 'deployment', author: item.author, corrections } as const),
    date: formatLocalDate(item.deployedAt, timezone),
  };
  return buildRowActions(subject, editing);
}
