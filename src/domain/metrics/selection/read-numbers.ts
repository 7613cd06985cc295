import { readPacked, type PackedColumn } from '../../columns/packed-column';

interface Places {
  readonly into: Float64Array;
  /** Where the number of each row goes. */
  readonly places: Uint32Array;
}

/** Puts the numbers of some rows in their places; NaN: unknown. */
export function readRowsTo(column: PackedColumn, rows: Uint32Array, { into, places }: Places): void {
  const { values, elsewhere } = column;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = values[row] ?? 0;
    into[places[index] ?? 0] = value < elsewhere ? value : readPacked(column, row);
  }
}

/** The numbers of the rows from one up to another, put from a place on; NaN: unknown. */
export function readSpan(
  column: PackedColumn,
  { begin, end }: { readonly begin: number; readonly end: number },
  { into, from }: { readonly into: Float64Array; readonly from: number },
): void {
  const { values, elsewhere } = column;
  for (let row = begin; row < end; row += 1) {
    const value = values[row] ?? 0;
    into[from + row - begin] = value < elsewhere ? value : readPacked(column, row);
  }
}
