import type { DeploymentReferences, WorkspaceColumns } from '../../domain/columns/month-columns';
import { toRowId } from '../../domain/columns/change-month';
import { compareText } from '../../domain/compare-text';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import { passes, toRowFilter, type RowSelection } from '../../domain/metrics/selection/row-filter';

import type { Chosen } from '../pull-requests/read-selected';

/** What an incident names a deployment for: it caused it, or it ended it. */
export type Role = 'blamed' | 'fix';

interface Named extends DeployIdParts {
  readonly at: Instant;
}

/** The deployments that pass and that an incident names, whenever that happened; each once, in the order of time. */
export function selectNamed(columns: WorkspaceColumns, role: Role, selection: RowSelection): Chosen {
  const found = [...findNamed(columns, role, selection).values()].sort(
    (one, other) => one.at - other.at || compareText(formatDeployId(one), formatDeployId(other)),
  );
  return {
    count: found.length,
    at: (index: number): Named => {
      const named = found[index];
      if (named === undefined) throw new RangeError(`There is no deployment ${index}.`);
      return named;
    },
  };
}

function findNamed({ names, incidents }: WorkspaceColumns, role: Role, selection: RowSelection): Map<number, Named> {
  const filter = toRowFilter(names, selection);
  const found = new Map<number, Named>();
  for (const some of incidents.values()) {
    const references = some[role];
    references.at.forEach((at, index) => {
      const { system, teamSet, number } = readReference(references, index);
      if (number === 0 || !(at >= selection.startAt && at < selection.endAt)) return;
      if (!passes(filter, system, teamSet)) return;
      found.set(toRowId(system, number), { repositoryUuid: names.systems[system] ?? '', number, at });
    });
  }
  return found;
}

function readReference({ system, teamSet, number }: DeploymentReferences, index: number) {
  return { system: system[index] ?? 0, teamSet: teamSet[index] ?? 0, number: number[index] ?? 0 };
}
