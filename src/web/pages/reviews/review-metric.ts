import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import { compareMedians, type MedianFigure } from '../../../domain/metrics/movement';
import type { ReviewFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import { formatEach, type Bucket } from '../../presentation/charts/buckets';
import type { BucketColumn } from '../../presentation/charts/bucket-axis';
import { buildChartView } from '../../presentation/charts/chart-view';
import { buildCountDrawing, formatDurationCell, buildDurationDrawing } from '../../presentation/charts/duration-chart';
import { formatMedianRule } from '../../presentation/metrics/enough-rule';
import {
  durationComparison,
  buildComparison,
  buildMedianFigure,
  type ComparedFigure,
} from '../../presentation/metrics/comparison';
import type { MetricContext, MetricView } from '../../presentation/metrics/metric-view';
import type { LinkView } from '../../presentation/format/links';
import { formatCount, formatCounted, formatShortNumber, unknown } from '../../presentation/format/numbers';
import { reviewWords, type ReviewWords } from './review-words';

export interface ReviewContext extends Omit<MetricContext, 'rows'> {
  /** The merged pull requests of the whole range. */
  readonly rows: LinkView;
}

/** One number of Changes & Reviews: tile, explanation, chart and table. */
export function buildReviewMetric(
  key: ReviewMetricKey,
  { report, before }: { report: ReviewsReport; before: ReviewNumbersReport | null },
  context: ReviewContext,
): MetricView {
  const figures = report[key];
  const words = reviewWords[key];
  return {
    key: key.replaceAll('_', '-'),
    name: words.name,
    value: formatValue(figures.value, words),
    unit: formatUnit(figures.value, words.unit),
    reason: figures.value === null ? `None of these pull requests has it.` : null,
    level: null,
    sample: `median of ${formatCount(figures.n)} of ${formatCounted(report.merged, 'merged pull request')}`,
    comparison: buildComparison(report, before, {
      now: buildMedianFigure(figures),
      before: buildMedianFigure(before?.[key]),
      ...buildComparedWords(words),
    }),
    explanation: [
      words.formula,
      formatSpreadText(figures, words),
      formatLeftOut(figures, report.merged, words),
      formatMedianRule('of these pull requests', { hasLevel: false }),
    ],
    rows: { ...context.rows, text: `Show the ${formatCounted(report.merged, 'merged pull request')}` },
    chart: buildChart(key, report, context),
  };
}

/** "1 comment", "1.5 comments". */
function formatUnit(value: number | null, unit: string | undefined): string | null {
  return value === null || unit === undefined ? null : value === 1 ? unit.slice(0, -1) : unit;
}

function buildComparedWords({ unit }: ReviewWords): Omit<ComparedFigure<MedianFigure>, 'now' | 'before'> {
  return unit === undefined
    ? durationComparison
    : {
        compare: compareMedians,
        betterWhen: 'neither',
        describe: ({ value }) => `${formatShortNumber(value)} ${formatUnit(value, unit) ?? ''}`,
        describeChange: (now, before) =>
          `${formatShortNumber(Math.abs(now.value - before.value))} ${now.value > before.value ? 'more' : 'fewer'}`,
      };
}

/** A value of this metric as people read it: "2 d 4 h", "120", `—`. */
export function formatValue(value: number | null, { unit }: ReviewWords): string {
  if (value === null) {
    return unknown;
  }
  return unit === undefined ? formatDurationCell(value) : formatShortNumber(value);
}

function formatSpreadText({ p75, p95, mean }: ReviewFigures, words: ReviewWords): string {
  const text = (value: number | null) =>
    [formatValue(value, words), formatUnit(value, words.unit) ?? ''].join(' ').trim();
  return `Three quarters have at most ${text(p75)}, 95 % at most ${text(p95)}; the mean is ${text(mean)}.`;
}

function formatLeftOut({ n, excluded }: ReviewFigures, merged: number, { missing }: ReviewWords): string {
  const without = merged - n - excluded;
  const negative =
    excluded === 0
      ? ''
      : `, and ${formatCounted(excluded, 'pull request')} whose dates contradict each other (it would be negative)`;
  return `Left out: ${formatCounted(without, 'pull request')} of ${formatCount(merged)} ${missing}${negative}.`;
}

function buildChart(key: ReviewMetricKey, report: ReviewsReport, context: ReviewContext) {
  const words = reviewWords[key];
  const { series } = report[key];
  const { range } = report;
  const isDrawn = series.some(({ value }) => value !== null);
  const chart = {
    ...{
      caption: `${words.name},`,
      range,
      context,
      columns: words.unit === undefined ? durationColumns : countColumns,
    },
    toHref: (bucket: Bucket) => context.toBucketHref('pullRequests', bucket),
  };
  const sentence = isDrawn
    ? `Half of the pull requests merged ${formatEach(range.interval)} have at most the median; the band reaches from the 75th to the 95th percentile.`
    : `No merged pull request of this range has it.`;
  const drawing =
    words.unit === undefined ? buildDurationDrawing(series, chart) : buildCountDrawing(series, words.unit, chart);
  return buildChartView({ sentence, isDrawn, drawing }, context.tablesHref);
}

const buildColumns = (unit: 'seconds' | 'number'): readonly BucketColumn<ReviewFigures & Bucket>[] => [
  ['Median', unit, ({ value }) => value],
  ['75th percentile', unit, ({ p75 }) => p75],
  ['95th percentile', unit, ({ p95 }) => p95],
  ['Mean', unit, ({ mean }) => mean],
  ['Pull requests', 'count', ({ n }) => n],
  ['Left out', 'count', ({ excluded }) => excluded],
];
const durationColumns = buildColumns('seconds');
const countColumns = buildColumns('number');
