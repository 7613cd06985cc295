import { orderIncidents, searchIncidents } from '../../domain/columns/find-incident-columns';
import type { MonthColumns, SystemIncidents, WorkspaceColumns } from '../../domain/columns/month-columns';
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

/** The columns with the incidents of the given repositories found anew; `null`: of all. */
export async function findIncidentsAnew(
  columns: WorkspaceColumns,
  systems: ReadonlySet<number> | null,
  pause: Pause,
): Promise<WorkspaceColumns> {
  const search = searchIncidents(columns, systems);
  for (;;) {
    const step = search.next();
    if (step.done === true) return { ...columns, incidents: putIncidents(columns, systems, step.value) };
    await pause();
  }
}

function putIncidents(
  { incidents, names }: WorkspaceColumns,
  systems: ReadonlySet<number> | null,
  found: Map<number, SystemIncidents>,
): ReadonlyMap<number, SystemIncidents> {
  if (systems === null) return found;
  const others = [...incidents].filter(([system]) => !systems.has(system));
  return orderIncidents(new Map([...others, ...found]), names);
}
