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

/** Median of deployment − change over all changes of the deployments of the range (docs/definitions.md, 5.1). */
export function toLeadTimeForChanges(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView {
  const figures = report.lead_time_for_changes;
  return {
    key: 'lead-time-for-changes',
    name: 'Lead time for changes',
    value: toDurationCell(figures.value),
    unit: null,
    reason: figures.value === null ? toReason(report) : null,
    level: toLevelOf(figures, report.level.table),
    sample: `median of ${toCounted(figures.n, 'change')}`,
    comparison: toComparison(report, before, {
      now: toMedianFigure(figures),
      before: toMedianFigure(before?.lead_time_for_changes),
      ...durationComparison,
    }),
    explanation: [
      'The median time from a commit (its author date) to its deployment, over all commits of all deployments in the range. Nights and weekends count.',
      `Three quarters of the changes took at most ${toDurationCell(figures.p75)}, 95 % at most ${toDurationCell(figures.p95)}.`,
      toLeftOut(report),
      toMedianRule('changes', { hasLevel: true }),
    ],
    rows: { ...context.rows.deployments, text: `Show the deployments behind the ${toCounted(figures.n, 'change')}` },
    chart: toChart(report, context),
  };
}

function toReason(report: AccelerateReport): string {
  return report.deployment_frequency.deployments === 0
    ? 'No deployments in this range.'
    : 'The commits of these deployments are not known.';
}

function toLeftOut(report: AccelerateReport): string {
  const { excluded } = report.lead_time_for_changes;
  const incomplete = report.completeness.incomplete_deployments;
  const future = `${toCounted(excluded, 'change')} dated after the deployment`;
  const unread = `${toCounted(incomplete, 'deployment')} whose commits could not be read`;
  return `Left out: ${future} and the changes of ${unread}.`;
}

function toChart(report: AccelerateReport, context: MetricContext): ChartView {
  const { series } = report.lead_time_for_changes;
  const { interval } = report.range;
  const isDrawn = series.some((bucket) => bucket.value !== null);
  const toHref = (bucket: Bucket) => context.toBucketHref('deployments', bucket);
  return toChartView({
    sentence: isDrawn
      ? `Half of the changes of ${toEach(interval)} took at most the median; the band reaches from what three quarters took at most to what 95 % did.`
      : 'No changes with a known lead time in this range.',
    isDrawn,
    drawing: toDurationDrawing(series, { range: report.range, context, toHref }),
    table: toTable(
      `Lead time for changes, ${toEach(interval)}`,
      ['Period', 'Median', '75th percentile', '95th percentile', 'Changes', 'Left out'],
      series.map((bucket) => ({
        href: toHref(bucket),
        cells: [
          toBucketName(bucket, report, context.today),
          toDurationCell(bucket.value),
          toDurationCell(bucket.p75),
          toDurationCell(bucket.p95),
          toCount(bucket.n),
          toCount(bucket.excluded),
        ],
      })),
    ),
  });
}
