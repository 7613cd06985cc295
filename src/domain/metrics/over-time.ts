import type { Bucket } from '../calendar/bucket';

/** One value for the range, and the same for each of its buckets. */
export type OverTime<T> = T & { readonly series: readonly InBucket<T>[] };
export type InBucket<T> = T & Pick<Bucket, 'start' | 'end'>;

/** What was counted of a range, and of each of its buckets. */
export interface Measured<Tally> {
  readonly whole: { readonly over: { readonly days: number }; readonly tally: Tally };
  readonly series: readonly { readonly over: Bucket; readonly tally: Tally }[];
}

/** A bucket is measured by the same formula as the range. */
export function toOverTime<Tally, T extends object>(
  measure: (tally: Tally, over: { readonly days: number }) => T,
  { whole, series }: Measured<Tally>,
): OverTime<T> {
  return {
    ...measure(whole.tally, whole.over),
    series: series.map(({ over, tally }) => ({ start: over.start, end: over.end, ...measure(tally, over) })),
  };
}
