import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import { toDurations } from '../durations';
import { addTo, follow, sumOf, type Counting } from '../selection/cells';
import { passes } from '../selection/row-filter';
import { findFirst } from '../selection/select-rows';
import type { DeliveryTally } from '../tally';
import { DeploymentMarks } from './deployment-marks';

type IncidentTally = Pick<DeliveryTally, 'failed' | 'rework' | 'recoveries' | 'unresolved' | 'excludedIncidents'>;

/** Deployments and incidents of the range count in their cells; an incident in the one of the deployment it blames. */
export function tallyIncidents({ incidents }: WorkspaceColumns, counting: Counting): IncidentTally[] {
  const all = [...incidents.values()];
  const failed = countDeployments(all, 'blamed', counting);
  const rework = countDeployments(all, 'fix', counting);
  const { unresolved, excluded, starts, recoveries } = countRecoveries(all, counting);
  return counting.spans.map((span) => ({
    failed: sumOf(failed, span),
    rework: sumOf(rework, span),
    unresolved: sumOf(unresolved, span),
    excludedIncidents: sumOf(excluded, span),
    recoveries: toDurations(recoveries.subarray(starts[span.begin], starts[span.end])),
  }));
}

/** The deployments of the range that an incident blames, or that are a fix, each once: summed up over the cells. */
function countDeployments(all: readonly SystemIncidents[], of: 'blamed' | 'fix', counting: Counting): Uint32Array {
  const { startAt, endAt, bucketStarts } = counting;
  const counts = new Uint32Array(counting.cells);
  const marks = new DeploymentMarks();
  let bucket = 0;
  for (const { [of]: references } of all) {
    const { at, number, system } = references;
    for (let index = 0; index < at.length; index += 1) {
      const moment = at[index] ?? Number.NaN;
      if (!(moment >= startAt && moment < endAt) || !isMeant(references, index, counting)) continue;
      const own = system[index] ?? 0;
      if (!marks.add(own, number[index] ?? 0)) continue;
      if (bucketStarts !== null) bucket = follow(bucketStarts, bucket, moment);
      addTo(counts, bucketStarts === null ? own : bucket, 1);
    }
  }
  return toStarts(counts);
}

/** Whether it speaks of a deployment, and of one that passes the filters. */
function isMeant({ number, system, teamSet }: DeploymentReferences, index: number, { filter }: Counting): boolean {
  return number[index] !== 0 && passes(filter, system[index] ?? 0, teamSet[index] ?? 0);
}

/** Linked incidents that began in the range; an unlinked one is none of any deployment. Summed up over the cells. */
function countRecoveries(all: readonly SystemIncidents[], counting: Counting) {
  const [unresolved, excluded] = [new Uint32Array(counting.cells), new Uint32Array(counting.cells)];
  const [found, cellOf]: [number[], number[]] = [[], []];
  const { startAt, endAt, bucketStarts } = counting;
  let bucket = 0;
  for (const { createdAt, resolvedAt, blamed } of all) {
    const end = findFirst(createdAt, endAt);
    for (let index = findFirst(createdAt, startAt); index < end; index += 1) {
      if (!isMeant(blamed, index, counting)) continue;
      const beganAt = createdAt[index] ?? 0;
      if (bucketStarts !== null) bucket = follow(bucketStarts, bucket, beganAt);
      const cell = bucketStarts === null ? (blamed.system[index] ?? 0) : bucket;
      const recovery = (resolvedAt[index] ?? Number.NaN) - beganAt;
      if (recovery >= 0) {
        found.push(recovery);
        cellOf.push(cell);
      } else {
        addTo(Number.isNaN(recovery) ? unresolved : excluded, cell, 1);
      }
    }
  }
  return { unresolved: toStarts(unresolved), excluded: toStarts(excluded), ...deal(found, cellOf, counting.cells) };
}

/** Recoveries by cell, each cell's behind those of the cell before: from `starts[cell]` on. */
function deal(found: readonly number[], cellOf: readonly number[], cells: number) {
  const counts = new Uint32Array(cells);
  for (const cell of cellOf) addTo(counts, cell, 1);
  const starts = toStarts(counts);
  const next = starts.slice();
  const recoveries = new Float64Array(found.length);
  found.forEach((recovery, index) => {
    const cell = cellOf[index] ?? 0;
    recoveries[next[cell] ?? 0] = recovery;
    addTo(next, cell, 1);
  });
  return { starts, recoveries };
}
