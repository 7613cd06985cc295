import { pickDurationScale, toDuration } from '../format/durations';
import { unknown } from '../format/numbers';
import type { Bucket, ReportRange } from './accelerate-report';
import { toBucketAxis, type ChartContext, type ToBucketHref } from './bucket-axis';
import { roundForDrawing, toLine, type ChartDrawing, type ChartSeries } from './chart-drawing';

/** A median and, where they are told, the percentiles that make its band. */
export interface Spread extends Bucket {
  readonly value: number | null;
  readonly p75?: number | null;
  readonly p95?: number | null;
}

export interface SpreadChart {
  readonly range: ReportRange;
  readonly context: ChartContext;
  readonly toHref: ToBucketHref | null;
}

/** The median of durations over the buckets as a line, p75 to p95 as a band, in one unit, with gaps. */
export function toDurationDrawing(buckets: readonly Spread[], chart: SpreadChart): ChartDrawing {
  const all = buckets.flatMap(({ value, p75 = null, p95 = null }) => [value, p75, p95]);
  const scale = pickDurationScale(all);
  const toValue = (value: number | null) => roundForDrawing(value === null ? null : value / scale.seconds);
  return {
    ...toBucketAxis(buckets, chart),
    unit: scale.unit,
    isCount: false,
    isStacked: false,
    series: toSpreadSeries(buckets, toValue, toDurationCell),
  };
}

/** Median and band of plain numbers, such as lines or comments. */
export function toCountDrawing(
  buckets: readonly Spread[],
  unit: string,
  { toText, ...chart }: SpreadChart & { toText: (value: number | null) => string },
): ChartDrawing {
  return {
    ...toBucketAxis(buckets, chart),
    unit,
    isCount: true,
    isStacked: false,
    series: toSpreadSeries(buckets, roundForDrawing, toText),
  };
}

function toSpreadSeries(
  buckets: readonly Spread[],
  toValue: (value: number | null) => number | null,
  toText: (value: number | null) => string,
): ChartSeries[] {
  const draw = (key: 'value' | 'p75' | 'p95') => {
    const numbers = buckets.map((bucket) => bucket[key] ?? null);
    return { values: numbers.map(toValue), texts: numbers.map(toText) };
  };
  const median = toLine({ name: 'Median', label: 'Median', ...draw('value') });
  if (buckets.every(({ p75 }) => p75 === undefined)) {
    return [median];
  }
  const edge = { colour: 2, shape: 'none' } as const;
  return [
    median,
    toLine({ name: '75th percentile', ...edge, isDashed: true, label: '75 %', ...draw('p75') }),
    toLine({ name: 'up to the 95th', ...edge, isBandEdge: true, label: '95 %', ...draw('p95') }),
  ];
}

/** A duration in a table: `—` where a bucket has none. */
export function toDurationCell(seconds: number | null): string {
  return seconds === null ? unknown : toDuration(seconds);
}
