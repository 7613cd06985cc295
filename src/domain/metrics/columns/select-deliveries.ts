import { unlinked, type DeliveryColumns } from './delivery-columns';
import { selectRows, toMarks, toRowTest, type RowSelection } from './select-rows';

/** Rows of the deployments in the range that pass the filters, ascending by time. */
export function selectDeployments(columns: DeliveryColumns, selection: RowSelection): Uint32Array {
  return selectRows(columns.deployments.createdAt, selection, toRowTest(columns.deployments, columns, selection));
}

/**
 * Rows of the incidents created in the range that pass the filters, ascending by time. An incident passes with the
 * deployment it is blamed on, whenever that was; an unlinked one by its system alone, and not when teams are chosen.
 */
export function selectIncidents(columns: DeliveryColumns, selection: RowSelection): Uint32Array {
  const { incidents } = columns;
  const passesDeployment = toRowTest(columns.deployments, columns, selection);
  const systems = toMarks(columns.systems, selection.systems);
  return selectRows(incidents.createdAt, selection, (row) => {
    const deployment = incidents.deployment[row] ?? unlinked;
    if (deployment !== unlinked) {
      return passesDeployment(deployment);
    }
    return selection.teams.length === 0 && systems[incidents.system[row] ?? 0] === 1;
  });
}
