import type { Bucket } from '../../calendar/bucket';
import { toStarts } from '../../columns/narrow';
import type { Instant } from '../../instant';
import { toBucketOfDay, type RangeDays } from './range-days';

/** What is counted apart: each bucket of a range, or each system. */
export interface Cells {
  readonly count: number;
  /** The cell of what happened in the range, in a system by number. */
  toCell(at: Instant, system: number): number;
}

/** One cell for each bucket in order; the range itself without any. */
export function toBucketCells(buckets: readonly Bucket[], days: RangeDays): Cells {
  const count = Math.max(1, buckets.length);
  if (count === 1) return { count, toCell: () => 0 };
  const bucketOfDay = toBucketOfDay(days.count, buckets);
  return { count, toCell: (at) => bucketOfDay[days.toDay(at)] ?? 0 };
}

/** One cell for each system, by number. */
export function toSystemCells(systems: number): Cells {
  return { count: systems, toCell: (_at, system) => system };
}

/** Counts more in a cell. */
export function addTo(counts: Uint32Array | Float64Array, cell: number, more: number): void {
  counts[cell] = (counts[cell] ?? 0) + more;
}

/** Numbers by cell, each cell's behind those of the cell before. */
export interface Dealt {
  readonly numbers: Float64Array;
  /** The numbers of cell `c`: `numbers[start[c] … start[c + 1] - 1]`. */
  readonly start: Uint32Array;
}

/** The numbers of one cell, without copying. */
export function readDealt({ numbers, start }: Dealt, cell: number): Float64Array {
  return numbers.subarray(start[cell], start[cell + 1]);
}

/** Deals numbers to their cells, in their order. */
export function deal(numbers: Float64Array, cells: Uint32Array, count: number): Dealt {
  const lengths = new Uint32Array(count);
  for (let index = 0; index < numbers.length; index += 1) addTo(lengths, cells[index] ?? 0, 1);
  const start = toStarts(lengths);
  const next = start.slice();
  const dealt = new Float64Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    const cell = cells[index] ?? 0;
    const place = next[cell] ?? 0;
    dealt[place] = numbers[index] ?? 0;
    next[cell] = place + 1;
  }
  return { numbers: dealt, start };
}
