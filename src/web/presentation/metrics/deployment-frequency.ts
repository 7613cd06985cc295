import { compareFrequencies, type FrequencyFigure } from '../../../domain/metrics/movement';
import { toCount, toCounted, toPercent, toRate, toShortNumber, unknown } from '../format/numbers';
import { toTable } from '../format/tables';
import type { AccelerateReport, Bucket } from '../charts/accelerate-report';
import { toBucketAxis } from '../charts/bucket-axis';
import { findUnfinished, rollingSpans, toBucketName, toEach, toSpan } from '../charts/buckets';
import { roundForDrawing, toBars, toLine, toRollingMean, type ChartSeries } from '../charts/chart-drawing';
import { toChartView, type ChartView } from '../charts/chart-view';
import { toComparison } from './comparison';
import { toFrequencyRules } from './enough-rule';
import { toLevel } from '../format/levels';
import type { MetricContext, MetricView } from './metric-view';

/** Deployments ÷ days of the range (docs/definitions.md, 5.1). */
export function toDeploymentFrequency(
  report: AccelerateReport,
  before: AccelerateReport | null,
  context: MetricContext,
): MetricView {
  const figures = report.deployment_frequency;
  const rate = toRate(figures.value);
  const sample = `${toCounted(figures.deployments, 'deployment')} in ${toCounted(figures.days, 'day')}`;
  return {
    key: 'deployment-frequency',
    name: 'Deployment frequency',
    value: rate.value,
    unit: rate.unit,
    reason: null,
    level: toLevel(figures.level, report.level.table),
    sample,
    comparison: toComparison(report, before, {
      now: toFigure(figures),
      before: before === null ? null : toFigure(before.deployment_frequency),
      compare: compareFrequencies,
      betterWhen: 'higher',
      describe: (figure) => describeRate(toPerDay(figure)),
      describeChange: (current, earlier) => describeChange(toPerDay(current), toPerDay(earlier)),
    }),
    explanation: [
      'The number of deployments divided by the number of days in the range; days without a deployment count.',
      'A deployment is a pull request merged into the default branch of its repository. Pull requests merged into other branches are left out.',
      `Here: ${toCount(figures.deployments)} ÷ ${toCounted(figures.days, 'day')} = ${toShortNumber(figures.value)} per day.`,
      ...toFrequencyRules(report.level.table),
    ],
    rows: { ...context.rows.deployments, text: `Show the ${toCounted(figures.deployments, 'deployment')}` },
    chart: toChart(report, context),
  };
}

function toFigure({ deployments, days }: AccelerateReport['deployment_frequency']): FrequencyFigure {
  return { count: deployments, days };
}

const toPerDay = ({ count, days }: FrequencyFigure): number => count / days;

function describeRate(perDay: number): string {
  const rate = toRate(perDay);
  return `${rate.value} ${rate.unit}`;
}

function describeChange(now: number, before: number): string {
  const word = now > before ? 'more' : 'fewer';
  return before === 0 ? word : `${toPercent(Math.abs(now - before) / before)} ${word}`;
}

function toChart(report: AccelerateReport, context: MetricContext): ChartView {
  const { series } = report.deployment_frequency;
  const { interval } = report.range;
  const counts = series.map((bucket) => bucket.deployments);
  const unfinished = findUnfinished(series, context.today);
  const mean = toRollingMean(counts, rollingSpans[interval]).map((value, index) =>
    unfinished !== null && index >= unfinished ? null : value,
  );
  const meanName = `Mean of ${toSpan(interval)}`;
  const sentence = toSentence(report, context.today);
  const toHref = (bucket: Bucket) => context.toBucketHref('deployments', bucket);
  return toChartView({
    sentence: sentence ?? 'No deployments in this range.',
    isDrawn: sentence !== null,
    drawing: {
      ...toBucketAxis(series, { range: report.range, context, toHref }),
      unit: 'deployments',
      isCount: true,
      isStacked: false,
      series: toSeries(counts, mean, meanName),
    },
    table: toTable(
      `Deployments ${toEach(interval)}`,
      ['Period', 'Deployments', 'Days', 'Per day', meanName],
      series.map((bucket, index) => ({
        href: toHref(bucket),
        cells: [
          toBucketName(bucket, report, context.today),
          toCount(bucket.deployments),
          toCount(bucket.days),
          toShortNumber(bucket.value),
          toMeanText(mean[index] ?? null, unknown),
        ],
      })),
    ),
  });
}

function toSeries(counts: readonly number[], mean: readonly (number | null)[], meanName: string): ChartSeries[] {
  const texts = mean.map((value) => toMeanText(value, ''));
  return [
    toBars({ name: 'Deployments', values: counts, texts: counts.map(toCount) }),
    toLine({
      name: meanName,
      colour: 2,
      isDashed: true,
      shape: 'none',
      label: 'Mean',
      values: mean.map(roundForDrawing),
      texts,
    }),
  ];
}

/** `null` when there was no deployment at all. */
function toSentence(report: AccelerateReport, today: string): string | null {
  const { series } = report.deployment_frequency;
  const peak = series.reduce(
    (most, bucket) => (bucket.deployments > most.deployments ? bucket : most),
    series[0] ?? noBucket,
  );
  return peak.deployments === 0
    ? null
    : `Deployments ${toEach(report.range.interval)}; the most were ${toCount(peak.deployments)} (${toBucketName(peak, report, today)}).`;
}

const noBucket = { start: '', end: '', value: 0, deployments: 0, days: 0 };

function toMeanText(mean: number | null, missing: string): string {
  return mean === null ? missing : toShortNumber(mean);
}
