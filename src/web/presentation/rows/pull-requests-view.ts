import type { WorkInProgressPhase } from '../../../domain/reviews/work-in-progress-phase';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../../../reporting/answers/pull-requests';
import { toDurationCell } from '../charts/duration-chart';
import { toTime } from '../format/dates';
import { toCount, unknown } from '../format/numbers';
import { toBitbucketCell, toCell, type MarkView, type RowCell, type RowContext } from './row-cell';

type Item = MergedPullRequestItem | OpenPullRequestItem;

/** A column of a list of pull requests: what it can be sorted by and how it reads. */
export interface PullRequestColumn<I> {
  readonly key: string;
  readonly text: string;
  readonly isNumeric: boolean;
  readonly toValue: (item: I) => number | string | null;
  readonly toCell: (item: I, context: RowContext) => RowCell;
}

/** What an open pull request is beside its phase. */
export function toOpenMarks({ draft, queued }: { readonly draft: boolean; readonly queued: boolean }): MarkView[] {
  return [
    ...(draft ? [{ word: 'Draft', tone: 'neutral' } as const] : []),
    ...(queued ? [{ word: 'In merge queue', tone: 'information' } as const] : []),
  ];
}

export const phaseMarks: Readonly<Record<WorkInProgressPhase, MarkView>> = {
  open: { word: 'Open', tone: 'neutral' },
  reviewed: { word: 'Reviewed', tone: 'information' },
  approved: { word: 'Approved', tone: 'success' },
};

const nameColumn: PullRequestColumn<Item> = {
  key: 'name',
  text: 'Pull request',
  isNumeric: false,
  toValue: ({ system, id }) => `${system.name} #${String(id).padStart(9, '0')}`,
  toCell: (item, context) =>
    toCell('Pull request', {
      link: { href: context.toTimeLineHref(item.system.uuid, item.id), text: `${item.system.name} #${item.id}` },
      note: `${item.title} · ${item.author?.display_name ?? 'unknown author'}`,
      marks: item.state === 'OPEN' ? toOpenMarks(item) : [],
    }),
};

const bitbucketColumn: PullRequestColumn<Item> = {
  key: 'id',
  text: 'In Bitbucket',
  isNumeric: false,
  toValue: ({ id }) => id,
  toCell: ({ url, id }) => toBitbucketCell(url, id),
};

function toDurationColumn<I>(key: string, text: string, toSeconds: (item: I) => number | null): PullRequestColumn<I> {
  return {
    key,
    text,
    isNumeric: true,
    toValue: toSeconds,
    toCell: (item) => toCell(text, { text: toPossibleDuration(toSeconds(item)), isNumeric: true }),
  };
}

/** A negative duration comes from clocks that contradict each other: it is left out of every number. */
function toPossibleDuration(seconds: number | null): string {
  return seconds === null || seconds < 0 ? unknown : toDurationCell(seconds);
}

function toCountColumn(
  key: 'lines' | 'commits' | 'comments' | 'reviews',
  text: string,
  toValue: (item: Item) => number | null,
): PullRequestColumn<Item> {
  const toText = (value: number | null) => (value === null ? unknown : toCount(value));
  return {
    key,
    text,
    isNumeric: true,
    toValue,
    toCell: (item) => toCell(text, { text: toText(toValue(item)), isNumeric: true }),
  };
}

const sizes = [
  toCountColumn('lines', 'Lines', (item) => item.lines_changed),
  toCountColumn('commits', 'Commits', (item) => item.commits),
  toCountColumn('comments', 'Comments', (item) => item.comments),
  toCountColumn('reviews', 'Reviews', (item) => item.reviews),
];

export const mergedColumns: readonly PullRequestColumn<MergedPullRequestItem>[] = [
  nameColumn,
  {
    key: 'merged',
    text: 'Merged',
    isNumeric: true,
    toValue: (item) => Date.parse(item.merged_at),
    toCell: (item, context) => toCell('Merged', { time: toTime(Date.parse(item.merged_at), context), isNumeric: true }),
  },
  toDurationColumn('time-to-merge', 'Time to merge', (item) => item.time_to_merge),
  toDurationColumn('first-review', 'First review after', (item) => item.time_to_first_review),
  ...sizes,
  bitbucketColumn,
];

export const openColumns: readonly PullRequestColumn<OpenPullRequestItem>[] = [
  nameColumn,
  {
    key: 'phase',
    text: 'Phase',
    isNumeric: false,
    toValue: ({ phase }) => ['open', 'reviewed', 'approved'].indexOf(phase),
    toCell: ({ phase }) => toCell('Phase', { marks: [phaseMarks[phase]] }),
  },
  toDurationColumn('age', 'In progress', (item) => item.time_in_progress),
  toDurationColumn('stale', 'Stale', (item) => item.time_stale),
  ...sizes.filter(({ key }) => key !== 'commits'),
  bitbucketColumn,
];

export function toColumnRow<I>(columns: readonly PullRequestColumn<I>[], item: I, context: RowContext): RowCell[] {
  return columns.map((column) => column.toCell(item, context));
}
