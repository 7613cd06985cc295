import type { ColumnContext } from '../../domain/columns/build-month';
import { recutDays } from '../../domain/columns/change-month';
import type { MergedRow } from '../../domain/columns/merged-row';
import type { MonthColumns, WorkspaceColumns } from '../../domain/columns/month-columns';
import type { PullRequestKey } from '../../store/pull-requests/read-recorded';
import { findAffected, type AffectedKey, type Looking } from './affected-keys';
import { findBasisChange, type ColumnBasis } from './column-basis';
import { deriveRows } from './derive-rows';
import { changeIncidents, type HeldColumns } from './held-columns';
import { findHeldRows, putMonths, replaceRows } from './replace-rows';

/** Rows that are read at a time, and rows that are held as objects until they are put into columns. */
const readSize = 500;
const putSize = 20_000;

/** What columns are brought to. */
export interface ColumnTarget extends Looking {
  readonly version: number;
  readonly basis: ColumnBasis;
}

/**
 * The columns of a later version, or under another basis: only the merges that it touches are read, and only the months
 * that hold them are made anew. Incident rules are not looked at here: whoever changes those makes all columns anew.
 */
export async function advanceColumns(before: HeldColumns, target: ColumnTarget): Promise<HeldColumns> {
  const change = findBasisChange(before.basis, target.basis);
  const cut = change.isOfZone ? await recutMonths(before, target) : before;
  const affected = await findAffected(cut, change, target);
  const changing = new Changing(cut, target);
  for (let start = 0; start < affected.length; start += putSize) {
    await changing.replace(affected.slice(start, start + putSize));
  }
  return changing.finish();
}

async function recutMonths(before: HeldColumns, { basis, version, pause }: ColumnTarget): Promise<HeldColumns> {
  const months: MonthColumns[] = [];
  for (const month of before.raw.months) {
    months.push(recutDays(month, basis.timezone));
    await pause();
  }
  const changedIn = new Map(
    [...before.changedIn.keys(), ...months.map(({ month }) => month)].map((month) => [month, version]),
  );
  return { ...before, raw: { ...before.raw, timezone: basis.timezone, months }, changedIn };
}

/** Columns on their way from one version to another. */
class Changing {
  readonly #before: HeldColumns;
  readonly #target: ColumnTarget;
  readonly #context: ColumnContext;
  readonly #touched = new Map<number, { readonly numbers: Set<number>; from: number }>();
  readonly #changedIn: Map<string, number>;
  #months: readonly MonthColumns[];
  #changedRows: number;

  constructor(before: HeldColumns, target: ColumnTarget) {
    this.#before = before;
    this.#target = target;
    this.#context = { names: before.raw.names, timezone: target.basis.timezone };
    this.#changedIn = new Map(before.changedIn);
    this.#months = before.raw.months;
    this.#changedRows = before.changedRows;
  }

  async replace(keys: readonly AffectedKey[]): Promise<void> {
    const { pause, version } = this.#target;
    const { names } = this.#context;
    const held = await findHeldRows(this.#months, { keys, names, pause });
    const put = await readRows(
      keys.filter(({ isRecorded }) => isRecorded),
      this.#target,
    );
    const changed = await replaceRows(this.#months, { held, put, context: this.#context, pause });
    for (const { month, row } of held) {
      const { system, number, at } = month.merges;
      this.#touch(system[row] ?? 0, number[row] ?? 0, month.startAt + (at[row] ?? 0));
    }
    for (const { repositoryUuid, number, mergedAt } of put) {
      this.#touch(names.toSystem(repositoryUuid), number, mergedAt);
    }
    this.#changedRows += Math.max(held.length, put.length);
    for (const month of changed.keys()) this.#changedIn.set(month, version);
    if (changed.size > 0) this.#months = putMonths(this.#months, changed);
  }

  #touch(system: number, number: number, at: number): void {
    const touched = this.#touched.get(system) ?? { numbers: new Set(), from: at };
    touched.numbers.add(number);
    touched.from = Math.min(touched.from, at);
    this.#touched.set(system, touched);
  }

  async finish(): Promise<HeldColumns> {
    const { version, basis, pause } = this.#target;
    const { raw } = this.#before;
    const found = { version, basis, changedIn: this.#changedIn, changedRows: this.#changedRows };
    if (this.#touched.size === 0) return { ...found, raw };
    const columns: WorkspaceColumns = { ...raw, months: this.#months };
    return { ...found, raw: await changeIncidents(columns, this.#touched, pause) };
  }
}

async function readRows(
  keys: readonly PullRequestKey[],
  { merges, workspace, derivation, pause }: Looking,
): Promise<MergedRow[]> {
  const rows: MergedRow[] = [];
  for (let start = 0; start < keys.length; start += readSize) {
    const recorded = await merges.readByKeys(workspace, keys.slice(start, start + readSize));
    const derived = await deriveRows(merges, workspace, { recorded, derivation, pause });
    rows.push(...derived.map(({ row }) => row));
  }
  return rows;
}
