import { orderIncidents, searchIncidents } from '../../domain/columns/find-incident-columns';
import type { MonthColumns, SystemIncidents, WorkspaceColumns } from '../../domain/columns/month-columns';
import { updateIncidents, type TouchedMerges } from '../../domain/columns/update-incidents';
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

/** The columns with the incidents of all repositories found in them. */
export async function findIncidentsAnew(columns: WorkspaceColumns, pause: Pause): Promise<WorkspaceColumns> {
  return { ...columns, incidents: await search(columns, null, pause) };
}

async function search(columns: WorkspaceColumns, systems: ReadonlySet<number> | null, pause: Pause) {
  const searching = searchIncidents(columns, systems);
  for (;;) {
    const step = searching.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

/** Where more merges than this have changed, it is quicker to find all incidents of their repositories anew. */
const mostUpdated = 50;

/** The columns with the incidents of those repositories put right of which merges have changed. */
export async function changeIncidents(
  columns: WorkspaceColumns,
  touched: ReadonlyMap<number, TouchedMerges>,
  pause: Pause,
): Promise<WorkspaceColumns> {
  const { months, incidents, names } = columns;
  const isMany = [...touched.values()].reduce((sum, { numbers }) => sum + numbers.size, 0) > mostUpdated;
  const changed = isMany ? await search(columns, new Set(touched.keys()), pause) : new Map<number, SystemIncidents>();
  for (const [system, some] of isMany ? [] : touched) {
    const before = incidents.get(system) ?? null;
    changed.set(system, updateIncidents(months, { system, touched: some, before }));
    await pause();
  }
  const others = [...incidents].filter(([system]) => !touched.has(system));
  const left = [...changed].filter(([, { count }]) => count > 0);
  return { ...columns, incidents: orderIncidents(new Map([...others, ...left]), names) };
}
