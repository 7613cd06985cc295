import { reviewMetricKeys } from '../../domain/reviews/review-metrics';
import { deliveryMetricKeys, deliveryMetrics } from '../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../domain/metrics/metric';
import type { Movement } from '../../domain/metrics/movement';
import { phases, type Phase } from '../../domain/reviews/phase';
import type { AccelerateReport } from '../answers/accelerate';
import type { PhaseFigures, ReviewsReport } from '../answers/reviews';
import { formatCsv, type Cell } from './csv';

const places = ['metric', 'part', 'start', 'end'];
/** Members that several metrics have come first, then what single ones count. */
const statistics = ['value', 'p75', 'p95', 'mean', 'n', 'excluded', 'unresolved'];
const members = deliveryMetricKeys.flatMap((key) => Object.keys(deliveryMetrics[key].members));
const accelerateColumns = [...new Set([...places, ...statistics, ...members, 'level', 'note'])];

/**
 * A row a metric for the whole range, with its level, and behind it a row for each bucket. Where a value has no level
 * because it is made of too little, the note of the row says so.
 */
export function formatAccelerateCsv(report: AccelerateReport): string {
  const rows = deliveryMetricKeys.map((key) => {
    const { series, ...whole } = report[key];
    return { metric: key, whole: { ...whole, note: findNote(deliveryMetrics[key], whole) }, series };
  });
  return formatCsv(accelerateColumns, toRows(report, rows));
}

/** A count needs no more than one deployment for its level. */
function findNote(
  { evidence }: Pick<DeliveryMetric, 'evidence'>,
  { value, level }: { readonly value: number | null; readonly level?: string | null },
): Movement | null {
  return evidence !== 'count' && level === null && value !== null ? 'too few to tell' : null;
}

/**
 * A row a metric for the whole range, and behind it a row for each bucket; then the same for the mean of each phase,
 * as `phase_<name>`.
 */
export function formatReviewsCsv(report: ReviewsReport): string {
  const metrics = reviewMetricKeys.map((metric) => {
    const { series, ...whole } = report[metric];
    return { metric, whole, series };
  });
  const parts = phases.map((phase) => ({
    metric: `phase_${phase}`,
    whole: toPhase(report.phases, phase),
    series: report.phases.series.map(({ start, end, ...bucket }) => ({ start, end, ...toPhase(bucket, phase) })),
  }));
  const columns = [...places, 'value', 'mean', 'p75', 'p95', 'n', 'excluded'];
  return formatCsv(columns, toRows(report, [...metrics, ...parts]));
}

function toPhase({ mean, n }: PhaseFigures, phase: Phase) {
  return { mean: mean?.[phase] ?? null, n };
}

type Cells = Readonly<Record<string, Cell>>;

function toRows(
  { range: { from, to, interval } }: Pick<AccelerateReport, 'range'>,
  metrics: readonly { readonly metric: string; readonly whole: Cells; readonly series: readonly Cells[] }[],
): Cells[] {
  return metrics.flatMap(({ metric, whole, series }) => [
    { ...whole, metric, part: 'range', start: from, end: to },
    ...series.map((bucket) => ({ ...bucket, metric, part: interval })),
  ]);
}
