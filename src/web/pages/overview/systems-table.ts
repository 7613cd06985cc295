import { deliveryMetricKeys, deliveryMetrics } from '../../../domain/metrics/catalogue';
import type { Evidence } from '../../../domain/metrics/enough-to-tell';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatDurationCell } from '../../presentation/charts/duration-chart';
import { toAddress } from '../../presentation/format/links';
import { compareValues, readOrder, buildSortHead, type SortHeadView } from '../../presentation/format/sorting';
import type { LevelView } from '../../presentation/format/levels';
import { formatCount, formatCounted, buildRate, formatShare, unknown } from '../../presentation/format/numbers';
import { readCount, type MetricFigures } from '../../presentation/metrics/delivery-chart';
import { deliveryWords } from '../../presentation/metrics/delivery-words';
import { buildMetricLevel } from '../../presentation/metrics/metric-views';
import { toQuery, type PageFilter } from '../../presentation/filter/page-filter';

export interface SystemReport {
  readonly system: { readonly uuid: string; readonly slug: string; readonly name: string };
  readonly report: AccelerateReport;
}

export interface SystemsTableView {
  readonly heads: readonly SortHeadView[];
  readonly rows: readonly SystemRowView[];
}

export interface SystemRowView {
  readonly name: string;
  readonly href: string;
  readonly cells: readonly SystemCellView[];
}

export interface SystemCellView {
  readonly head: string;
  readonly text: string;
  readonly detail: string | null;
  readonly level: LevelView | null;
}

interface Column {
  readonly key: string;
  readonly text: string;
  readonly toValue: (row: SystemReport) => number | string | null;
  readonly toCell: (row: SystemReport) => Omit<SystemCellView, 'head'>;
}

const columns: readonly Column[] = deliveryMetricKeys.map((key) => {
  const metric: DeliveryMetric = deliveryMetrics[key];
  const { key: sort, text, counted } = deliveryWords[key].column;
  const count = ({ report }: SystemReport) => readCount(report[key], metric.counted);
  return {
    key: sort,
    text,
    toValue: (row) => (metric.evidence === 'count' ? count(row) : row.report[key].value),
    toCell: (row) => ({
      ...describe[metric.evidence](row.report[key], { count: count(row), counted }),
      level: buildMetricLevel(key, row.report),
    }),
  };
});

type Describe = (
  figures: MetricFigures,
  of: { readonly count: number; readonly counted: string },
) => Pick<SystemCellView, 'text' | 'detail'>;

/** How a cell reads by what its metric is made of. */
const describe: Readonly<Record<Evidence, Describe>> = {
  count: ({ value }, { count }) => {
    const rate = buildRate(value ?? 0);
    return { text: formatCount(count), detail: count === 0 ? null : `${rate.value} ${rate.unit}` };
  },
  duration: ({ value }, { count, counted }) => ({
    text: formatDurationCell(value),
    detail: count === 0 ? null : formatCounted(count, counted),
  }),
  share: (figures, { count }) => ({
    text: figures.value === null ? unknown : formatShare(count, readCount(figures, 'n')),
    detail: null,
  }),
};

const nameColumn = { key: 'name', text: 'Repository', toValue: ({ system }: SystemReport) => system.name };

/** The same numbers for each repository, in the order that `sort=` asks for (`-` first: descending). */
export function buildSystemsTable(
  rows: readonly SystemReport[],
  page: PageFilter,
  paths: { page: string; repository: string },
): SystemsTableView {
  const order = readOrder(page.sort, '-deployments');
  const column = [nameColumn, ...columns].find((candidate) => candidate.key === order.key) ?? columns[0] ?? nameColumn;
  const sorted = rows.toSorted(
    (a, b) => compareValues(column.toValue(a), column.toValue(b), order.isDescending) || compareNames(a, b),
  );
  return {
    heads: [nameColumn, ...columns].map(({ key, text }) =>
      buildSortHead({ key, text, isNumeric: key !== 'name' }, order, (sort) =>
        toAddress(paths.page, toQuery(page, { sort })),
      ),
    ),
    rows: sorted.map((row) => ({
      name: row.system.name,
      href: toAddress(paths.repository, { ...toQuery(page), system: null, sort: null, repository: row.system.uuid }),
      cells: columns.map((candidate) => ({ head: candidate.text, ...candidate.toCell(row) })),
    })),
  };
}

function compareNames(a: SystemReport, b: SystemReport): number {
  return a.system.name.localeCompare(b.system.name, 'en');
}
