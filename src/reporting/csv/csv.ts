import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | null | undefined;
/** By column, or in the order of the columns, which is cheaper where there are many rows. */
type CsvRow = Readonly<Record<string, Cell>> | readonly Cell[];

/**
 * RFC 4180 with a header; times in ISO 8601, durations in seconds, numbers unrounded, unknown empty. A cell that a
 * spreadsheet would run as a formula begins with an apostrophe. `isContinued`: rows that follow others, without a header.
 */
export function formatCsv(
  columns: readonly string[],
  rows: readonly CsvRow[],
  { isContinued = false }: { readonly isContinued?: boolean } = {},
): string {
  return stringify([...rows], {
    header: !isContinued,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });
}
