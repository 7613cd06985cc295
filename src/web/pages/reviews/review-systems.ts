import type { ReviewMetricKey } from '../../../domain/metrics/catalogue';
import type { ReviewsReport } from '../../../reporting/answers/reviews';
import type { SystemItem } from '../../../reporting/answers/choices';
import { buildCell, type RowCell, type RowTableView } from '../../presentation/rows/row-cell';
import { formatCount, formatCounted } from '../../presentation/format/numbers';
import { compareValues, readOrder, buildSortHead } from '../../presentation/format/sorting';
import { formatValue } from './review-metric';
import { reviewWords } from './review-words';

export interface SystemReviews {
  readonly system: SystemItem;
  readonly report: ReviewsReport;
}

interface Column {
  readonly key: string;
  readonly text: string;
  readonly metric: ReviewMetricKey | null;
}

const columns: readonly Column[] = [
  { key: 'time-to-merge', text: 'Time to merge', metric: 'time_to_merge' },
  { key: 'first-review', text: 'First review', metric: 'time_to_first_review' },
  { key: 'first-approval', text: 'First approval', metric: 'time_to_first_approval' },
  { key: 'approval-to-merge', text: 'Last approval to merge', metric: 'last_approval_to_merge' },
  { key: 'lines', text: 'Lines', metric: 'lines_changed' },
  { key: 'reviews', text: 'Reviews', metric: 'reviews' },
  { key: 'merged', text: 'Merged', metric: null },
];

export const reviewSystemKeys: readonly string[] = ['name', ...columns.map(({ key }) => key)];
/** The slowest first: that is what somebody comes to find. */
const usualOrder = '-time-to-merge';

/** The medians of each repository, in the order that `sort=` asks for. */
export function buildReviewSystems(
  rows: readonly SystemReviews[],
  sort: string | null,
  hrefs: { readonly toSorted: (sort: string) => string; readonly toRepository: (uuid: string) => string },
): RowTableView {
  const order = readOrder(sort, usualOrder);
  const column = columns.find(({ key }) => key === order.key) ?? null;
  const toSortValue = (row: SystemReviews) => (column === null ? row.system.name : computeNumber(row, column));
  const sorted = rows.toSorted(
    (a, b) =>
      compareValues(toSortValue(a), toSortValue(b), order.isDescending) ||
      a.system.name.localeCompare(b.system.name, 'en'),
  );
  const heads = [{ key: 'name', text: 'Repository', isNumeric: false }, ...columns.map(buildNumericColumn)];
  return {
    caption: 'The medians of each repository',
    heads: heads.map((head) => buildSortHead(head, order, hrefs.toSorted)),
    rows: sorted.map((row) => [
      buildCell('Repository', { link: { href: hrefs.toRepository(row.system.uuid), text: row.system.name } }),
      ...columns.map((one) => buildNumberCell(row, one)),
    ]),
  };
}

function buildNumericColumn({ key, text }: Column) {
  return { key, text, isNumeric: true };
}

function computeNumber({ report }: SystemReviews, { metric }: Column): number | null {
  return metric === null ? report.merged : report[metric].value;
}

function buildNumberCell({ report }: SystemReviews, { metric, text }: Column): RowCell {
  if (metric === null) {
    return buildCell(text, { text: formatCount(report.merged), isNumeric: true });
  }
  const { value, n } = report[metric];
  const note = n === report.merged || value === null ? null : `of ${formatCounted(n, 'pull request')}`;
  return buildCell(text, { text: formatValue(value, reviewWords[metric]), note, isNumeric: true });
}
