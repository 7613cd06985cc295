import { readPacked, type PackedColumn } from '../../columns/packed-column';

/** Kept from question to question: as many numbers as the largest month has. */
let [wide, picked] = [new Float64Array(), new Float64Array()];

/**
 * The numbers of some rows, which ascend; NaN: unknown. Good until the next call. Columns of all widths are widened by
 * the engine first: a loop over arrays of several kinds is slow.
 */
export function readRows(column: PackedColumn, rows: Uint32Array): Float64Array {
  const { elsewhere } = column;
  const first = rows[0] ?? 0;
  const values = column.values.subarray(first, (rows.at(-1) ?? -1) + 1);
  if (wide.length < values.length) [wide, picked] = [new Float64Array(values.length), new Float64Array(values.length)];
  wide.set(values);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = wide[row - first] ?? 0;
    picked[index] = value < elsewhere ? value : readPacked(column, row);
  }
  return picked.subarray(0, rows.length);
}
