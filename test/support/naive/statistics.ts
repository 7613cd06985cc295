/* Statistics from docs/definitions.md, 2. No data is `null`, never zero. */

/** Interpolates linearly between the two nearest ranks. */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return low === undefined || high === undefined ? null : low + (rank - Math.floor(rank)) * (high - low);
}

export function mean(values: readonly number[]): number | null {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? null : sum / values.length;
}

export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export interface Summary {
  /** The median. */
  readonly value: number | null;
  readonly mean: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  readonly n: number;
  readonly excluded: number;
}

/** What is unknown is in no statistic; what is negative is left out of it and counted. */
export function summarise(values: readonly (number | null)[]): Summary {
  const known = values.filter((value) => value !== null);
  const good = known.filter((value) => value >= 0);
  return {
    value: percentile(good, 0.5),
    mean: mean(good),
    p75: percentile(good, 0.75),
    p95: percentile(good, 0.95),
    n: good.length,
    excluded: known.length - good.length,
  };
}

/** Those of the figures that a metric has. */
export function only<Name extends keyof Summary>(summary: Summary, ...names: Name[]): Pick<Summary, Name> {
  return Object.fromEntries(names.map((name) => [name, summary[name]])) as Pick<Summary, Name>;
}
