import { pickDurationScale, formatDuration } from '../format/durations';
import { unknown } from '../format/numbers';
import type { Bucket } from './buckets';
import { buildBucketAxis, type BucketChart } from './bucket-axis';
import { roundForDrawing, buildLine, type ChartDrawing, type ChartSeries } from './chart-drawing';

/** A median and, where they are told, the percentiles that make its band. */
interface Spread extends Bucket {
  readonly value: number | null;
  readonly p75?: number | null;
  readonly p95?: number | null;
}

/** The median of durations over the buckets as a line, p75 to p95 as a band, in one unit, with gaps. */
export function buildDurationDrawing(buckets: readonly Spread[], chart: BucketChart): ChartDrawing {
  const all = buckets.flatMap(({ value, p75 = null, p95 = null }) => [value, p75, p95]);
  const scale = pickDurationScale(all);
  const toValue = (value: number | null) => roundForDrawing(value === null ? null : value / scale.seconds);
  return {
    ...buildBucketAxis(buckets, chart),
    unit: scale.unit,
    isCount: false,
    isStacked: false,
    series: buildSpreadSeries(buckets, toValue, formatDurationCell),
  };
}

/** Median and band of plain numbers, such as lines or comments. */
export function buildCountDrawing(
  buckets: readonly Spread[],
  unit: string,
  { toText, ...chart }: BucketChart & { toText: (value: number | null) => string },
): ChartDrawing {
  return {
    ...buildBucketAxis(buckets, chart),
    unit,
    isCount: true,
    isStacked: false,
    series: buildSpreadSeries(buckets, roundForDrawing, toText),
  };
}

function buildSpreadSeries(
  buckets: readonly Spread[],
  toValue: (value: number | null) => number | null,
  toText: (value: number | null) => string,
): ChartSeries[] {
  const draw = (key: 'value' | 'p75' | 'p95') => {
    const numbers = buckets.map((bucket) => bucket[key] ?? null);
    return { values: numbers.map(toValue), texts: numbers.map(toText) };
  };
  const median = buildLine({ name: 'Median', label: 'Median', ...draw('value') });
  if (buckets.every(({ p75 }) => p75 === undefined)) {
    return [median];
  }
  const edge = { colour: 2, shape: 'none' } as const;
  return [
    median,
    buildLine({ name: '75th percentile', ...edge, isDashed: true, label: '75 %', ...draw('p75') }),
    buildLine({ name: 'up to the 95th', ...edge, isBandEdge: true, label: '95 %', ...draw('p95') }),
  ];
}

/** A duration in a table: `—` where a bucket has none. */
export function formatDurationCell(seconds: number | null): string {
  return seconds === null ? unknown : formatDuration(seconds);
}
