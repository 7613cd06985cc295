import type { Bucket } from '../../calendar/bucket';
import type { DateRange } from '../../calendar/date-range';

/** One value for the range, and the same for each of its buckets. */
export type OverTime<T> = T & { readonly series: readonly InBucket<T>[] };
export type InBucket<T> = T & Pick<Bucket, 'start' | 'end'>;

/** A formula over the rows of a range or a bucket. */
export type Measure<T> = (rows: Uint32Array, over: DateRange | Bucket) => T;

export interface Measured {
  readonly range: DateRange;
  readonly rows: Uint32Array;
  readonly buckets: readonly Bucket[];
  /** The rows of each bucket. */
  readonly slices: readonly Uint32Array[];
}

/** A bucket is measured by the same formula as the range. */
export function toOverTime<T extends object>(
  measure: Measure<T>,
  { range, rows, buckets, slices }: Measured,
): OverTime<T> {
  const series = buckets.map((bucket, index) => ({
    start: bucket.start,
    end: bucket.end,
    ...measure(slices[index] ?? new Uint32Array(), bucket),
  }));
  return { ...measure(rows, range), series };
}
