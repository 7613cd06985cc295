/**
 * The value below which a share `p` of the values lies, interpolated linearly between the two nearest ranks:
 * `h = (n−1)·p`, value `x[⌊h⌋] + (h−⌊h⌋)·(x[⌈h⌉]−x[⌊h⌋])` (docs/definitions.md, 2.3). `sorted` ascends.
 * Nothing has no percentile: `null`.
 */
export function computePercentile(sorted: Float64Array, p: number): number | null {
  return interpolate(sorted.length, p, (rank) => sorted[rank] ?? Number.NaN);
}

/** The same of `n` values of which the one of a rank, from 0 on, can be told, in whatever order they are. */
export function interpolate(n: number, p: number, toValue: (rank: number) => number): number | null {
  if (n === 0) return null;
  const rank = (n - 1) * p;
  const below = toValue(Math.floor(rank));
  const above = toValue(Math.ceil(rank));
  return below + (rank - Math.floor(rank)) * (above - below);
}

/** The arithmetic mean; `null` of nothing. */
export function computeMean(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A part of a whole, from 0 to 1; a share of nothing is `null`. */
export function computeShare(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
