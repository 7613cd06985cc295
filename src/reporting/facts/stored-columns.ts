import { createHash } from 'node:crypto';
import { lookUp } from '../../domain/look-up';
import { decodeMonth, encodeMonth } from '../../domain/columns/encode-month';
import type { MonthColumns } from '../../domain/columns/month-columns';
import { Names, type NamesAsText } from '../../domain/columns/names';
import type { ColumnCheckpoint, ColumnStore, ConnectedWorkspace } from '../../store/columns/column-store';
import { parseBasis, type ColumnBasis } from './column-basis';
import type { HeldColumns } from './held-columns';
import type { Pause } from './slices';

/** What stands beside stored months. */
interface StoredHead extends NamesAsText {
  /** By month `YYYY-MM`, by what its bytes are known: others may have written theirs since. */
  readonly months: Readonly<Record<string, string>>;
}

/** Columns as they were stored. */
export interface StoredColumns {
  readonly version: number;
  readonly basis: ColumnBasis;
  readonly names: Names;
  readonly months: readonly MonthColumns[];
  /** Months whose bytes are lost, damaged or another's: they are made anew from the facts. */
  readonly missing: readonly string[];
}

/** `null`: none are stored, or not such as can be read. */
export async function readStored(store: ColumnStore, workspace: string, pause: Pause): Promise<StoredColumns | null> {
  const checkpoint = await store.getCheckpoint(workspace);
  const head = checkpoint && parseHead(checkpoint);
  if (checkpoint === null || head === null) return null;
  const months: MonthColumns[] = [];
  const missing: string[] = [];
  for (const [month, digest] of Object.entries(head.months)) {
    const bytes = await store.readMonth(workspace, month);
    const columns = bytes === null || toDigest(bytes) !== digest ? null : decodeMonth(month, bytes);
    if (columns === null) missing.push(month);
    else months.push(columns);
    await pause();
  }
  return { version: checkpoint.version, basis: head.basis, names: new Names(head), months, missing };
}

type ParsedHead = StoredHead & { readonly basis: ColumnBasis };

/** `null`: damaged, or of another format. */
function parseHead(checkpoint: ColumnCheckpoint): ParsedHead | null {
  try {
    const { systems, teamSets, months } = JSON.parse(checkpoint.names) as StoredHead;
    const basis = parseBasis(checkpoint.basis);
    const isWhole = Array.isArray(systems) && Array.isArray(teamSets) && typeof months === 'object';
    return basis !== null && isWhole ? { systems, teamSets, months, basis } : null;
  } catch {
    return null;
  }
}

/**
 * Stores the columns, of the months only those that are not stored already. Whoever wrote last may have been another
 * process: its months serve only if they speak of the same names under the same basis.
 */
export async function writeStored(
  store: ColumnStore,
  workspace: ConnectedWorkspace,
  { held, pause }: { readonly held: HeldColumns; readonly pause: Pause },
): Promise<void> {
  const before = await store.getCheckpoint(workspace.uuid);
  if (before !== null && before.version > held.version) return;
  // As of now: while months are written, names may be added.
  const names = { systems: [...held.raw.names.systems], teamSets: [...held.raw.names.teamSets] };
  const basis = JSON.stringify(held.basis);
  const former = before && parseHead(before);
  const serving = listServing(former, before, { held, names, basis });
  const months: Record<string, string> = {};
  for (const columns of held.raw.months) {
    months[columns.month] = serving.get(columns.month) ?? (await writeMonth(store, workspace, columns));
    await pause();
  }
  const head = JSON.stringify({ ...names, months } satisfies StoredHead);
  await store.saveCheckpoint(workspace, { version: held.version, basis, names: head });
  await store.deleteMonths(workspace.uuid, listOthers(former, months));
}

interface Serving {
  readonly held: HeldColumns;
  readonly names: NamesAsText;
  readonly basis: string;
}

/** The stored months that have not changed since, if they speak of the same names under the same basis. */
function listServing(
  former: ParsedHead | null,
  before: ColumnCheckpoint | null,
  { held, names, basis }: Serving,
): ReadonlyMap<string, string> {
  if (former === null || before?.basis !== basis || !isStartOf(former, names)) return new Map();
  const isStored = (month: string): boolean => (held.changedIn.get(month) ?? held.version) <= before.version;
  return new Map(Object.entries(former.months).filter(([month]) => isStored(month)));
}

/** Months that were stored and hold nothing any more. */
function listOthers(former: ParsedHead | null, months: StoredHead['months']): string[] {
  return Object.keys(former?.months ?? {}).filter((month) => lookUp(months, month) === undefined);
}

async function writeMonth(store: ColumnStore, workspace: ConnectedWorkspace, columns: MonthColumns): Promise<string> {
  const bytes = encodeMonth(columns);
  await store.saveMonth(workspace, { month: columns.month, columns: bytes });
  return toDigest(bytes);
}

/** Whether stored months speak of the same names: numbers are only ever added. */
function isStartOf(some: NamesAsText, all: NamesAsText): boolean {
  return (
    some.systems.every((uuid, system) => all.systems[system] === uuid) &&
    some.teamSets.every((slugs, teamSet) => toText(slugs) === toText(all.teamSets[teamSet] ?? []))
  );
}

function toText(slugs: readonly string[]): string {
  return slugs.join(' ');
}

function toDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
