import type { Bucket } from '../calendar/bucket';
import type { Instant } from '../instant';
import { unlinked, type DeliveryColumns } from './delivery-columns';

/** Which deployments and incidents are meant; an empty list filters nothing. */
export interface DeliverySelection {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  /** Repository uuids with braces; one without any deployment selects nothing. */
  readonly systems: readonly string[];
  /** Slugs; a deployment passes if any of its teams is chosen. */
  readonly teams: readonly string[];
}

/** Whether a row passes the filters, whatever its time. */
type RowTest = (row: number) => boolean;

/** Rows of the deployments in the range that pass the filters, ascending by time. */
export function selectDeployments(columns: DeliveryColumns, selection: DeliverySelection): Uint32Array {
  return selectRows(columns.deployments.createdAt, selection, toDeploymentTest(columns, selection));
}

/**
 * Rows of the incidents created in the range that pass the filters, ascending by time. An incident passes with the
 * deployment it is blamed on, whenever that was; an unlinked one by its system alone, and not when teams are chosen.
 */
export function selectIncidents(columns: DeliveryColumns, selection: DeliverySelection): Uint32Array {
  const { incidents } = columns;
  const passesDeployment = toDeploymentTest(columns, selection);
  const systems = toMarks(columns.systems, selection.systems);
  return selectRows(incidents.createdAt, selection, (row) => {
    const deployment = incidents.deployment[row] ?? unlinked;
    if (deployment !== unlinked) {
      return passesDeployment(deployment);
    }
    return selection.teams.length === 0 && systems[incidents.system[row] ?? 0] === 1;
  });
}

/** The part of a selection that falls in each bucket, without copying. */
export function sliceByBucket(rows: Uint32Array, createdAt: Float64Array, buckets: readonly Bucket[]): Uint32Array[] {
  let begin = 0;
  return buckets.map(({ endAt }) => {
    let end = begin;
    while (end < rows.length && (createdAt[rows[end] ?? 0] ?? 0) < endAt) {
      end += 1;
    }
    const slice = rows.subarray(begin, end);
    begin = end;
    return slice;
  });
}

/** The row at which times of at least `at` begin. */
export function findFirstRow(createdAt: Float64Array, at: Instant): number {
  let [low, high] = [0, createdAt.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((createdAt[middle] ?? 0) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function selectRows(createdAt: Float64Array, { startAt, endAt }: DeliverySelection, passes: RowTest): Uint32Array {
  const [begin, end] = [findFirstRow(createdAt, startAt), findFirstRow(createdAt, endAt)];
  const rows = new Uint32Array(Math.max(0, end - begin));
  let count = 0;
  for (let row = begin; row < end; row += 1) {
    if (passes(row)) {
      rows[count] = row;
      count += 1;
    }
  }
  return rows.subarray(0, count);
}

function toDeploymentTest({ deployments, ...columns }: DeliveryColumns, selection: DeliverySelection): RowTest {
  const systems = toMarks(columns.systems, selection.systems);
  const teams = toMarks(columns.teams, selection.teams);
  const isOfTeam: RowTest = (row) => {
    const end = deployments.teamStart[row + 1] ?? 0;
    for (let index = deployments.teamStart[row] ?? 0; index < end; index += 1) {
      if (teams[deployments.team[index] ?? 0] === 1) {
        return true;
      }
    }
    return false;
  };
  const isAnyTeam = selection.teams.length === 0;
  return (row) => systems[deployments.system[row] ?? 0] === 1 && (isAnyTeam || isOfTeam(row));
}

/** 1 for every name that is chosen; without a choice for all. */
function toMarks(names: readonly string[], chosen: readonly string[]): Uint8Array {
  const wanted = new Set(chosen);
  return Uint8Array.from(names, (name) => (chosen.length === 0 || wanted.has(name) ? 1 : 0));
}
