import { deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric, Unit } from '../../../domain/metrics/metric';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { buildBucketAxis, buildBucketTable, type BucketChart } from '../charts/bucket-axis';
import { findUnfinished, rollingSpans, formatSpan, type Bucket } from '../charts/buckets';
import {
  roundForDrawing,
  buildBars,
  buildLine,
  buildRollingMean,
  type ChartDrawing,
  type ChartSeries,
} from '../charts/chart-drawing';
import { buildChartView } from '../charts/chart-view';
import { formatDurationCell, buildDurationDrawing } from '../charts/duration-chart';
import { formatCount, formatPercent, formatShare, formatShortNumber, unknown } from '../format/numbers';
import type { TableColumn } from '../format/tables';
import { deliveryWords, type DeliveryWords } from './delivery-words';
import type { MetricContext } from './metric-view';

/** A metric's answer over the range or a bucket, whichever metric it is. */
export interface MetricFigures {
  readonly value: number | null;
}
type MetricBucket = MetricFigures & Bucket;

/** A member by its name; the catalogue says which a metric has. */
export function readMember(figures: MetricFigures, member: string): number | null {
  return (figures as unknown as Readonly<Record<string, number | null>>)[member] ?? null;
}

/** A member that counts. */
export function readCount(figures: MetricFigures, member: string): number {
  return readMember(figures, member) ?? 0;
}

/** A value of a unit in words; a duration or share of nothing is unknown. */
export const formatUnit: Readonly<Record<Unit, (value: number | null) => string>> = {
  seconds: formatDurationCell,
  share: (value) => (value === null ? unknown : formatPercent(value)),
  count: (value) => formatCount(value ?? 0),
  'per day': (value) => formatShortNumber(value ?? 0),
};

/** A metric over the buckets of the range: a sentence, a drawing, and the same numbers as a table. */
export function buildDeliveryChart(key: DeliveryMetricKey, report: AccelerateReport, context: MetricContext) {
  const { members }: DeliveryMetric = deliveryMetrics[key];
  const words: DeliveryWords = deliveryWords[key];
  const { toSentence, nothing, caption, columns } = words.chart;
  const { range } = report;
  const series: readonly MetricBucket[] = report[key].series;
  const mean = members.value === 'per day' ? computeMean(key, report, context.today) : null;
  const chart = { range, context, toHref: (bucket: Bucket) => context.toBucketHref(words.rows, bucket) };
  const isDrawn = series.some(({ value }) => value !== null && (mean === null || value > 0));
  const shown: TableColumn<MetricBucket>[] = columns.map(([head, member]) => [
    head,
    (bucket) => formatUnit[members[member] ?? 'count'](readMember(bucket, member)),
  ]);
  if (mean !== null) shown.push([mean.name, (_, index) => mean.texts[index] ?? unknown]);
  return buildChartView({
    sentence: isDrawn ? toSentence(report, context.today) : nothing,
    isDrawn,
    drawing: draw(key, { series, mean, chart }),
    table: buildBucketTable(caption, shown, { ...chart, buckets: series }),
  });
}

interface Drawn {
  readonly series: readonly MetricBucket[];
  readonly mean: RollingMean | null;
  readonly chart: BucketChart;
}

/** A median with its band, a share as a line, or counts as bars with their rolling mean. */
function draw(key: DeliveryMetricKey, { series, mean, chart }: Drawn): ChartDrawing {
  const { members, counted }: DeliveryMetric = deliveryMetrics[key];
  if (members.value === 'seconds') {
    return buildDurationDrawing(series, chart);
  }
  const { name, column }: DeliveryWords = deliveryWords[key];
  const plain = { ...buildBucketAxis(series, chart), isStacked: false };
  const counts = series.map((bucket) => readCount(bucket, counted));
  if (mean !== null) {
    const bars = buildBars({ name: column.text, values: counts, texts: counts.map(formatCount) });
    return { ...plain, unit: `${column.counted}s`, isCount: true, series: [bars, mean.line] };
  }
  const line = buildLine({
    name,
    values: series.map(({ value }) => roundForDrawing(value === null ? null : value * 100)),
    texts: series.map((bucket, index) => formatShare(counts[index] ?? 0, readCount(bucket, 'n'))),
  });
  return { ...plain, unit: '%', isCount: false, series: [line] };
}

interface RollingMean {
  readonly name: string;
  /** In the table. */
  readonly texts: readonly string[];
  readonly line: ChartSeries;
}

/** Of the counts of finished buckets. */
function computeMean(key: DeliveryMetricKey, { range, ...report }: AccelerateReport, today: string): RollingMean {
  const { counted }: DeliveryMetric = deliveryMetrics[key];
  const series: readonly MetricBucket[] = report[key].series;
  const unfinished = findUnfinished(series, today) ?? series.length;
  const counts = series.map((bucket) => readCount(bucket, counted));
  const means = buildRollingMean(counts, rollingSpans[range.interval]).map((mean, index) =>
    index >= unfinished ? null : mean,
  );
  const name = `Mean of ${formatSpan(range.interval)}`;
  const values = means.map(roundForDrawing);
  const texts = means.map((mean) => (mean === null ? '' : formatShortNumber(mean)));
  return {
    name,
    texts: texts.map((text) => (text === '' ? unknown : text)),
    line: buildLine({ name, colour: 2, isDashed: true, shape: 'none', label: 'Mean', values, texts }),
  };
}
