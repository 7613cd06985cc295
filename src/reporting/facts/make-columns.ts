import type { MonthColumns, WorkspaceColumns } from '../../domain/columns/month-columns';
import { Names } from '../../domain/columns/names';
import type { PullRequestStore } from '../../store/pull-requests/pull-request-store';
import type { ColumnStore } from '../../store/columns/column-store';
import { advanceColumns, type ColumnTarget } from './advance-columns';
import { makeMonth } from './build-columns';
import { findBasisChange } from './column-basis';
import { countMerges, findIncidentsAnew, type HeldColumns } from './held-columns';
import { readStored, type StoredColumns } from './stored-columns';

export interface MakingColumns extends ColumnTarget {
  readonly columns: ColumnStore;
  readonly pullRequests: Pick<PullRequestStore, 'listMonths'>;
}

/** The columns of a workspace of which nothing is in memory: from what is stored of them, or else from all facts. */
export async function openColumns(making: MakingColumns): Promise<HeldColumns> {
  const stored = await readStored(making.columns, making.workspace, making.pause);
  // Columns of a later version than the one asked for are no harm: the one asked for is past.
  if (stored === null || findBasisChange(stored.basis, making.basis).isWhole) return makeColumns(making);
  return advanceColumns(await completeStored(stored, making), making);
}

/** The columns of the version that is asked for. Where other incident rules are in force, all are made anew. */
export async function bringColumns(before: HeldColumns | null, making: MakingColumns): Promise<HeldColumns> {
  if (before === null) return openColumns(making);
  const { isWhole } = findBasisChange(before.basis, making.basis);
  return isWhole ? makeColumns(making) : advanceColumns(before, making);
}

/** From all facts. */
async function makeColumns(making: MakingColumns): Promise<HeldColumns> {
  const { version, basis, pause } = making;
  const names = new Names();
  const listed = await making.pullRequests.listMonths(making.workspace);
  const months = await makeMonths(
    listed.map(({ month }) => month),
    making,
    names,
  );
  const columns = await findIncidentsAnew({ names, timezone: basis.timezone, months, incidents: new Map() }, pause);
  const changedIn = new Map(months.map(({ month }) => [month, version]));
  return { version, basis, raw: columns, changedIn, changedRows: countMerges(months) };
}

async function makeMonths(
  wanted: readonly string[],
  { merges, workspace, derivation, basis, pause }: MakingColumns,
  names: Names,
): Promise<MonthColumns[]> {
  const making = { merges, workspace, derivation, pause, context: { names, timezone: basis.timezone } };
  const months: MonthColumns[] = [];
  for (const month of wanted) {
    const made = await makeMonth(month, making);
    if (made !== null) months.push(made);
  }
  return months;
}

/** What is stored, with the months that are missing made as of the version asked for. */
async function completeStored(stored: StoredColumns, making: MakingColumns): Promise<HeldColumns> {
  const { version, basis, names } = stored;
  const made = await makeMonths(stored.missing, making, names);
  const months = [...stored.months, ...made].sort((one, other) => one.startAt - other.startAt);
  const columns: WorkspaceColumns = { names, timezone: basis.timezone, months, incidents: new Map() };
  const changedIn = new Map([
    ...stored.months.map(({ month }) => [month, version] as const),
    ...stored.missing.map((month) => [month, making.version] as const),
  ]);
  const raw = await findIncidentsAnew(columns, making.pause);
  return { version, basis, raw, changedIn, changedRows: countMerges(made) };
}
