import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import { formatCount } from '../../presentation/format/numbers';
import { formatInUnit, type OneUnit } from '../../presentation/format/one-unit';
import { buildClockTime } from '../../presentation/releases/clock-time';
import { buildReleaseEdits, type ReleaseEditing } from '../../presentation/releases/release-edits';
import {
  buildNumberLink,
  buildOutcomeMarks,
  formatOutcomeNote,
  formatPerson,
  type FindOutcome,
} from '../../presentation/releases/outcome';
import { releaseWords } from '../../presentation/releases/release-words';
import type { ReleaseWays } from '../../presentation/releases/release-ways';
import type { MarkView } from '../../presentation/rows/row-cell';
import { dayWords } from './words';

interface RowContext extends Pick<ReleaseWays, 'timezone' | 'toReleaseHref'>, ReleaseEditing {
  readonly findOutcome: FindOutcome;
  /** Of lead times: one for the whole column. */
  readonly unit: OneUnit;
  /** Ids of those that corrections leave out of the metrics. */
  readonly leftOut: ReadonlySet<string>;
  /** The page is about one repository, which need not be named in each row. */
  readonly isOfOne: boolean;
}

/** A deployment as a row of its day: when, what, whose, how much, how long, and what became of it. */
export function buildDayRow(item: ReleaseItem, context: RowContext) {
  const { deployId, system, number, title, deployedAt, issueKeys } = item;
  const isLeftOut = context.leftOut.has(deployId);
  const { clock, ...time } = buildClockTime(deployedAt, context.timezone);
  return {
    time: { ...time, text: clock },
    link: { href: context.toReleaseHref(system.uuid, number), text: title },
    bitbucket: buildNumberLink(item),
    // What the title says itself need not be said again.
    place: [...(context.isOfOne ? [] : [system.name]), ...issueKeys.filter((key) => !title.includes(key))].join(' · '),
    author: formatPerson(item.author),
    commits: formatCommits(item),
    leadTime: formatInUnit(item.leadTime, context.unit),
    ...(isLeftOut ? leftOutOutcome : buildOutcome(item, context)),
    isLeftOut,
    ...buildReleaseEdits(item, context),
  };
}

/** Of one that could not be read whole, what is known of it. */
function formatCommits({ isComplete, changes }: Pick<ReleaseItem, 'isComplete' | 'changes'>) {
  if (isComplete) return { text: formatCount(changes.length), reason: null };
  return {
    text: changes.length === 0 ? dayWords.commitsUnknown : dayWords.commitsAtLeast(changes.length),
    reason: dayWords.commitsUnknownReason,
  };
}

const leftOutOutcome: { readonly marks: readonly MarkView[]; readonly note: string | null } = {
  marks: [{ word: releaseWords.leftOut, tone: 'neutral' }],
  note: null,
};

function buildOutcome({ deployId }: ReleaseItem, { findOutcome }: RowContext) {
  const outcome = findOutcome(deployId);
  const marks = buildOutcomeMarks(outcome);
  return { marks, note: marks.length === 0 ? releaseWords.noFailure : formatOutcomeNote(outcome) };
}
