import { formatDeployId } from '../../../domain/deployments/deploy-id';
import type { IncidentItem } from '../../../reporting/answers/rows';
import { isWithheld } from '../../../reporting/delivery/withhold';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import { formatLocalDate } from '../../presentation/format/dates';
import type { OpenedPage } from '../../presentation/frame/page-context';
import { buildRowActions, buildToldLines, type RowEditing } from '../../presentation/rows/row-actions';

interface EditsMaterial {
  readonly timeLine: PullRequestTimeLine;
  readonly incidents: readonly IncidentItem[];
}

/** What can be put right of a pull request, by whoever may, and what was. */
export function buildEdits(
  { timeLine, incidents }: EditsMaterial,
  { repository, snapshot, timezone, now }: OpenedPage,
  editing: RowEditing | null,
) {
  const id = formatDeployId({ repositoryUuid: repository?.uuid ?? '', number: timeLine.number });
  const own = incidents.filter((one) => one.incident_id === id || one.deploy_id === id);
  const names = own.map((one) => one.incident_id).filter((one) => !isWithheld(one));
  const corrections = snapshot.listCorrectionsOf([id, ...names]);
  if (editing === null) return { actions: null, lines: buildToldLines(corrections, timezone) };
  const { author, state } = timeLine;
  return buildRowActions(
    {
      ...{ id, name: `#${timeLine.number}`, incidents: names },
      // One that was declined counts in no metric.
      leaveOut: state === 'MERGED' || state === 'OPEN' ? 'pull-request' : null,
      author: author && { ...author, isBot: false },
      date: formatLocalDate(timeLine.mergedAt ?? now, timezone),
      corrections,
    },
    editing,
  );
}
