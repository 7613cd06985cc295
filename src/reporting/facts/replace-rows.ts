import type { ColumnContext } from '../../domain/columns/build-month';
import { toMonth } from '../../domain/columns/build-month';
import { changeMonth, toRowId, type RowId } from '../../domain/columns/change-month';
import type { MergedRow } from '../../domain/columns/merged-row';
import type { MonthColumns } from '../../domain/columns/month-columns';
import type { Names } from '../../domain/columns/names';
import type { PullRequestKey } from '../../store/pull-requests/read-recorded';
import type { Pause } from './slices';

/** A row that columns hold. */
export interface HeldRow {
  readonly month: MonthColumns;
  readonly row: number;
}

interface Wanted {
  low: number;
  high: number;
  readonly numbers: Set<number>;
}

/**
 * Where the keys lie now, if anywhere. No map of all keys is kept: the columns are looked through, which takes about two
 * milliseconds a million rows.
 */
export async function findHeldRows(
  months: readonly MonthColumns[],
  { keys, names, pause }: { readonly keys: readonly PullRequestKey[]; readonly names: Names; readonly pause: Pause },
): Promise<HeldRow[]> {
  const wanted = toWanted(keys, names);
  const found: HeldRow[] = [];
  if (wanted.size === 0) return found;
  const list = keys.length <= mostSearched ? createSearch(wanted) : createScan(wanted, names);
  for (const month of months) {
    found.push(...list(month).map((row) => ({ month, row })));
    await pause();
  }
  return found;
}

/** So few numbers are searched for one by one, which is what arrays do quickest. */
const mostSearched = 4;

type ListRows = (month: MonthColumns) => number[];

function createSearch(wanted: ReadonlyMap<number, Wanted>): ListRows {
  const keys = [...wanted].flatMap(([system, { numbers }]) => [...numbers].map((number) => ({ system, number })));
  return ({ merges }) =>
    keys.flatMap(({ system, number }) => {
      const rows: number[] = [];
      for (let row = merges.number.indexOf(number); row !== -1; row = merges.number.indexOf(number, row + 1)) {
        if (merges.system[row] === system) rows.push(row);
      }
      return rows;
    });
}

function createScan(wanted: ReadonlyMap<number, Wanted>, names: Names): ListRows {
  const bySystem = Array.from(names.systems, (_uuid, system) => wanted.get(system));
  return ({ merges: { count, system, number } }) => {
    const rows: number[] = [];
    for (let row = 0; row < count; row += 1) {
      const ofSystem = bySystem[system[row] ?? 0];
      if (ofSystem !== undefined && isWanted(ofSystem, number[row] ?? 0)) rows.push(row);
    }
    return rows;
  };
}

function isWanted({ low, high, numbers }: Wanted, number: number): boolean {
  return number >= low && number <= high && numbers.has(number);
}

/** By the number of the repository, of those that columns speak of. */
function toWanted(keys: readonly PullRequestKey[], names: Names): Map<number, Wanted> {
  const wanted = new Map<number, Wanted>();
  for (const { repositoryUuid, number } of keys) {
    const system = names.findSystem(repositoryUuid);
    if (system === undefined) continue;
    const known = wanted.get(system) ?? { low: number, high: number, numbers: new Set() };
    known.low = Math.min(known.low, number);
    known.high = Math.max(known.high, number);
    known.numbers.add(number);
    wanted.set(system, known);
  }
  return wanted;
}

export interface RowChange {
  /** Rows that go, or that come again among `put`. */
  readonly held: readonly HeldRow[];
  readonly put: readonly MergedRow[];
  readonly context: ColumnContext;
  readonly pause: Pause;
}

/** The months that the change touches, by name, as they are after it; `null`: nothing is left of one. */
export async function replaceRows(
  months: readonly MonthColumns[],
  { held, put, context, pause }: RowChange,
): Promise<Map<string, MonthColumns | null>> {
  const drops = new Map<string, Set<RowId>>();
  for (const { month, row } of held) {
    const ids = drops.get(month.month) ?? new Set();
    drops.set(month.month, ids.add(toIdOfRow(month, row)));
  }
  const puts = groupByMonth(put);
  const before = new Map(months.map((month) => [month.month, month]));
  const after = new Map<string, MonthColumns | null>();
  for (const month of new Set([...drops.keys(), ...puts.keys()])) {
    const ids = drops.get(month) ?? new Set();
    const change = { month, drop: { merges: ids, deployments: ids }, put: puts.get(month) ?? [] };
    after.set(month, changeMonth(before.get(month) ?? null, change, context));
    await pause();
  }
  return after;
}

function groupByMonth(rows: readonly MergedRow[]): Map<string, MergedRow[]> {
  const groups = new Map<string, MergedRow[]>();
  for (const row of rows) {
    const month = toMonth(row.mergedAt);
    const group = groups.get(month);
    if (group === undefined) groups.set(month, [row]);
    else group.push(row);
  }
  return groups;
}

function toIdOfRow({ merges }: MonthColumns, row: number): RowId {
  return toRowId(merges.system[row] ?? 0, merges.number[row] ?? 0);
}

/** The months with those that have changed in place of what they were. */
export function putMonths(
  months: readonly MonthColumns[],
  changed: ReadonlyMap<string, MonthColumns | null>,
): MonthColumns[] {
  const all = new Map<string, MonthColumns | null>([
    ...months.map((month) => [month.month, month] as const),
    ...changed,
  ]);
  return [...all.values()].filter((month) => month !== null).sort((one, other) => one.startAt - other.startAt);
}
