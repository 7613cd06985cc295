import { findRanks } from './ranks';
import { toPercentiles } from './statistics';
import type { Durations } from './tally';

const millisecondsPerSecond = 1_000;

/** @param milliseconds whole and not negative; they may change their places */
export function toDurations(milliseconds: Float64Array): Durations {
  return toStatistics(milliseconds, millisecondsPerSecond);
}

/** Whole numbers, not negative, told in a unit of so many of them; they may change their places. */
export function toStatistics(numbers: Float64Array, unit: number): Durations {
  const n = numbers.length;
  const percentiles = toPercentiles(n, (ranks) => findRanks(numbers, ranks).map((number) => number / unit));
  return { ...percentiles, mean: n === 0 ? null : addUp(numbers) / unit / n };
}

/** Exact: the sum of whole numbers is whole. */
function addUp(numbers: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < numbers.length; index += 1) sum += numbers[index] ?? 0;
  return sum;
}
