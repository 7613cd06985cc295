/**
 * The value below which a share `p` of the values lies, interpolated linearly between the two nearest ranks:
 * `h = (n−1)·p`, value `x[⌊h⌋] + (h−⌊h⌋)·(x[⌈h⌉]−x[⌊h⌋])` (docs/definitions.md, 2.3). `sorted` ascends.
 * Nothing has no percentile: `null`.
 */
export function computePercentile(sorted: Float64Array, p: number): number | null {
  return toPercentile(sorted.length, p, (rank) => sorted[rank] ?? Number.NaN);
}

function toPercentile(n: number, p: number, toValue: (rank: number) => number): number | null {
  if (n === 0) return null;
  const rank = (n - 1) * p;
  const below = toValue(Math.floor(rank));
  const above = toValue(Math.ceil(rank));
  return below + (rank - Math.floor(rank)) * (above - below);
}

/** Interpolated (docs/definitions.md, 2.3); `null` of nothing. */
export interface Percentiles {
  readonly n: number;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
}

/** Of `n` values of which those of some ranks, from 0 on, can be told together. */
export function toPercentiles(n: number, findRanks: (ranks: readonly number[]) => readonly number[]): Percentiles {
  if (n === 0) return { n, median: null, p75: null, p95: null };
  const ranks = [0.5, 0.75, 0.95].flatMap((p) => [Math.floor((n - 1) * p), Math.ceil((n - 1) * p)]);
  const values = findRanks(ranks);
  const toValue = (rank: number) => values[ranks.indexOf(rank)] ?? Number.NaN;
  const percentile = (p: number) => toPercentile(n, p, toValue);
  return { n, median: percentile(0.5), p75: percentile(0.75), p95: percentile(0.95) };
}

/** The arithmetic mean; `null` of nothing. */
export function computeMean(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A part of a whole, from 0 to 1; a share of nothing is `null`. */
export function computeShare(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
