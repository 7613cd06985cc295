import { compareText } from '../compare-text';
import {
  collectDeployments,
  collectReverted,
  createDeployed,
  readFix,
  toIncidents,
  type Histories,
} from './incident-history';
import type { MonthColumns, Rows, SystemIncidents, WorkspaceColumns } from './month-columns';

/**
 * The incidents that merges prove (docs/definitions.md, 4), by the number of the repository, in the order of the
 * repositories' uuids; the same as `findIncidents` finds in the facts themselves. `systems`: only of these repositories; `null`: of all. Costs a look at
 * every row, and a binary search an incident.
 */
export function findIncidentColumns(
  columns: Pick<WorkspaceColumns, 'names' | 'months'>,
  systems: ReadonlySet<number> | null,
): Map<number, SystemIncidents> {
  const search = searchIncidents(columns, systems);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps, each of a month or of a repository: others may go first between them. */
export function* searchIncidents(
  { names, months }: Pick<WorkspaceColumns, 'names' | 'months'>,
  systems: ReadonlySet<number> | null,
): Generator<undefined, Map<number, SystemIncidents>, undefined> {
  const histories: Histories = Array.from(names.systems, () => undefined);
  const counts = new Uint32Array(histories.length);
  for (const month of months) {
    collectProofs(month, systems, histories);
    countBySystem(month.deployments, counts);
    yield;
  }
  const deployed = createDeployed(counts, histories);
  for (const month of months) {
    collectDeployments(month, histories, deployed);
    collectReverted(month, histories);
    yield;
  }
  const found = new Map<number, SystemIncidents>();
  for (const [system, history] of histories.entries()) {
    if (history === undefined) continue;
    found.set(system, toIncidents(system, history, deployed));
    yield;
  }
  return orderIncidents(found, names);
}

/** By the uuids of the repositories: the numbers of repositories tell in which order they came. */
export function orderIncidents(
  incidents: ReadonlyMap<number, SystemIncidents>,
  { systems }: Pick<WorkspaceColumns['names'], 'systems'>,
): Map<number, SystemIncidents> {
  return new Map([...incidents].sort(([one], [other]) => compareText(systems[one] ?? '', systems[other] ?? '')));
}

function collectProofs(
  { startAt, merges }: MonthColumns,
  systems: ReadonlySet<number> | null,
  histories: Histories,
): void {
  merges.proofs.row.forEach((row, index) => {
    const system = merges.system[row] ?? 0;
    if (systems?.has(system) === false) return;
    const history = histories[system] ?? { fixes: [], reverted: new Map<number, null>(), start: 0, end: 0 };
    histories[system] = history;
    const fix = readFix({ startAt, merges }, row, index);
    history.fixes.push(fix);
    if (fix.revertedNumber > 0) history.reverted.set(fix.revertedNumber, null);
  });
}

function countBySystem({ count, system }: Rows, counts: Uint32Array): void {
  for (let row = 0; row < count; row += 1) counts[system[row] ?? 0] = (counts[system[row] ?? 0] ?? 0) + 1;
}
