/** Whole numbers from zero, in the smallest kind of array that holds them. */
export type Narrow = Uint8Array | Uint16Array | Uint32Array;

/** Room for `length` numbers up to `largest`. */
export function createNarrow(length: number, largest: number): Narrow {
  if (largest <= 0xff) return new Uint8Array(length);
  return largest <= 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}

/** @param numbers whole, from 0 to 2³² − 1 */
export function toNarrow(numbers: ArrayLike<number>): Narrow {
  let largest = 0;
  for (let index = 0; index < numbers.length; index += 1) largest = Math.max(largest, numbers[index] ?? 0);
  const narrow = createNarrow(numbers.length, largest);
  narrow.set(numbers);
  return narrow;
}

/** A part of a column: what lies from `start` to before `end`. */
export interface Part<Column> {
  readonly column: Column;
  readonly start: number;
  readonly end: number;
}

/** The parts one behind the other. */
export function joinNarrow(parts: readonly Part<Narrow>[]): Narrow {
  const widest = Math.max(1, ...parts.map(({ column }) => column.BYTES_PER_ELEMENT));
  const joined = createNarrow(countCells(parts), 2 ** (8 * widest) - 1);
  let next = 0;
  for (const { column, start, end } of parts) {
    joined.set(column.subarray(start, end), next);
    next += end - start;
  }
  return joined;
}

/** The same of numbers of any kind. */
export function joinNumbers(parts: readonly Part<Float64Array>[]): Float64Array {
  const joined = new Float64Array(countCells(parts));
  let next = 0;
  for (const { column, start, end } of parts) {
    joined.set(column.subarray(start, end), next);
    next += end - start;
  }
  return joined;
}

export function countCells(parts: readonly Part<unknown>[]): number {
  return parts.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** By bisection, the place at which numbers of at least `wanted` begin. */
export function findFirst(ascending: Uint32Array | Float64Array, wanted: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the part of each row begins when all lie one behind the other; the last entry is the end. */
export function toStarts(lengths: ArrayLike<number>): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (let row = 0; row < lengths.length; row += 1) starts[row + 1] = (starts[row] ?? 0) + (lengths[row] ?? 0);
  return starts;
}
