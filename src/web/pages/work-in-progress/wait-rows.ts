import type { OpenWait } from '../../../reporting/reviews/open-waits';
import { formatLocalDate, formatShortDate, buildExactTime } from '../../presentation/format/dates';
import { formatWait } from '../../presentation/waits/format-wait';
import type { SortedColumn } from '../../presentation/format/sorting';
import { buildOpenMarks } from '../../presentation/rows/pull-request-columns';
import type { MarkView, RowContext } from '../../presentation/rows/row-cell';
import { buildTitled, formatAuthor } from '../../presentation/rows/title-cell';
import { buildWhom } from '../../presentation/waits/wait-whom';
import type { RowEditing } from '../../presentation/rows/row-actions';
import { waitWords } from '../../presentation/waits/wait-words';
import { buildWaitEdits } from './wait-edits';
import { words } from './words';

/** What the list can be sorted by. */
export const waitColumns: readonly SortedColumn<OpenWait>[] = [
  { key: 'title', text: words.list.columns.title, isNumeric: false, toValue: ({ item }) => item.title },
  { key: 'for', text: words.list.columns.waitsFor, isNumeric: false, toValue: ({ waitsFor }) => waitsFor },
  { key: 'whom', text: words.list.columns.whom, isNumeric: false, toValue: (wait) => buildWhom(wait).text },
  { key: 'since', text: words.list.columns.since, isNumeric: false, toValue: ({ waited }) => waited },
  { key: 'over', text: words.list.columns.over, isNumeric: true, toValue: ({ over, waited }) => over ?? waited },
];
export const usualOrder = '-over';

const tones: Readonly<Record<OpenWait['waitsFor'], MarkView['tone']>> = {
  first_review: 'information',
  review: 'information',
  changes: 'warning',
  answer: 'warning',
  ready: 'neutral',
  merge: 'success',
  queue: 'success',
};

interface WaitRowContext extends RowContext {
  /** Seconds that a whole bar stands for. */
  readonly longest: number;
  /** `null`: whoever looks may put nothing right. */
  readonly editing: RowEditing | null;
}

export function buildWaitRow(wait: OpenWait, context: WaitRowContext) {
  const { item, waitsFor, since, waited } = wait;
  const waits: MarkView = { word: waitWords.waitsFor[waitsFor], tone: tones[waitsFor] };
  return {
    titled: buildTitled({ ...item, about: [toAuthor(item)] }, context),
    heads: words.list.columns,
    marks: [waits, ...buildOtherMarks(wait)],
    whom: buildWhom(wait),
    since: {
      ...buildExactTime(since, context.timezone),
      text: formatShortDate(formatLocalDate(since, context.timezone)),
    },
    waited: formatWait(waited),
    age: words.list.age(formatWait(item.time_in_progress), formatWait(item.time_stale)),
    ...buildOver(wait, context.longest),
    ...buildWaitEdits(wait, context.editing),
  };
}

function toAuthor({ author }: OpenWait['item']): string {
  return author === null ? waitWords.unknownAuthor : formatAuthor({ displayName: author.display_name });
}

/** A draft that is queued is marked as both; what the wait says already is not said again. */
function buildOtherMarks({ item, waitsFor }: OpenWait): MarkView[] {
  const said = { ready: words.list.draft, queue: words.list.queued } as const;
  const word = waitsFor === 'ready' || waitsFor === 'queue' ? said[waitsFor] : null;
  return buildOpenMarks(item).filter((mark) => mark.word !== word);
}

function buildOver({ over, usual, waited }: OpenWait, longest: number) {
  if (usual === null || over === null) {
    const bar = { width: toPercent(waited, longest), mark: null };
    return {
      over: waitWords.usualNotKnown,
      isOver: false,
      overWord: waitWords.overWord,
      usually: null,
      reason: waitWords.usualNotKnownReason,
      bar,
    };
  }
  const isOfWorkspace = usual.of === 'workspace';
  return {
    over: over > 0 ? waitWords.over(over) : waitWords.within,
    isOver: over > 0,
    overWord: waitWords.overWord,
    usually: waitWords.usually(usual.seconds, isOfWorkspace),
    reason: waitWords.usualReason(usual.n, isOfWorkspace),
    bar: { width: toPercent(waited, longest), mark: toPercent(usual.seconds, longest) },
  };
}

/** The longest that the bars of some rows show, with room for the mark. */
export function findLongest(waits: readonly OpenWait[]): number {
  return waits.reduce((most, { waited, usual }) => Math.max(most, waited, usual?.seconds ?? 0), 1) * 1.02;
}

/** By the square root: beside a leftover of weeks, hours and days can still be told apart. */
function toPercent(seconds: number, longest: number): string {
  return `${(100 * Math.sqrt(Math.max(0, seconds) / longest)).toFixed(0)}%`;
}
