import { Ranks } from './ranks';
import { interpolate } from './statistics';
import type { Durations } from './tally';

const millisecondsPerSecond = 1_000;

/** @param milliseconds whole ones; they change their places */
export function toDurations(milliseconds: Float64Array): Durations {
  return toStatistics(milliseconds, millisecondsPerSecond);
}

/** Whole numbers told in a unit of so many of them; they change their places. */
export function toStatistics(numbers: Float64Array, unit: number): Durations {
  const ranks = new Ranks(numbers);
  const n = numbers.length;
  return {
    n,
    percentile: (p) => interpolate(n, p, (rank) => ranks.valueAt(rank) / unit),
    mean: () => (n === 0 ? null : addUp(numbers) / unit / n),
  };
}

/** Exact: the sum of whole numbers is whole. */
function addUp(numbers: Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
