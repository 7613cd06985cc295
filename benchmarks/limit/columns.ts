/* eslint complexity: ["error", 20], max-params: ["error", 4] -- loops over columns, in which each look-up counts as a branch */
import { drawMerges, type ReferenceMerge } from '../reference/draw-merges';
import type { ReferenceWorkspace } from '../reference/shape';

/** The merges of a workspace as columns, by moment of the merge; rows are numbered from 0. */
export interface Columns {
  readonly count: number;
  readonly mergedAt: Float64Array;
  /** Index in the list of repositories. */
  readonly repository: Uint16Array;
  /** A bit a team: those before the 32nd, and the others. */
  readonly teams: readonly [Uint32Array, Uint32Array];
  /** Where the commits of a row begin; one longer than the rows. */
  readonly firstCommit: Uint32Array;
  /** Milliseconds from each commit to the merge. */
  readonly leads: Float64Array;
  /** Blamed by an incident. */
  readonly isFailed: Uint8Array;
  /** Resolves an incident. */
  readonly isFix: Uint8Array;
  readonly incidents: readonly IncidentRow[];
}

export interface IncidentRow {
  readonly createdAt: number;
  readonly resolvedAt: number;
  /** The row of the deployment; `null`: unlinked. */
  readonly blamed: number | null;
}

/** What of a merge is needed. */
interface Merge extends Pick<ReferenceMerge, 'number' | 'sourceBranch' | 'mergedAt'> {
  readonly repository: number;
  readonly authored: readonly number[];
  readonly teams: readonly [number, number];
}

/** Written from docs/definitions.md, and from nothing of the product. */
export function buildColumns(workspace: ReferenceWorkspace): Columns {
  const merges = readMerges(workspace).sort(inOrder);
  const firstCommit = new Uint32Array(merges.length + 1);
  merges.forEach(({ authored }, at) => (firstCommit[at + 1] = (firstCommit[at] ?? 0) + authored.length));
  const leads = new Float64Array(firstCommit[merges.length] ?? 0);
  for (const [at, { mergedAt, authored }] of merges.entries()) {
    authored.forEach((one, index) => (leads[(firstCommit[at] ?? 0) + index] = mergedAt - one));
  }
  const incidents = findIncidents(merges, workspace.repositories.length);
  const isFailed = new Uint8Array(merges.length);
  for (const { blamed } of incidents.values()) if (blamed !== null) isFailed[blamed] = 1;
  return {
    count: merges.length,
    mergedAt: Float64Array.from(merges, ({ mergedAt }) => mergedAt),
    repository: Uint16Array.from(merges, ({ repository }) => repository),
    teams: [Uint32Array.from(merges, ({ teams }) => teams[0]), Uint32Array.from(merges, ({ teams }) => teams[1])],
    firstCommit,
    leads,
    isFailed,
    isFix: Uint8Array.from(merges, (_merge, at) => (incidents.has(at) ? 1 : 0)),
    incidents: [...incidents.values()],
  };
}

function readMerges(workspace: ReferenceWorkspace): Merge[] {
  const repositories = new Map(workspace.repositories.map(({ uuid }, index) => [uuid, index]));
  const teams = new Map(workspace.teams.map(({ slug }, index) => [slug, index]));
  const merges: Merge[] = [];
  for (const { repository, number, sourceBranch, mergedAt, commits, teams: slugs } of drawMerges(workspace)) {
    const toBits = (from: number): number =>
      slugs.reduce((bits, slug) => bits | toBit((teams.get(slug) ?? 0) - from), 0);
    merges.push({
      ...{ repository: repositories.get(repository.uuid) ?? 0, number, sourceBranch, mergedAt },
      authored: commits.map(({ authoredAt }) => authoredAt),
      teams: [toBits(0), toBits(32)],
    });
  }
  return merges;
}

export function toBit(index: number): number {
  return index >= 0 && index < 32 ? 1 << index : 0;
}

function inOrder(one: Merge, other: Merge): number {
  return one.mergedAt - other.mergedAt || one.number - other.number;
}

/** By the row that resolves each. */
function findIncidents(merges: readonly Merge[], repositories: number): Map<number, IncidentRow> {
  const rowsOf: number[][] = Array.from({ length: repositories }, () => []);
  merges.forEach(({ repository }, row) => rowsOf[repository]?.push(row));
  const found = new Map<number, IncidentRow>();
  for (const rows of rowsOf) {
    const byNumber = new Map(rows.map((row) => [merges[row]?.number ?? 0, row]));
    for (const row of rows) {
      const fix = merges[row];
      const incident = fix && findIncident({ fix, row, rows, byNumber, merges });
      if (incident != null) found.set(row, incident);
    }
  }
  return found;
}

interface Place {
  readonly fix: Merge;
  readonly row: number;
  /** Of its repository, ascending. */
  readonly rows: readonly number[];
  readonly byNumber: ReadonlyMap<number, number>;
  readonly merges: readonly Merge[];
}

function findIncident(place: Place): IncidentRow | null {
  const { fix, byNumber, merges } = place;
  const number = /^revert-pr-(\d+)/u.exec(fix.sourceBranch)?.[1];
  const reverted = byNumber.get(Number(number));
  if (reverted !== undefined) {
    return { createdAt: merges[reverted]?.mergedAt ?? 0, resolvedAt: fix.mergedAt, blamed: reverted };
  }
  if (!fix.sourceBranch.startsWith('hotfix')) return null;
  const createdAt = Math.min(...fix.authored);
  return { createdAt, resolvedAt: fix.mergedAt, blamed: findLastBefore(place, createdAt) };
}

/** The last deployment at or before a moment, other than the fix. */
function findLastBefore({ rows, row, merges }: Place, at: number): number | null {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((merges[rows[middle] ?? 0]?.mergedAt ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const last = rows[low - 1];
  return last === row ? (rows[low - 2] ?? null) : (last ?? null);
}
