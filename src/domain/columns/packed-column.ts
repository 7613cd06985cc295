import { createNarrow, type Narrow } from './narrow';

/**
 * Whole numbers of rows, most of which are small: milliseconds or counts, unknown (NaN), negative ones and very large
 * ones among them. A number takes one, two or four bytes, an unknown one too; the few that do not fit stand beside.
 */
export interface PackedColumn {
  /** The number, or `unknown`, or `elsewhere`. */
  readonly values: Narrow;
  /** Stands for a number that is not known. */
  readonly unknown: number;
  /** Stands for a number that does not fit. */
  readonly elsewhere: number;
  /** The rows whose numbers do not fit, ascending. */
  readonly rows: Uint32Array;
  readonly numbers: Float64Array;
}

const largestThere = 0xffff_fffd;

/** @param numbers whole, of either sign; NaN: unknown */
export function packColumn(numbers: ArrayLike<number>): PackedColumn {
  let largest = 0;
  let count = 0;
  for (let row = 0; row < numbers.length; row += 1) {
    const number = numbers[row] ?? Number.NaN;
    if (number > largestThere || number < 0) count += 1;
    else if (number > largest) largest = number;
  }
  // Two numbers of each kind of array are marks.
  const values = createNarrow(numbers.length, largest + 2);
  const { unknown, elsewhere } = toMarks(values);
  const apart = { rows: new Uint32Array(count), numbers: new Float64Array(count) };
  let next = 0;
  for (let row = 0; row < numbers.length; row += 1) {
    const number = numbers[row] ?? Number.NaN;
    if (number >= 0 && number <= largestThere) values[row] = number;
    else if (Number.isNaN(number)) values[row] = unknown;
    else {
      values[row] = elsewhere;
      apart.rows[next] = row;
      apart.numbers[next] = number;
      next += 1;
    }
  }
  return { values, unknown, elsewhere, ...apart };
}

/** What the two marks are in a kind of array. */
export function toMarks({ BYTES_PER_ELEMENT }: Narrow): { readonly unknown: number; readonly elsewhere: number } {
  const largest = 2 ** (8 * BYTES_PER_ELEMENT) - 1;
  return { unknown: largest, elsewhere: largest - 1 };
}

/** The number of a row; NaN: unknown. */
export function readPacked(column: PackedColumn, row: number): number {
  const value = column.values[row] ?? column.unknown;
  if (value < column.elsewhere) return value;
  return value === column.unknown ? Number.NaN : readElsewhere(column, row);
}

/** By bisection: there are few. */
export function readElsewhere({ rows, numbers }: PackedColumn, row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return numbers[low] ?? Number.NaN;
}
