import type { MonthColumns, Rows, WorkspaceColumns } from '../../columns/month-columns';
import { findFirst } from '../../columns/narrow';
import type { Instant } from '../../instant';
import type { RowFilter } from './row-filter';

/** Rows of one month, ascending. */
export interface MonthRows {
  readonly month: MonthColumns;
  readonly rows: Uint32Array;
}

interface Wanted {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  readonly filter: RowFilter;
}

/** The rows of each month in a span that pass; months without any are left out. */
export function selectMonthRows(
  { months }: Pick<WorkspaceColumns, 'months'>,
  { startAt, endAt, filter }: Wanted,
  of: (month: MonthColumns) => Rows,
): MonthRows[] {
  return months.flatMap((month) => {
    if (month.startAt >= endAt) return [];
    const all = of(month);
    const from = findFirst(all.at, startAt - month.startAt);
    const to = findFirst(all.at, endAt - month.startAt);
    const rows = from < to ? selectRows(all, { from, to }, filter) : new Uint32Array();
    return rows.length === 0 ? [] : [{ month, rows }];
  });
}

export function countRows(months: readonly MonthRows[]): number {
  return months.reduce((sum, { rows }) => sum + rows.length, 0);
}

function selectRows(
  { system, teamSet }: Rows,
  { from, to }: { readonly from: number; readonly to: number },
  { systems, teamSets }: RowFilter,
): Uint32Array {
  const rows = new Uint32Array(to - from);
  let count = 0;
  for (let row = from; row < to; row += 1) {
    if (systems !== null && systems[system[row] ?? 0] !== 1) continue;
    if (teamSets !== null && teamSets[teamSet[row] ?? 0] !== 1) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}
