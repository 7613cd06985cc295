import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../../columns/month-columns';
import type { Instant } from '../../instant';
import { addTo, deal, type Cells, type Dealt } from '../selection/cells';
import { passes, type RowFilter } from '../selection/row-filter';
import { DeploymentMarks } from './deployment-marks';

/** What is counted, and how it is counted apart. */
export interface Counting {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  readonly filter: RowFilter;
  readonly cells: Cells;
}

/** By cell. */
export interface IncidentCounts {
  /** Deployments that an incident blames, and those that are a fix, each once. */
  readonly failed: Uint32Array;
  readonly rework: Uint32Array;
  /** Of linked incidents that began in the range. */
  readonly unresolved: Uint32Array;
  readonly excluded: Uint32Array;
  /** Milliseconds. */
  readonly recoveries: Dealt;
}

/** Deployments and incidents of the range count in their cells; an incident in the one of the deployment it blames. */
export function countIncidents({ incidents }: WorkspaceColumns, counting: Counting): IncidentCounts {
  const all = [...incidents.values()];
  return {
    failed: countDeployments(
      all.map(({ blamed }) => blamed),
      counting,
    ),
    rework: countDeployments(
      all.map(({ fix }) => fix),
      counting,
    ),
    ...countRecoveries(all, counting),
  };
}

function countDeployments(all: readonly DeploymentReferences[], counting: Counting): Uint32Array {
  const counts = new Uint32Array(counting.cells.count);
  const marks = new DeploymentMarks();
  for (const references of all) {
    for (const index of select(references, counting)) {
      const system = references.system[index] ?? 0;
      if (marks.add(system, references.number[index] ?? 0)) {
        addTo(counts, counting.cells.toCell(references.at[index] ?? 0, system), 1);
      }
    }
  }
  return counts;
}

/** Linked incidents that began in the range; an unlinked one is none of any deployment. */
function countRecoveries(all: readonly SystemIncidents[], counting: Counting) {
  const { cells } = counting;
  const [unresolved, excluded] = [new Uint32Array(cells.count), new Uint32Array(cells.count)];
  const [recoveries, cellOf]: [number[], number[]] = [[], []];
  for (const { createdAt, resolvedAt, blamed } of all) {
    for (const index of select({ ...blamed, at: createdAt }, counting)) {
      const beganAt = createdAt[index] ?? 0;
      const cell = cells.toCell(beganAt, blamed.system[index] ?? 0);
      const recovery = (resolvedAt[index] ?? Number.NaN) - beganAt;
      if (recovery >= 0) {
        recoveries.push(recovery);
        cellOf.push(cell);
      } else {
        addTo(Number.isNaN(recovery) ? unresolved : excluded, cell, 1);
      }
    }
  }
  return {
    unresolved,
    excluded,
    recoveries: deal(Float64Array.from(recoveries), Uint32Array.from(cellOf), cells.count),
  };
}

/** Those that speak of a deployment which passes the filters, at a time of the range. */
function select({ number, system, teamSet, at }: DeploymentReferences, counting: Counting): number[] {
  const { startAt, endAt, filter } = counting;
  const selected: number[] = [];
  number.forEach((numbered, index) => {
    const moment = at[index] ?? Number.NaN;
    const isMeant = moment >= startAt && moment < endAt && numbered !== 0;
    if (isMeant && passes(filter, system[index] ?? 0, teamSet[index] ?? 0)) selected.push(index);
  });
  return selected;
}
