import { formatDuration } from '../format/durations';
import { formatShortNumber, unknown } from '../format/numbers';
import { formatInUnit, pickOneUnit } from '../format/one-unit';
import type { Bucket } from './buckets';
import { buildBucketAxis, type BucketChart, type BucketColumn } from './bucket-axis';
import { buildLine, type ChartDrawing, type ChartSeries } from './chart-drawing';
import { chartWords } from './chart-words';

/** A median and, where they are told, its percentiles. */
interface Spread extends Bucket {
  readonly value: number | null;
  readonly p75?: number | null;
  readonly p95?: number | null;
}

/** The columns of a chart of medians: the median stands first, then its percentiles where they are told. */
interface SpreadChart<B extends Spread> extends BucketChart {
  readonly columns: readonly BucketColumn<B>[];
  /** The 95th percentile is drawn too: the scale fits it, and the median is flat where a few took very long. */
  readonly hasP95?: boolean;
  /** The median of the period that is compared with. */
  readonly before?: number | null;
}

/**
 * The median of durations over the buckets as a line and its 75th percentile as a thin one, with gaps, in the unit of
 * the chart: without one that in which the median of a usual bucket reads well.
 */
export function buildDurationDrawing<B extends Spread>(buckets: readonly B[], chart: SpreadChart<B>): ChartDrawing {
  const oneUnit = chart.oneUnit ?? pickOneUnit(findUsual(buckets));
  return {
    ...buildBucketAxis(buckets, chart.columns, { ...chart, oneUnit }),
    ...buildBefore(chart.before, oneUnit.seconds, (value) => formatInUnit(value, oneUnit)),
    unit: '',
    suffix: oneUnit.word,
    isCount: false,
    isStacked: false,
    series: buildSpreadSeries(buckets, { divisor: oneUnit.seconds, hasP95: chart.hasP95 ?? false }),
  };
}

/** The same of plain numbers, such as lines or comments. */
export function buildCountDrawing<B extends Spread>(
  buckets: readonly B[],
  unit: string,
  chart: SpreadChart<B>,
): ChartDrawing {
  return {
    ...buildBucketAxis(buckets, chart.columns, chart),
    ...buildBefore(chart.before, 1, formatShortNumber),
    unit,
    isCount: true,
    isStacked: false,
    series: buildSpreadSeries(buckets, { divisor: 1, hasP95: chart.hasP95 ?? false }),
  };
}

function buildBefore(value: number | null | undefined, divisor: number, format: (value: number) => string) {
  return typeof value === 'number'
    ? { before: { value: value / divisor, text: chartWords.before(format(value)) } }
    : {};
}

/** The middle one of the medians. */
function findUsual(buckets: readonly Spread[]): number | null {
  const known = buckets.flatMap(({ value }) => (value === null ? [] : [value])).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

function buildSpreadSeries(
  buckets: readonly Spread[],
  { divisor, hasP95 }: { readonly divisor: number; readonly hasP95: boolean },
): ChartSeries[] {
  const { median, p75, p95 } = chartWords;
  const edge = { colour: 2, shape: 'none', divisor } as const;
  return [
    buildLine({ name: median, label: median, columns: [0], divisor }),
    ...(buckets.some((bucket) => bucket.p75 !== undefined)
      ? [buildLine({ name: p75, ...edge, isDashed: true, label: p75, columns: [1] })]
      : []),
    ...(hasP95 ? [buildLine({ name: p95, ...edge, label: p95, columns: [2] })] : []),
  ];
}

/** A duration in a table: `—` where a bucket has none. */
export function formatDurationCell(seconds: number | null): string {
  return seconds === null ? unknown : formatDuration(seconds);
}
