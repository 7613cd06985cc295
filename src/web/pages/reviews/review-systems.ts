import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { buildRepositoriesPage, firstRepositories } from '../../presentation/filter/table-choice';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { sortByName, sortTable, type SortedColumn } from '../../presentation/format/sorting';
import type { CellParts } from '../../presentation/rows/row-cell';
import { formatValue } from './review-metric';
import { reviewWords } from './review-words';

export type SystemReviews = ReturnType<WholeSnapshot['computeReviewsPerSystem']>[number];

type Column = SortedColumn<SystemReviews> & { readonly toCell: (row: SystemReviews) => CellParts };

const nameColumn = {
  key: 'name',
  text: 'Repository',
  isNumeric: false,
  toValue: ({ system }: SystemReviews) => system.name,
};

function buildColumn(key: string, text: string, metric: ReviewMetricKey): Column {
  return {
    ...{ key, text, isNumeric: true },
    toValue: ({ report }) => report[metric].value,
    toCell: ({ report }) => {
      const { value, n } = report[metric];
      const note = n === report.merged || value === null ? null : `of ${formatCounted(n, 'pull request')}`;
      return { text: formatValue(value, reviewWords[metric]), note };
    },
  };
}

const columns: readonly Column[] = [
  buildColumn('time-to-merge', 'Time to merge', 'time_to_merge'),
  buildColumn('first-review', 'First review', 'time_to_first_review'),
  buildColumn('first-approval', 'First approval', 'time_to_first_approval'),
  buildColumn('approval-to-merge', 'Last approval to merge', 'last_approval_to_merge'),
  buildColumn('lines', 'Lines', 'lines_changed'),
  buildColumn('reviews', 'Reviews', 'reviews'),
  {
    ...{ key: 'merged', text: 'Merged', isNumeric: true },
    toValue: ({ report }) => report.merged,
    toCell: ({ report }) => ({ text: formatCount(report.merged) }),
  },
];

const allColumns = [nameColumn, ...columns];
export const reviewSystemKeys: readonly string[] = allColumns.map(({ key }) => key);

interface SystemsWays {
  /** Parameters of the page. */
  readonly own: Readonly<Record<string, string | null>>;
  /** The page again with others. */
  readonly toOwn: (query: Readonly<Record<string, string | null>>) => string;
  readonly toRepository: (uuid: string) => string;
}

/**
 * The medians of each repository, page by page, in the order that `sort=` asks for; the slowest first: that is what somebody comes to
 * find.
 */
export function buildReviewSystems(reports: readonly SystemReviews[], sort: string | null, ways: SystemsWays) {
  const order = sort ?? '-time-to-merge';
  const { heads, rows } = sortTable(sortByName(reports), allColumns, {
    order,
    toHref: (key) => ways.toOwn({ sort: key, ...firstRepositories }),
  });
  const shown = buildRepositoriesPage(rows, ways.own, ways.toOwn);
  return {
    ...shown,
    caption: 'The medians of each repository',
    heads,
    rows: shown.rows.map((row) => [
      {
        head: 'Repository',
        isNumeric: false,
        link: { href: ways.toRepository(row.system.uuid), text: row.system.name },
      },
      ...columns.map(({ text: head, isNumeric, toCell }) => ({ head, isNumeric, ...toCell(row) })),
    ]),
  };
}
