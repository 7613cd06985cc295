import { findRanks } from './ranks';
import { toPercentiles, type Percentiles } from './statistics';
import type { Durations } from './tally';

const millisecondsPerSecond = 1_000;

/** @param milliseconds whole and not negative; they may change their places */
export function toDurations(milliseconds: Float64Array): Durations {
  return toStatistics(milliseconds, millisecondsPerSecond);
}

/** The same without their mean. */
export function toPercentilesInSeconds(milliseconds: Float64Array): Percentiles {
  return toPercentilesIn(milliseconds, millisecondsPerSecond);
}

/** Whole numbers, not negative, told in a unit of so many of them; they may change their places. */
export function toStatistics(numbers: Float64Array, unit: number): Durations {
  const n = numbers.length;
  return { ...toPercentilesIn(numbers, unit), mean: n === 0 ? null : addUp(numbers) / unit / n };
}

function toPercentilesIn(numbers: Float64Array, unit: number): Percentiles {
  return toPercentiles(numbers.length, (ranks) => findRanks(numbers, ranks).map((number) => number / unit));
}

/** Exact: the sum of whole numbers is whole. */
function addUp(numbers: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < numbers.length; index += 1) sum += numbers[index] ?? 0;
  return sum;
}
