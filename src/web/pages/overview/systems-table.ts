import { deliveryMetricKeys, deliveryMetrics } from '../../../domain/metrics/catalogue';
import type { Evidence } from '../../../domain/metrics/enough-to-tell';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { Links } from '../../routing/paths';
import { formatDurationCell } from '../../presentation/charts/duration-chart';
import { toQuery } from '../../presentation/filter/page-filter';
import { buildRepositoriesPage, firstRepositories } from '../../presentation/filter/table-choice';
import { formatCount, formatCounted, buildRate, formatShare, unknown } from '../../presentation/format/numbers';
import { sortByName, sortTable } from '../../presentation/format/sorting';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { readCount, type MetricFigures } from '../../presentation/metrics/delivery-chart';
import { deliveryWords } from '../../presentation/metrics/delivery-words';
import { buildMetricLevel } from '../../presentation/metrics/metric-views';

export type SystemReport = ReturnType<WholeSnapshot['computeAcceleratePerSystem']>[number];

const columns = deliveryMetricKeys.map((key) => {
  const metric: DeliveryMetric = deliveryMetrics[key];
  const { key: sort, text, counted } = deliveryWords[key].column;
  const count = ({ report }: SystemReport) => readCount(report[key], metric.counted);
  return {
    key: sort,
    text,
    isNumeric: true,
    toValue: (row: SystemReport) => (metric.evidence === 'count' ? count(row) : row.report[key].value),
    toCell: (row: SystemReport) => ({
      head: text,
      ...describe[metric.evidence](row.report[key], { count: count(row), counted }),
      level: buildMetricLevel(key, row.report),
    }),
  };
});

type Describe = (
  figures: MetricFigures,
  of: { readonly count: number; readonly counted: string },
) => { readonly text: string; readonly detail: string | null };

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

const nameColumn = {
  key: 'name',
  text: 'Repository',
  isNumeric: false,
  toValue: ({ system }: SystemReport) => system.name,
};
const allColumns = [nameColumn, ...columns];
export const systemKeys: readonly string[] = allColumns.map(({ key }) => key);

/** The same numbers for each repository, in the order that `sort=` asks for (`-` first: descending), page by page. */
export function buildSystemsTable(reports: readonly SystemReport[], pageContext: PageContext, links: Links) {
  const { page, place } = pageContext;
  const byName = sortByName(reports);
  const { heads, rows } = sortTable(byName, allColumns, {
    order: page.sort ?? '-deployments',
    toHref: (sort) => buildOwnHref(pageContext, { sort, ...firstRepositories }),
  });
  const shown = buildRepositoriesPage(rows, place.own, (query) => buildOwnHref(pageContext, query));
  const query = { ...toQuery(page, { sort: null }), system: null };
  return {
    ...shown,
    heads,
    rows: shown.rows.map((row) => ({
      name: row.system.name,
      href: links.page('repository', { ...query, repository: row.system.uuid }),
      cells: columns.map(({ toCell }) => toCell(row)),
    })),
  };
}
