import type { AccelerateReport } from '../../presentation/charts/accelerate-report';
import { toDurationCell } from '../../presentation/charts/duration-chart';
import { toAddress } from '../../presentation/format/links';
import { compareValues, readOrder, toSortHead, type SortHeadView } from '../../presentation/format/sorting';
import { toLevel, toLevelOf, type LevelView } from '../../presentation/format/levels';
import { toCount, toCounted, toRate, toShare, unknown } from '../../presentation/format/numbers';
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

const columns: readonly Column[] = [
  {
    key: 'deployments',
    text: 'Deployments',
    toValue: ({ report }) => report.deployment_frequency.deployments,
    toCell: (row) => {
      const { deployments, value, level } = row.report.deployment_frequency;
      const rate = toRate(value);
      return {
        text: toCount(deployments),
        detail: deployments === 0 ? null : `${rate.value} ${rate.unit}`,
        level: toLevel(level, row.report.level.table),
      };
    },
  },
  {
    key: 'lead-time',
    text: 'Lead time',
    toValue: ({ report }) => report.lead_time_for_changes.value,
    toCell: (row) => {
      const figures = row.report.lead_time_for_changes;
      return {
        text: toDurationCell(figures.value),
        detail: figures.n === 0 ? null : toCounted(figures.n, 'change'),
        level: toLevelOf(figures, row.report.level.table),
      };
    },
  },
  {
    key: 'failure-rate',
    text: 'Failure rate',
    toValue: ({ report }) => report.change_failure_rate.value,
    toCell: (row) => {
      const figures = row.report.change_failure_rate;
      const text = figures.value === null ? unknown : toShare(figures.failed, figures.n);
      return { text, detail: null, level: toLevelOf(figures, row.report.level.table) };
    },
  },
  {
    key: 'recovery',
    text: 'Time to recover',
    toValue: ({ report }) => report.time_to_recover.value,
    toCell: (row) => {
      const figures = row.report.time_to_recover;
      return {
        text: toDurationCell(figures.value),
        detail: figures.n === 0 ? null : toCounted(figures.n, 'incident'),
        level: toLevelOf(figures, row.report.level.table),
      };
    },
  },
  {
    key: 'rework',
    text: 'Rework rate',
    toValue: ({ report }) => report.rework_rate.value,
    toCell: (row) => {
      const { value, rework, n } = row.report.rework_rate;
      return { text: value === null ? unknown : toShare(rework, n), detail: null, level: null };
    },
  },
];

const nameColumn = { key: 'name', text: 'Repository', toValue: ({ system }: SystemReport) => system.name };

/** The same numbers for each repository, in the order that `sort=` asks for (`-` first: descending). */
export function toSystemsTable(
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
      toSortHead({ key, text, isNumeric: key !== 'name' }, order, (sort) =>
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
