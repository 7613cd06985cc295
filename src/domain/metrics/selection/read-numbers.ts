import { readPacked, type PackedColumn } from '../../columns/packed-column';

/** Where numbers are written: from a place on. */
interface Target {
  readonly into: Float64Array;
  readonly from: number;
}

/** The numbers of some rows; NaN: unknown. */
export function readRows(column: PackedColumn, rows: Uint32Array, { into, from }: Target): void {
  const { values, elsewhere } = column;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = values[row] ?? elsewhere;
    into[from + index] = value < elsewhere ? value : readPacked(column, row);
  }
}

/** The numbers of the rows from one up to another; NaN: unknown. */
export function readSpan(
  column: PackedColumn,
  { begin, end }: { readonly begin: number; readonly end: number },
  { into, from }: Target,
): void {
  const { values, elsewhere } = column;
  for (let row = begin; row < end; row += 1) {
    const value = values[row] ?? elsewhere;
    into[from + row - begin] = value < elsewhere ? value : readPacked(column, row);
  }
}
