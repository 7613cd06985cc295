import type { MonthColumns, WorkspaceColumns } from '../../domain/columns/month-columns';
import { findIncidentColumns } from '../../domain/columns/find-incident-columns';
import type { ColumnBasis } from './column-basis';
import type { Pause } from './slices';

/** The columns of a workspace as of one version, before corrections. */
export interface HeldColumns {
  readonly version: number;
  readonly basis: ColumnBasis;
  readonly raw: WorkspaceColumns;
  /** By month `YYYY-MM`, the version in which its columns changed last; months that held something before, too. */
  readonly changedIn: ReadonlyMap<string, number>;
  /** How many rows were derived since the process began to hold them. */
  readonly changedRows: number;
}

export function countMerges(months: readonly MonthColumns[]): number {
  return months.reduce((sum, { merges }) => sum + merges.count, 0);
}

/** The columns with the incidents of the given repositories found anew. */
export function findIncidentsAnew(columns: WorkspaceColumns, systems: ReadonlySet<number>): WorkspaceColumns {
  const others = [...columns.incidents].filter(([system]) => !systems.has(system));
  const found = findIncidentColumns(columns, systems);
  return { ...columns, incidents: new Map([...others, ...found]) };
}

/** Merges of so many repositories' are looked through at a time, unless one has more by itself. */
const mostMerges = 100_000;

/** The columns with the incidents of all repositories found, some repositories at a time. */
export async function findAllIncidents(columns: WorkspaceColumns, pause: Pause): Promise<WorkspaceColumns> {
  let found = columns;
  for (const systems of groupSystems(countBySystem(columns))) {
    found = findIncidentsAnew(found, systems);
    await pause();
  }
  return found;
}

function countBySystem({ names, months }: WorkspaceColumns): Uint32Array {
  const counts = new Uint32Array(names.systems.length);
  for (const { merges } of months) {
    for (let row = 0; row < merges.count; row += 1) {
      const system = merges.system[row] ?? 0;
      counts[system] = (counts[system] ?? 0) + 1;
    }
  }
  return counts;
}

function groupSystems(counts: Uint32Array): Set<number>[] {
  const groups: Set<number>[] = [];
  let room = 0;
  counts.forEach((count, system) => {
    if (count > room || groups.length === 0) {
      groups.push(new Set());
      room = mostMerges;
    }
    groups.at(-1)?.add(system);
    room -= count;
  });
  return groups;
}
