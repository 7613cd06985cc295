import { countCells, createNarrow, findFirst, joinNarrow, type Narrow, type Part } from './narrow';

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
export function packColumn(numbers: readonly number[]): PackedColumn {
  // Two numbers of each kind of array are marks.
  const values = createNarrow(numbers.length, numbers.reduce(pickLargest, 0) + 2);
  const { unknown, elsewhere } = toMarks(values);
  const rows: number[] = [];
  numbers.forEach((number, row) => {
    if (fits(number)) {
      values[row] = number;
    } else if (Number.isNaN(number)) {
      values[row] = unknown;
    } else {
      values[row] = elsewhere;
      rows.push(row);
    }
  });
  const apart = rows.map((row) => numbers[row] ?? Number.NaN);
  return { values, unknown, elsewhere, rows: Uint32Array.from(rows), numbers: Float64Array.from(apart) };
}

function fits(number: number): boolean {
  return number >= 0 && number <= largestThere;
}

function pickLargest(largest: number, number: number): number {
  return fits(number) && number > largest ? number : largest;
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

/** The number of a row whose number stands beside. */
export function readElsewhere({ rows, numbers }: PackedColumn, row: number): number {
  return numbers[findFirst(rows, row)] ?? Number.NaN;
}

/** The parts one behind the other. */
export function joinPacked(parts: readonly Part<PackedColumn>[]): PackedColumn {
  const widest = parts.reduce<PackedColumn | null>(
    (one, { column }) => (one === null || column.elsewhere > one.elsewhere ? column : one),
    null,
  );
  if (widest === null) return packColumn([]);
  const { unknown, elsewhere } = widest;
  const ofOneWidth = parts.map((part) => ({ ...part, column: widen(part, widest) }));
  return { values: joinNarrow(ofOneWidth), unknown, elsewhere, ...joinApart(parts) };
}

/** Only the part itself is made wider: `start` and `end` stay what they are. */
function widen({ column, start, end }: Part<PackedColumn>, { unknown, elsewhere }: PackedColumn): Narrow {
  if (column.elsewhere === elsewhere) return column.values;
  const values = createNarrow(end, unknown);
  for (let row = start; row < end; row += 1) {
    const value = column.values[row] ?? 0;
    if (value < column.elsewhere) values[row] = value;
    else values[row] = value === column.unknown ? unknown : elsewhere;
  }
  return values;
}

function joinApart(parts: readonly Part<PackedColumn>[]): Pick<PackedColumn, 'rows' | 'numbers'> {
  const apart = parts.map((part) => ({ ...part, ...findApart(part) }));
  const joined = { rows: new Uint32Array(countCells(apart)), numbers: new Float64Array(countCells(apart)) };
  let next = 0;
  let shift = 0;
  for (const [index, { column, start, end }] of apart.entries()) {
    const part = parts[index];
    if (part === undefined) continue;
    for (let place = start; place < end; place += 1) {
      joined.rows[next] = (column.rows[place] ?? 0) - part.start + shift;
      joined.numbers[next] = column.numbers[place] ?? Number.NaN;
      next += 1;
    }
    shift += part.end - part.start;
  }
  return joined;
}

/** Which of the numbers beside are of rows of the part. */
export function findApart({ column, start, end }: Part<PackedColumn>): {
  readonly start: number;
  readonly end: number;
} {
  return { start: findFirst(column.rows, start), end: findFirst(column.rows, end) };
}
