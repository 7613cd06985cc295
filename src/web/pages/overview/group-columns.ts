import type { DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatCount, unknown } from '../../presentation/format/numbers';
import type { SortedColumn } from '../../presentation/format/sorting';
import { buildSparkline } from '../../presentation/format/sparkline';
import { buildShortChange, measureChange, toWords, type ChangeView } from '../../presentation/metrics/change';
import { deliveryWords } from '../../presentation/metrics/delivery-words';
import { isReworkTheSame } from '../../presentation/metrics/key-metrics';
import { pickShownUnit, showValue, type ShownUnit } from '../../presentation/metrics/shown-unit';
import { overviewWords } from './words';

const words = overviewWords.tables;

/** A repository or a team with its numbers, now and in the period that the page compares with. */
export interface GroupRow {
  readonly name: string;
  readonly href: string;
  readonly report: AccelerateReport;
  /** `null`: there is nothing to compare with. */
  readonly before: AccelerateReport | null;
  readonly leadMedians: readonly (number | null)[];
}

export interface GroupCell {
  /** Over the cell where the table is told row by row. */
  readonly head: string;
  readonly text: string;
  /** Before the text, small: "8 of 122". */
  readonly small: string | null;
  readonly sparkline: ReturnType<typeof buildSparkline>;
  /** The cell tells how a number moved; `null`: it tells the number. */
  readonly change: ChangeView | null;
}

export interface GroupColumn extends SortedColumn<GroupRow> {
  /** Behind the heading for those who hear it: "of lead time". */
  readonly about: string | null;
  readonly toCell: (row: GroupRow) => GroupCell;
}

interface Shown {
  readonly key: DeliveryMetricKey;
  /** One unit for the whole column. */
  readonly unit: ShownUnit;
}

/** What the columns are made for: the numbers of the whole page, and all rows. */
interface TableKind {
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
  readonly rows: readonly GroupRow[];
  readonly hasChanges: boolean;
}

const metricKeys = ['deployment_frequency', 'lead_time_for_changes', 'change_failure_rate', 'time_to_recover'] as const;

/** All that a table can be sorted by, also where it does not show it. */
export const groupKeys: readonly string[] = [
  'name',
  ...metricKeys.flatMap((key) => [deliveryWords[key].column.key, toChangeKey(key)]),
  deliveryWords.rework_rate.column.key,
];

function toChangeKey(key: DeliveryMetricKey): string {
  return `${deliveryWords[key].column.key}-change`;
}

/** Numbers and how they moved; the rework rate only where it is another number than the failure rate. */
export function buildGroupColumns({ report, before, rows, hasChanges }: TableKind): GroupColumn[] {
  const columns = metricKeys.flatMap((key) => {
    const shown = { key, unit: pickShownUnit(key, report[key].value ?? before?.[key].value ?? null) };
    return hasChanges ? [buildValueColumn(shown), buildChangeColumn(shown)] : [buildValueColumn(shown)];
  });
  const hasRework = [report, ...rows.map((row) => row.report)].some((one) => !isReworkTheSame(one));
  const rework = { key: 'rework_rate', unit: pickShownUnit('rework_rate', null) } as const;
  return hasRework ? [...columns, buildValueColumn(rework)] : columns;
}

const heads: Readonly<Partial<Record<DeliveryMetricKey, string>>> = {
  deployment_frequency: words.deployed,
  time_to_recover: words.recovery,
};

function buildValueColumn({ key, unit }: Shown): GroupColumn {
  const { key: sort, text } = deliveryWords[key].column;
  const head = heads[key] ?? text;
  return {
    ...{ key: sort, text, about: null, isNumeric: true },
    toValue: ({ report }) => (key === 'deployment_frequency' ? countDeployments(report) : report[key].value),
    toCell: (row) => ({ head, ...describe(key, row, unit), change: null }),
  };
}

type Described = Pick<GroupCell, 'text' | 'small' | 'sparkline'>;

function describe(key: DeliveryMetricKey, { report, leadMedians }: GroupRow, unit: ShownUnit): Described {
  const plain = { text: showValue(report[key].value, unit), small: null, sparkline: null };
  switch (key) {
    case 'deployment_frequency':
      return { ...plain, text: formatCount(countDeployments(report)) };
    case 'lead_time_for_changes':
      return { ...plain, sparkline: buildSparkline(leadMedians, '') };
    case 'change_failure_rate': {
      const { failed, n } = report.change_failure_rate;
      return { ...plain, small: n === 0 ? null : words.part(failed, n) };
    }
    case 'rework_rate': {
      const { rework, n } = report.rework_rate;
      return { ...plain, small: n === 0 ? null : words.part(rework, n) };
    }
    default:
      return plain;
  }
}

function countDeployments({ deployment_frequency: { deployments } }: AccelerateReport): number {
  return deployments;
}

function buildChangeColumn({ key, unit }: Shown): GroupColumn {
  const text = key === 'change_failure_rate' ? words.points : words.change;
  return {
    ...{ key: toChangeKey(key), text, about: words.changeOf(deliveryWords[key].column.text), isNumeric: true },
    toValue: ({ report, before }) =>
      before === null || report[key].value === null ? null : measureChange(key, report, before),
    toCell: ({ report, before }) => ({
      ...{ head: text, text: '', small: null, sparkline: null },
      change: findUnknown(key, report) ?? compare({ key, unit }, report, before),
    }),
  };
}

/** Why there is no number, where its change would stand. */
function findUnknown(key: DeliveryMetricKey, report: AccelerateReport): ChangeView | null {
  if (report[key].value !== null) return null;
  if (key === 'time_to_recover') {
    return toWords(report.time_to_recover.unresolved === 0 ? words.noIncidents : words.noneResolved);
  }
  return toWords(countDeployments(report) === 0 ? words.noDeployments : words.noCommits);
}

function compare({ key, unit }: Shown, now: AccelerateReport, before: AccelerateReport | null): ChangeView {
  return before === null ? toWords(unknown) : buildShortChange(key, { now, before, unit });
}
