import { formatDuration, pickDurationScale } from '../format/durations';
import { unknown } from '../format/numbers';
import type { Bucket } from './buckets';
import { buildBucketAxis, type BucketChart, type BucketColumn } from './bucket-axis';
import { buildLine, type ChartDrawing, type ChartSeries } from './chart-drawing';

/** A median and, where they are told, the percentiles that make its band. */
interface Spread extends Bucket {
  readonly value: number | null;
  readonly p75?: number | null;
  readonly p95?: number | null;
}

/** The columns of a chart of medians: the median stands first, then its percentiles where they are told. */
interface SpreadChart<B extends Spread> extends BucketChart {
  readonly columns: readonly BucketColumn<B>[];
}

/** The median of durations over the buckets as a line, p75 to p95 as a band, in one unit, with gaps. */
export function buildDurationDrawing<B extends Spread>(buckets: readonly B[], chart: SpreadChart<B>): ChartDrawing {
  const all = buckets.flatMap(({ value, p75 = null, p95 = null }) => [value, p75, p95]);
  const scale = pickDurationScale(all);
  return {
    ...buildBucketAxis(buckets, chart.columns, chart),
    unit: scale.unit,
    isCount: false,
    isStacked: false,
    series: buildSpreadSeries(buckets, scale.seconds),
  };
}

/** Median and band of plain numbers, such as lines or comments. */
export function buildCountDrawing<B extends Spread>(
  buckets: readonly B[],
  unit: string,
  chart: SpreadChart<B>,
): ChartDrawing {
  return {
    ...buildBucketAxis(buckets, chart.columns, chart),
    unit,
    isCount: true,
    isStacked: false,
    series: buildSpreadSeries(buckets, 1),
  };
}

function buildSpreadSeries(buckets: readonly Spread[], divisor: number): ChartSeries[] {
  const median = buildLine({ name: 'Median', label: 'Median', columns: [0], divisor });
  if (buckets.every(({ p75 }) => p75 === undefined)) {
    return [median];
  }
  const edge = { colour: 2, shape: 'none', divisor } as const;
  return [
    median,
    buildLine({ name: '75th percentile', ...edge, isDashed: true, label: '75 %', columns: [1] }),
    buildLine({ name: 'up to the 95th', ...edge, isBandEdge: true, label: '95 %', columns: [2] }),
  ];
}

/** A duration in a table: `—` where a bucket has none. */
export function formatDurationCell(seconds: number | null): string {
  return seconds === null ? unknown : formatDuration(seconds);
}
