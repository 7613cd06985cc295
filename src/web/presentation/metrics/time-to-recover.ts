import { toCount, toCounted } from '../format/numbers';
import { toTable } from '../format/tables';
import type { AccelerateReport, Bucket } from '../charts/accelerate-report';
import { toBucketName, toEach } from '../charts/buckets';
import { durationComparison, toComparison, toMedianFigure } from './comparison';
import { toMedianRule } from './enough-rule';
import { toDurationCell, toDurationDrawing } from '../charts/duration-chart';
import { toLevelOf } from '../format/levels';
import { toChartView, type ChartView } from '../charts/chart-view';
import type { MetricContext, MetricView } from './metric-view';

/** Median of resolved − created over the linked, resolved incidents created in the range (docs/definitions.md, 5.1). */
export function toTimeToRecover(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView {
  const figures = report.time_to_recover;
  const unresolved = figures.unresolved === 0 ? '' : `, ${toCount(figures.unresolved)} more unresolved`;
  return {
    key: 'time-to-recover',
    name: 'Time to recover',
    value: toDurationCell(figures.value),
    unit: null,
    reason: figures.value === null ? toReason(figures.unresolved) : null,
    level: toLevelOf(figures, report.level.table),
    sample: `median of ${toCounted(figures.n, 'incident')}${unresolved}`,
    comparison: toComparison(report, before, {
      now: toMedianFigure(figures),
      before: toMedianFigure(before?.time_to_recover),
      ...durationComparison,
    }),
    explanation: [
      'The median time from the beginning of an incident to its end, over the incidents that began in the range, are resolved and are linked to a deployment.',
      'An incident is a merged revert, or a merged pull request whose branch or title starts with a prefix from the settings. A revert begins when what it takes back was merged, a fix when its first commit was written.',
      `The mean is ${toDurationCell(figures.mean)}. Left out: ${toCounted(figures.unresolved, 'unresolved incident')} and ${toCounted(figures.excluded, 'incident')} that ended before ${figures.excluded === 1 ? 'it' : 'they'} began.`,
      toMedianRule('recovered incidents', { hasLevel: true }),
    ],
    rows: { ...context.rows.incidents, text: `Show the incidents` },
    chart: toChart(report, context),
  };
}

function toReason(unresolved: number): string {
  return unresolved === 0 ? 'No resolved incidents in this range.' : 'No incident of this range is resolved yet.';
}

function toChart(report: AccelerateReport, context: MetricContext): ChartView {
  const { series } = report.time_to_recover;
  const { interval } = report.range;
  const isDrawn = series.some((bucket) => bucket.value !== null);
  const toHref = (bucket: Bucket) => context.toBucketHref('incidents', bucket);
  const medians = series.map(({ start, end, value }) => ({ start, end, value }));
  return toChartView({
    sentence: isDrawn
      ? `Median time to recover of the incidents of ${toEach(interval)}; a gap means no resolved incident.`
      : 'No resolved incidents in this range.',
    isDrawn,
    drawing: toDurationDrawing(medians, { range: report.range, context, toHref }),
    table: toTable(
      `Time to recover, ${toEach(interval)}`,
      ['Period', 'Median', 'Mean', 'Incidents', 'Unresolved', 'Left out'],
      series.map((bucket) => ({
        href: toHref(bucket),
        cells: [
          toBucketName(bucket, report, context.today),
          toDurationCell(bucket.value),
          toDurationCell(bucket.mean),
          toCount(bucket.n),
          toCount(bucket.unresolved),
          toCount(bucket.excluded),
        ],
      })),
    ),
  });
}
