import type { WorkInProgressPhase } from '../../../domain/reviews/work-in-progress-phase';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../../../reporting/answers/pull-requests';
import { formatDurationCell } from '../charts/duration-chart';
import { buildTime } from '../format/dates';
import { formatCount, unknown } from '../format/numbers';
import { buildBitbucketCell, buildCell, type MarkView, type RowCell, type RowContext } from './row-cell';

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
export function buildOpenMarks({ draft, queued }: { readonly draft: boolean; readonly queued: boolean }): MarkView[] {
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
    buildCell('Pull request', {
      link: { href: context.toTimeLineHref(item.system.uuid, item.id), text: `${item.system.name} #${item.id}` },
      note: `${item.title} · ${item.author?.display_name ?? 'unknown author'}`,
      marks: item.state === 'OPEN' ? buildOpenMarks(item) : [],
    }),
};

const bitbucketColumn: PullRequestColumn<Item> = {
  key: 'id',
  text: 'In Bitbucket',
  isNumeric: false,
  toValue: ({ id }) => id,
  toCell: ({ url, id }) => buildBitbucketCell(url, id),
};

function buildDurationColumn<I>(
  key: string,
  text: string,
  toSeconds: (item: I) => number | null,
): PullRequestColumn<I> {
  return {
    key,
    text,
    isNumeric: true,
    toValue: toSeconds,
    toCell: (item) => buildCell(text, { text: formatPossibleDuration(toSeconds(item)), isNumeric: true }),
  };
}

/** A negative duration comes from clocks that contradict each other: it is left out of every number. */
function formatPossibleDuration(seconds: number | null): string {
  return seconds === null || seconds < 0 ? unknown : formatDurationCell(seconds);
}

function buildCountColumn(
  key: 'lines' | 'commits' | 'comments' | 'reviews',
  text: string,
  toValue: (item: Item) => number | null,
): PullRequestColumn<Item> {
  const toText = (value: number | null) => (value === null ? unknown : formatCount(value));
  return {
    key,
    text,
    isNumeric: true,
    toValue,
    toCell: (item) => buildCell(text, { text: toText(toValue(item)), isNumeric: true }),
  };
}

const sizes = [
  buildCountColumn('lines', 'Lines', (item) => item.lines_changed),
  buildCountColumn('commits', 'Commits', (item) => item.commits),
  buildCountColumn('comments', 'Comments', (item) => item.comments),
  buildCountColumn('reviews', 'Reviews', (item) => item.reviews),
];

export const mergedColumns: readonly PullRequestColumn<MergedPullRequestItem>[] = [
  nameColumn,
  {
    key: 'merged',
    text: 'Merged',
    isNumeric: true,
    toValue: (item) => Date.parse(item.merged_at),
    toCell: (item, context) =>
      buildCell('Merged', { time: buildTime(Date.parse(item.merged_at), context), isNumeric: true }),
  },
  buildDurationColumn('time-to-merge', 'Time to merge', (item) => item.time_to_merge),
  buildDurationColumn('first-review', 'First review after', (item) => item.time_to_first_review),
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
    toCell: ({ phase }) => buildCell('Phase', { marks: [phaseMarks[phase]] }),
  },
  buildDurationColumn('age', 'In progress', (item) => item.time_in_progress),
  buildDurationColumn('stale', 'Stale', (item) => item.time_stale),
  ...sizes.filter(({ key }) => key !== 'commits'),
  bitbucketColumn,
];

export function buildColumnRow<I>(columns: readonly PullRequestColumn<I>[], item: I, context: RowContext): RowCell[] {
  return columns.map((column) => column.toCell(item, context));
}
