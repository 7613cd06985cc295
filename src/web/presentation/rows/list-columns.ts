import type {
  MergedPullRequestItem,
  OpenPullRequestItem,
  UndatedMergeItem,
} from '../../../reporting/answers/pull-requests';
import type { ListedRow } from '../../../reporting/rows/row-list';
import { leftOutMark } from './deployment-columns';
import {
  buildCountCell,
  buildDurationColumn,
  buildNumberColumn,
  type ListColumn,
  type ListContext,
} from './list-column';
import { buildOpenMarks, phaseMarks } from './pull-request-columns';
import type { CellParts } from './row-cell';
import { buildTitled, buildWhoCell, listIssueKeys } from './title-cell';
import { columnTexts, rowTexts } from './words';

type Merged = ListedRow<MergedPullRequestItem>;
type Open = ListedRow<OpenPullRequestItem>;
type Undated = ListedRow<UndatedMergeItem>;
type Any = Merged | Open | Undated;

function buildPullRequestCell({ item, title, branch, isLeftOut }: Any, context: ListContext): CellParts {
  const about = listIssueKeys(title, branch);
  return { titled: buildTitled({ ...item, about, isLeftOut }, context), marks: isLeftOut ? [leftOutMark] : [] };
}

const authorColumn = {
  text: columnTexts.author,
  toCell: ({ author }: Any) => buildWhoCell(author),
};

export const mergedListColumns: readonly ListColumn<Merged>[] = [
  {
    ...{ key: 'time', text: columnTexts.merged },
    toCell: ({ item }, { toMoment }) => ({ time: toMoment(Date.parse(item.merged_at)) }),
  },
  { ...{ key: null, text: columnTexts.pullRequest }, toCell: buildPullRequestCell },
  { key: null, ...authorColumn },
  buildDurationColumn('time-to-merge', columnTexts.timeToMerge, { toSeconds: ({ item }) => item.time_to_merge }),
  buildDurationColumn('first-review', columnTexts.firstReview, {
    toSeconds: ({ item }) => item.time_to_first_review,
    reason: rowTexts.noReview,
  }),
  buildNumberColumn('lines', columnTexts.lines, ({ item }) => buildCountCell(item.lines_changed)),
  buildNumberColumn('commits', columnTexts.commits, ({ item }) => buildCountCell(item.commits, rowTexts.noCommits)),
  buildNumberColumn('comments', columnTexts.comments, ({ item }) => buildCountCell(item.comments)),
  buildNumberColumn('reviews', columnTexts.reviews, ({ item }) => buildCountCell(item.reviews)),
];

const openedColumn = {
  key: 'time',
  text: columnTexts.opened,
  toCell: ({ item }: Open | Undated, { toMoment }: ListContext) => ({ time: toMoment(Date.parse(item.opened_at)) }),
} as const;

export const openListColumns: readonly ListColumn<Open>[] = [
  openedColumn,
  {
    ...{ key: null, text: columnTexts.pullRequest },
    toCell: (row, context) => ({ ...buildPullRequestCell(row, context), marks: buildOpenMarks(row.item) }),
  },
  { key: 'author', ...authorColumn },
  { ...{ key: 'phase', text: columnTexts.phase }, toCell: ({ item }) => ({ marks: [phaseMarks[item.phase]] }) },
  buildDurationColumn('age', columnTexts.age, { toSeconds: ({ item }) => item.time_in_progress }),
  buildDurationColumn('stale', columnTexts.stale, { toSeconds: ({ item }) => item.time_stale }),
  buildNumberColumn('lines', columnTexts.lines, ({ item }) => buildCountCell(item.lines_changed)),
  buildNumberColumn('comments', columnTexts.comments, ({ item }) => buildCountCell(item.comments)),
  buildNumberColumn('reviews', columnTexts.reviews, ({ item }) => buildCountCell(item.reviews)),
];

/** Merges that nobody can date: what is known of them. */
export const undatedListColumns: readonly ListColumn<Undated>[] = [
  openedColumn,
  { ...{ key: null, text: columnTexts.pullRequest }, toCell: buildPullRequestCell },
  { key: 'author', ...authorColumn },
  { ...{ key: null, text: columnTexts.into }, toCell: ({ item }) => ({ text: item.destination ?? rowTexts.notKnown }) },
];
