/**
 * The value below which a share `p` of the values lies, interpolated linearly between the two nearest ranks:
 * `h = (n−1)·p`, value `x[⌊h⌋] + (h−⌊h⌋)·(x[⌈h⌉]−x[⌊h⌋])` (docs/definitions.md, 2.3). `sorted` ascends.
 * Nothing has no percentile: `null`.
 */
export function computePercentile(sorted: Float64Array, p: number): number | null {
  const rank = (sorted.length - 1) * p;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  return below === undefined || above === undefined ? null : below + (rank - Math.floor(rank)) * (above - below);
}

/** The arithmetic mean; `null` of nothing. */
export function computeMean(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A part of a whole, from 0 to 1; a share of nothing is `null`. */
export function computeShare(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
