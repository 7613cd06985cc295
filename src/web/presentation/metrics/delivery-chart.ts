import { lookUp } from '../../../domain/look-up';
import { deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { buildBucketAxis, type BucketChart, type BucketColumn } from '../charts/bucket-axis';
import { findUnfinished, rollingSpans, type Bucket } from '../charts/buckets';
import { buildBars, buildLine, buildRollingMean, type ChartDrawing } from '../charts/chart-drawing';
import { buildChartView } from '../charts/chart-view';
import { buildDurationDrawing } from '../charts/duration-chart';
import { pickOneUnit } from '../format/one-unit';
import { findNoComparison } from './change-words';
import { deliveryChartWords } from './delivery-chart-words';
import { deliveryWords, type DeliveryWords } from './delivery-words';
import type { MetricContext } from './metric-view';

/** A metric's answer over the range or a bucket, whichever metric it is. */
export interface MetricFigures {
  readonly value: number | null;
}
type MetricBucket = MetricFigures & Bucket;

/** A member by its name; the catalogue says which a metric has. */
export function readMember(figures: MetricFigures, member: string): number | null {
  return lookUp(figures as unknown as Readonly<Record<string, number | null>>, member) ?? null;
}

/** A member that counts. */
export function readCount(figures: MetricFigures, member: string): number {
  return readMember(figures, member) ?? 0;
}

/** The numbers of a range, and of the period that the page compares with. */
interface Compared {
  readonly report: AccelerateReport;
  readonly before: AccelerateReport | null;
}

/** A metric over the buckets of the range: a sentence, and its numbers to draw and to read as a table. */
export function buildDeliveryChart(key: DeliveryMetricKey, { report, before }: Compared, context: MetricContext) {
  const { members }: DeliveryMetric = deliveryMetrics[key];
  const words: DeliveryWords = deliveryWords[key];
  const { toSentence, nothing, caption, columns } = words.chart;
  const { range } = report;
  const series: readonly MetricBucket[] = report[key].series;
  const mean = members.value === 'per day' ? computeMean(key, report, context.today) : null;
  const isDrawn = series.some(({ value }) => value !== null && (mean === null || value > 0));
  const shown: BucketColumn<MetricBucket>[] = columns.map(([head, member]) => [
    head,
    lookUp(members, member) ?? 'count',
    (bucket) => readMember(bucket, member),
  ]);
  if (mean !== null) shown.push(buildFailed(report), [mean.name, 'number', (_, index) => mean.values[index] ?? null]);
  const toHref = (bucket: Bucket) => context.toBucketHref(words.rows, bucket);
  const sentence = isDrawn ? toSentence(report) : nothing;
  const earlier = findEarlier(key, before);
  const oneUnit = members.value === 'seconds' ? pickOneUnit(report[key].value ?? earlier) : undefined;
  const chart = { caption, range, context, toHref, columns: shown, oneUnit, before: earlier };
  const drawing = draw(key, { series, mean, chart });
  return buildChartView({ sentence, isDrawn, drawing }, context.tablesHref);
}

/** The value of the period before; `null`: there is nothing to compare with. */
function findEarlier(key: DeliveryMetricKey, before: AccelerateReport | null): number | null {
  return before === null || findNoComparison(before) !== null ? null : before[key].value;
}

/** How many of the deployments of a bucket caused an incident. */
function buildFailed({ change_failure_rate: { series } }: AccelerateReport): BucketColumn<MetricBucket> {
  return [deliveryChartWords.failed, 'count', (_, index) => series[index]?.failed ?? 0];
}

interface Drawn {
  readonly series: readonly MetricBucket[];
  readonly mean: RollingMean | null;
  readonly chart: BucketChart & {
    readonly columns: readonly BucketColumn<MetricBucket>[];
    /** The value of the period before; `null`: there is nothing to compare with. */
    readonly before: number | null;
  };
}

/** A median with its band, a share as a line, or counts as bars with their rolling mean. */
function draw(key: DeliveryMetricKey, { series, mean, chart }: Drawn): ChartDrawing {
  const { members, counted }: DeliveryMetric = deliveryMetrics[key];
  if (members.value === 'seconds') {
    return buildDurationDrawing(series, chart);
  }
  const { name, column, ...words }: DeliveryWords = deliveryWords[key];
  const plain = { ...buildBucketAxis(series, chart.columns, chart), isStacked: false };
  const find = (member: string) => words.chart.columns.findIndex(([, one]) => one === member);
  if (mean !== null) {
    const [failed, last] = [chart.columns.length - 2, chart.columns.length - 1];
    const bars = buildBars({ name: column.text, columns: [find(counted)] });
    const failedBars = buildBars({ name: deliveryChartWords.failed, colour: 4, columns: [failed] });
    const line = buildLine({ name: mean.name, ...meanLook, columns: [last] });
    return {
      ...{ ...plain, unit: `${column.counted}s`, isCount: true, series: [bars, failedBars, line] },
      counted: { name: deliveryChartWords.failed, column: failed },
    };
  }
  const percent = { columns: [find('value')], divisor: 0.01, share: [find(counted), find('n')] } as const;
  return { ...plain, unit: '%', isCount: false, series: [buildLine({ name, ...percent })] };
}

const meanLook = { colour: 2, isDashed: true, shape: 'none', label: deliveryChartWords.mean } as const;

interface RollingMean {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Of the counts of finished buckets. */
function computeMean(key: DeliveryMetricKey, { range, ...report }: AccelerateReport, today: string): RollingMean {
  const { counted }: DeliveryMetric = deliveryMetrics[key];
  const series: readonly MetricBucket[] = report[key].series;
  const unfinished = findUnfinished(series, today) ?? series.length;
  const counts = series.map((bucket) => readCount(bucket, counted));
  const means = buildRollingMean(counts, rollingSpans[range.interval]);
  return {
    name: deliveryChartWords.meanOf(range.interval),
    values: means.map((mean, index) => (index >= unfinished ? null : mean)),
  };
}
