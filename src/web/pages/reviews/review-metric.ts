import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { ReviewFigures, ReviewsReport } from '../../../reporting/answers/reviews';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import type { BucketColumn } from '../../presentation/charts/bucket-axis';
import type { Bucket } from '../../presentation/charts/buckets';
import { chartWords } from '../../presentation/charts/chart-words';
import { buildChartView } from '../../presentation/charts/chart-view';
import { buildCountDrawing, buildDurationDrawing } from '../../presentation/charts/duration-chart';
import type { LinkView } from '../../presentation/format/links';
import { buildMedianFigure, findMissing } from '../../presentation/metrics/comparison';
import { formatMedianRule } from '../../presentation/metrics/enough-rule';
import type { MetricContext } from '../../presentation/metrics/metric-view';
import { buildReviewFormat, type ReviewFormat } from './review-format';
import { reviewWords } from './review-words';
import { words } from './words';

export interface ReviewContext extends Omit<MetricContext, 'rows'> {
  /** The merged pull requests of the whole range. */
  readonly rows: LinkView;
}

interface ChosenNeeds {
  readonly report: ReviewsReport;
  readonly before: ReviewNumbersReport | null;
  readonly context: ReviewContext;
  readonly hasP95: boolean;
  /** The page with the 95th percentile, or without. */
  readonly p95Href: string;
}

/** The metric that the reader chose: its chart, its numbers as a table, and how it is computed. */
export function buildChosenMetric(key: ReviewMetricKey, needs: ChosenNeeds) {
  const { report, context, hasP95, p95Href } = needs;
  const figures = report[key];
  const format = buildReviewFormat(key, report);
  return {
    key: 'chosen',
    name: reviewWords[key].name,
    rows: { ...context.rows, text: words.mergedPullRequests(report.merged) },
    p95: { href: p95Href, text: hasP95 ? words.withoutP95 : words.addP95 },
    chart: buildChart(key, needs, format),
    explanation: [
      reviewWords[key].formula,
      words.sample(figures.n, report.merged),
      formatSpread(figures, format),
      formatLeftOut(key, figures, report.merged),
      formatMedianRule(words.countedForRule, { hasLevel: false }),
    ],
  };
}

function formatSpread({ p75, p95, mean }: ReviewFigures, { long }: ReviewFormat): string {
  return words.spread({ p75: long(p75), p95: long(p95), mean: long(mean) });
}

function formatLeftOut(key: ReviewMetricKey, { n, excluded }: ReviewFigures, merged: number): string {
  const { missing } = reviewWords[key];
  const why = excluded === 0 ? missing : `${missing}, and ${words.negative(excluded)}`;
  return words.leftOutOf(merged - n - excluded, merged, why);
}

function buildChart(key: ReviewMetricKey, { report, before, context, hasP95 }: ChosenNeeds, format: ReviewFormat) {
  const { name, unit, half } = reviewWords[key];
  const { value, series } = report[key];
  const { range } = report;
  const isDuration = unit === undefined;
  const chart = {
    ...{ caption: `${name},`, range, context, hasP95, oneUnit: format.oneUnit },
    columns: isDuration ? durationColumns : countColumns,
    before: findBefore(key, report, before),
    toHref: (bucket: Bucket) => context.toBucketHref('pullRequests', bucket),
  };
  const isDrawn = series.some((bucket) => bucket.value !== null);
  const sentence = isDrawn ? half(format.long(value)) : words.noneHasIt;
  const drawing = isDuration ? buildDurationDrawing(series, chart) : buildCountDrawing(series, unit, chart);
  return buildChartView({ sentence, isDrawn, drawing }, context.tablesHref);
}

/** The median of the period that is compared with, where the whole of it is known. */
function findBefore(key: ReviewMetricKey, report: ReviewsReport, before: ReviewNumbersReport | null): number | null {
  const [now, then] = [buildMedianFigure(report[key]), buildMedianFigure(before?.[key])];
  return findMissing(before, { now, before: then }, '') === null ? (then?.value ?? null) : null;
}

const buildColumns = (unit: 'seconds' | 'number'): readonly BucketColumn<ReviewFigures & Bucket>[] => [
  [chartWords.median, unit, ({ value }) => value],
  [chartWords.p75, unit, ({ p75 }) => p75],
  [chartWords.p95, unit, ({ p95 }) => p95],
  [words.mean, unit, ({ mean }) => mean],
  [words.pullRequests, 'count', ({ n }) => n],
  [words.leftOut, 'count', ({ excluded }) => excluded],
];
const durationColumns = buildColumns('seconds');
const countColumns = buildColumns('number');
