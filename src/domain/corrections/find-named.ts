import { toRowId, type RowId } from '../columns/change-month';
import type { Rows, WorkspaceColumns } from '../columns/month-columns';
import type { Names } from '../columns/names';
import { parseDeployId } from '../deployments/deploy-id';
import type { Instant } from '../instant';
import type { Correction } from './correction';

/** A pull request that a correction speaks of, as it was found. */
export interface NamedRow {
  readonly months: Set<string>;
  isMerged: boolean;
  deployment: {
    readonly system: number;
    readonly number: number;
    readonly teamSet: number;
    readonly at: Instant;
  } | null;
}

export type Named = ReadonlyMap<RowId, NamedRow>;

export function findNamed({ months, names }: WorkspaceColumns, acting: readonly Correction[]): Named {
  const ids = acting.flatMap(({ subject, target }) => (target === null ? [subject] : [subject, target]));
  const wanted = new Map<RowId, NamedRow>();
  const systems = new Set<number>();
  for (const id of ids) {
    const rowId = parseRowId(id, names);
    if (rowId === null) continue;
    wanted.set(rowId.id, { months: new Set(), isMerged: false, deployment: null });
    systems.add(rowId.system);
  }
  for (const { month, startAt, merges, deployments } of months) {
    visit(merges, { wanted, systems }, (found) => {
      found.months.add(month);
      found.isMerged = true;
    });
    visit(deployments, { wanted, systems }, (found, row) => {
      found.months.add(month);
      found.deployment = readDeployment(deployments, startAt, row);
    });
  }
  return wanted;
}

function readDeployment({ system, number, teamSet, at }: Rows, startAt: Instant, row: number): NamedRow['deployment'] {
  return {
    ...{ system: system[row] ?? 0, number: number[row] ?? 0, teamSet: teamSet[row] ?? 0 },
    at: startAt + (at[row] ?? 0),
  };
}

function visit(
  { system, number, count }: Rows,
  { wanted, systems }: { readonly wanted: Named; readonly systems: ReadonlySet<number> },
  see: (found: NamedRow, row: number) => void,
): void {
  for (let row = 0; row < count; row += 1) {
    const own = system[row] ?? 0;
    const found = systems.has(own) ? wanted.get(toRowId(own, number[row] ?? 0)) : undefined;
    if (found !== undefined) see(found, row);
  }
}

export function parseRowId(id: string, names: Names): { readonly id: RowId; readonly system: number } | null {
  const parts = parseDeployId(id);
  const system = parts === null ? undefined : names.findSystem(parts.repositoryUuid);
  return parts === null || system === undefined ? null : { id: toRowId(system, parts.number), system };
}
