import { compareMedians, type MedianFigure } from '../../../domain/metrics/movement';
import type { ReviewFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import type { ReviewMetricKey } from '../../../domain/metrics/catalogue';
import { toBucketName, toEach } from '../../presentation/charts/buckets';
import { toChartView, type ChartView } from '../../presentation/charts/chart-view';
import {
  toCountDrawing,
  toDurationCell,
  toDurationDrawing,
  type SpreadChart,
} from '../../presentation/charts/duration-chart';
import type { Bucket } from '../../presentation/charts/accelerate-report';
import { toMedianRule } from '../../presentation/metrics/enough-rule';
import {
  durationComparison,
  toComparison,
  toMedianFigure,
  type ComparedFigure,
} from '../../presentation/metrics/comparison';
import type { MetricContext, MetricView } from '../../presentation/metrics/metric-view';
import type { LinkView } from '../../presentation/format/links';
import { toCount, toCounted, toShortNumber, unknown } from '../../presentation/format/numbers';
import { toTable } from '../../presentation/format/tables';
import { reviewWords, type ReviewWords } from './review-words';

export interface ReviewContext extends Omit<MetricContext, 'rows'> {
  /** The merged pull requests of the whole range. */
  readonly rows: LinkView;
}

/** One number of Changes & Reviews: tile, explanation, chart and table. */
export function toReviewMetric(
  key: ReviewMetricKey,
  { report, before }: { report: ReviewsReport; before: ReviewsReport | null },
  context: ReviewContext,
): MetricView {
  const figures = report[key];
  const words = reviewWords[key];
  return {
    key: key.replaceAll('_', '-'),
    name: words.name,
    value: toValue(figures.value, words),
    unit: toUnit(figures.value, words.unit),
    reason: figures.value === null ? `None of these pull requests has it.` : null,
    level: null,
    sample: `median of ${toCount(figures.n)} of ${toCounted(report.merged, 'merged pull request')}`,
    comparison: toComparison(report, before, {
      now: toMedianFigure(figures),
      before: toMedianFigure(before?.[key]),
      ...toComparedWords(words),
    }),
    explanation: [
      words.formula,
      toSpreadText(figures, words),
      toLeftOut(figures, report.merged, words),
      toMedianRule('of these pull requests', { hasLevel: false }),
    ],
    rows: { ...context.rows, text: `Show the ${toCounted(report.merged, 'merged pull request')}` },
    chart: toChart(key, report, context),
  };
}

/** "1 comment", "1.5 comments". */
function toUnit(value: number | null, unit: string | null): string | null {
  return value === null || unit === null ? null : value === 1 ? unit.slice(0, -1) : unit;
}

function toComparedWords({ unit }: ReviewWords): Omit<ComparedFigure<MedianFigure>, 'now' | 'before'> {
  return unit === null
    ? durationComparison
    : {
        compare: compareMedians,
        betterWhen: 'neither',
        describe: ({ value }) => `${toShortNumber(value)} ${toUnit(value, unit) ?? ''}`,
        describeChange: (now, before) =>
          `${toShortNumber(Math.abs(now.value - before.value))} ${now.value > before.value ? 'more' : 'fewer'}`,
      };
}

/** A value of this metric as people read it: "2 d 4 h", "120", `—`. */
export function toValue(value: number | null, { unit }: Pick<ReviewWords, 'unit'>): string {
  if (value === null) {
    return unknown;
  }
  return unit === null ? toDurationCell(value) : toShortNumber(value);
}

function toSpreadText({ p75, p95, mean }: ReviewFigures, words: ReviewWords): string {
  const text = (value: number | null) => [toValue(value, words), toUnit(value, words.unit) ?? ''].join(' ').trim();
  return `Three quarters have at most ${text(p75)}, 95 % at most ${text(p95)}; the mean is ${text(mean)}.`;
}

function toLeftOut({ n, excluded }: ReviewFigures, merged: number, { missing }: ReviewWords): string {
  const without = merged - n - excluded;
  const negative =
    excluded === 0
      ? ''
      : `, and ${toCounted(excluded, 'pull request')} whose dates contradict each other (it would be negative)`;
  return `Left out: ${toCounted(without, 'pull request')} of ${toCount(merged)} ${missing}${negative}.`;
}

function toChart(key: ReviewMetricKey, report: ReviewsReport, context: ReviewContext): ChartView {
  const words = reviewWords[key];
  const { series } = report[key];
  const { range } = report;
  const isDrawn = series.some(({ value }) => value !== null);
  const toHref = (bucket: Bucket) => context.toBucketHref('pullRequests', bucket);
  const chart: SpreadChart = { range, context, toHref };
  const toText = (value: number | null) => toValue(value, words);
  return toChartView({
    sentence: isDrawn
      ? `Half of the pull requests merged ${toEach(range.interval)} have at most the median; the band reaches from the 75th to the 95th percentile.`
      : `No merged pull request of this range has it.`,
    isDrawn,
    drawing:
      words.unit === null ? toDurationDrawing(series, chart) : toCountDrawing(series, words.unit, { ...chart, toText }),
    table: toTable(
      `${words.name}, ${toEach(range.interval)}`,
      ['Period', 'Median', '75th percentile', '95th percentile', 'Mean', 'Pull requests', 'Left out'],
      series.map((bucket) => ({
        href: toHref(bucket),
        cells: [
          toBucketName(bucket, report, context.today),
          ...[bucket.value, bucket.p75, bucket.p95, bucket.mean].map(toText),
          toCount(bucket.n),
          toCount(bucket.excluded),
        ],
      })),
    ),
  });
}
