import type { Bucket } from '../../calendar/bucket';
import type { Instant } from '../../instant';
import type { TeamColumns } from './flatten';

/** Which deployments, incidents or merged pull requests are meant. */
export interface RowSelection {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  /** Repository uuids with braces; one without any row selects nothing, and so does an empty list. `null`: all. */
  readonly systems: readonly string[] | null;
  /** Slugs; a row passes if any of its teams is chosen. An empty list filters nothing. */
  readonly teams: readonly string[];
}

/** Whether a row passes the filters, whatever its time. */
export type RowTest = (row: number) => boolean;

/** What rows are filtered by; the names are those that `system` and `team` are indices of. */
export interface FilterColumns extends TeamColumns {
  readonly system: Uint32Array;
}
export interface FilterNames {
  readonly systems: readonly string[];
  readonly teams: readonly string[];
}

/** The rows of the range that pass, ascending; `at` ascends. */
export function selectRows(at: Float64Array, { startAt, endAt }: RowSelection, passes: RowTest): Uint32Array {
  const [begin, end] = [findFirstRow(at, startAt), findFirstRow(at, endAt)];
  const rows = new Uint32Array(Math.max(0, end - begin));
  let count = 0;
  for (let row = begin; row < end; row += 1) {
    if (passes(row)) {
      rows[count] = row;
      count += 1;
    }
  }
  return rows.subarray(0, count);
}

/** Whether a row is of a chosen system and of any chosen team. */
export function toRowTest(columns: FilterColumns, names: FilterNames, selection: RowSelection): RowTest {
  const systems = toMarks(names.systems, selection.systems);
  const teams = toMarks(names.teams, selection.teams);
  const isOfTeam: RowTest = (row) => {
    const end = columns.teamStart[row + 1] ?? 0;
    for (let index = columns.teamStart[row] ?? 0; index < end; index += 1) {
      if (teams[columns.team[index] ?? 0] === 1) {
        return true;
      }
    }
    return false;
  };
  const isAnyTeam = selection.teams.length === 0;
  return (row) => systems[columns.system[row] ?? 0] === 1 && (isAnyTeam || isOfTeam(row));
}

/** 1 for every name that is chosen; `null`: for all. */
export function toMarks(names: readonly string[], chosen: readonly string[] | null): Uint8Array {
  const wanted = new Set(chosen);
  return Uint8Array.from(names, (name) => (chosen === null || wanted.has(name) ? 1 : 0));
}

/** The part of a selection that falls in each bucket, without copying. */
export function sliceByBucket(rows: Uint32Array, at: Float64Array, buckets: readonly Bucket[]): Uint32Array[] {
  let begin = 0;
  return buckets.map(({ endAt }) => {
    let end = begin;
    while (end < rows.length && (at[rows[end] ?? 0] ?? 0) < endAt) {
      end += 1;
    }
    const slice = rows.subarray(begin, end);
    begin = end;
    return slice;
  });
}

/** The row at which times of at least `wanted` begin. */
function findFirstRow(at: Float64Array, wanted: Instant): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? 0) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
