import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { sortTable, type SortedColumn } from '../../presentation/format/sorting';
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

/**
 * The medians of each repository, in the order that `sort=` asks for; the slowest first: that is what somebody comes to
 * find.
 */
export function buildReviewSystems(
  reports: readonly SystemReviews[],
  sort: string | null,
  hrefs: { readonly toSorted: (sort: string) => string; readonly toRepository: (uuid: string) => string },
) {
  const byName = reports.toSorted((a, b) => a.system.name.localeCompare(b.system.name, 'en'));
  const order = sort ?? '-time-to-merge';
  const { heads, rows } = sortTable(byName, allColumns, { order, toHref: hrefs.toSorted });
  return {
    caption: 'The medians of each repository',
    heads,
    rows: rows.map((row) => [
      {
        head: 'Repository',
        isNumeric: false,
        link: { href: hrefs.toRepository(row.system.uuid), text: row.system.name },
      },
      ...columns.map(({ text: head, isNumeric, toCell }) => ({ head, isNumeric, ...toCell(row) })),
    ]),
  };
}
