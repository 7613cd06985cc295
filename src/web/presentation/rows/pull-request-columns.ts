import type { MergedPoint } from '../../../reporting/reviews/merged-points';
import type { WorkInProgressPhase } from '../../../domain/reviews/work-in-progress-phase';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../../../reporting/answers/pull-requests';
import { formatDurationCell } from '../charts/duration-chart';
import { buildTime } from '../format/dates';
import { formatCount, unknown } from '../format/numbers';
import type { SortedColumn } from '../format/sorting';
import type { MarkView, RowColumn } from './row-cell';
import { buildTitled, formatAuthor, listIssueKeys } from './title-cell';
import { columnTexts } from './words';

type Item = MergedPullRequestItem | OpenPullRequestItem;

/** A column of a list of pull requests that can be sorted by it; of merged ones without reading their words. */
type PullRequestColumn<I, Sorted = I> = RowColumn<I> & SortedColumn<Sorted>;
type Sortable = Item | MergedPoint;

/** What an open pull request is beside its phase. */
export function buildOpenMarks({ draft, queued }: { readonly draft: boolean; readonly queued: boolean }): MarkView[] {
  return [
    ...(draft ? [{ word: 'Draft', tone: 'neutral' } as const] : []),
    ...(queued ? [{ word: 'In merge queue', tone: 'information' } as const] : []),
  ];
}

export const phaseMarks: Readonly<Record<WorkInProgressPhase, MarkView>> = {
  open: { word: 'Not reviewed', tone: 'neutral' },
  reviewed: { word: 'Reviewed', tone: 'information' },
  approved: { word: 'Approved', tone: 'success' },
};

const nameColumn: PullRequestColumn<Item, Pick<Sortable, 'system' | 'id'>> = {
  key: 'name',
  text: columnTexts.pullRequest,
  isNumeric: false,
  toValue: ({ system, id }) => `${system.name} #${String(id).padStart(9, '0')}`,
  toCell: (item, context) => ({
    titled: buildTitled({ ...item, about: [formatItemAuthor(item), ...listIssueKeys(item.title)] }, context),
    marks: item.state === 'OPEN' ? buildOpenMarks(item) : [],
  }),
};

function formatItemAuthor({ author }: Pick<Item, 'author'>): string {
  return formatAuthor(author === null ? null : { displayName: author.display_name });
}

function buildNumberColumn<I>(
  key: string,
  text: string,
  { toValue, format }: { toValue: (item: I) => number | null; format: (value: number) => string },
): PullRequestColumn<I> {
  const toText = (value: number | null) => (value === null ? unknown : format(value));
  return { key, text, isNumeric: true, toValue, toCell: (item) => ({ text: toText(toValue(item)) }) };
}

function buildDurationColumn<I>(key: string, text: string, toValue: (item: I) => number | null) {
  return buildNumberColumn(key, text, { toValue, format: formatPossibleDuration });
}

/** A negative duration comes from clocks that contradict each other: it is left out of every number. */
function formatPossibleDuration(seconds: number): string {
  return seconds < 0 ? unknown : formatDurationCell(seconds);
}

type Sizes = Pick<Sortable, 'lines_changed' | 'commits' | 'comments' | 'reviews'>;
const sizeColumns = (
  [
    ['lines', 'Lines', (item: Sizes) => item.lines_changed],
    ['commits', 'Commits', (item: Sizes) => item.commits],
    ['comments', 'Comments', (item: Sizes) => item.comments],
    ['reviews', 'Reviews', (item: Sizes) => item.reviews],
  ] as const
).map(([key, text, toValue]) => buildNumberColumn(key, text, { toValue, format: formatCount }));

export const mergedColumns: readonly PullRequestColumn<MergedPullRequestItem, MergedPoint>[] = [
  nameColumn,
  {
    key: 'merged',
    text: 'Merged',
    isNumeric: true,
    toValue: ({ mergedAt }) => mergedAt,
    toCell: (item, context) => ({ time: buildTime(Date.parse(item.merged_at), context) }),
  },
  buildDurationColumn(
    'time-to-merge',
    'Time to merge',
    (item: Pick<MergedPoint, 'time_to_merge'>) => item.time_to_merge,
  ),
  buildDurationColumn(
    'first-review',
    columnTexts.firstReview,
    (item: Pick<MergedPoint, 'time_to_first_review'>) => item.time_to_first_review,
  ),
  ...sizeColumns,
];

export const openColumns: readonly PullRequestColumn<OpenPullRequestItem>[] = [
  nameColumn,
  {
    key: 'phase',
    text: 'Phase',
    isNumeric: false,
    toValue: ({ phase }) => ['open', 'reviewed', 'approved'].indexOf(phase),
    toCell: ({ phase }) => ({ marks: [phaseMarks[phase]] }),
  },
  buildDurationColumn('age', 'In progress', (item) => item.time_in_progress),
  buildDurationColumn('stale', 'Stale', (item) => item.time_stale),
  ...sizeColumns.filter(({ key }) => key !== 'commits'),
];
