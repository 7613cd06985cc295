import type { DeploymentReferences, SystemIncidents, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import { toDurations } from '../durations';
import { addTo, follow, sumOf, type Counting } from '../selection/cells';
import { passes } from '../selection/row-filter';
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
  const { bucketStarts, cells } = counting;
  const counts = new Uint32Array(cells);
  const marks = new DeploymentMarks();
  let cell = 0;
  for (const { [of]: references } of all) {
    const { at, number, system } = references;
    for (const index of select(references, at, counting)) {
      const own = system[index] ?? 0;
      cell = bucketStarts === null ? own : follow(bucketStarts, cell, at[index] ?? 0);
      if (marks.add(own, number[index] ?? 0)) addTo(counts, cell, 1);
    }
  }
  return toStarts(counts);
}

/** Those that speak of a deployment which passes the filters, at a time of the range. */
function select(references: DeploymentReferences, at: Float64Array, { startAt, endAt, filter }: Counting): Uint32Array {
  const { number, system, teamSet } = references;
  const isMeant = (index: number) => number[index] !== 0 && passes(filter, system[index] ?? 0, teamSet[index] ?? 0);
  const selected = new Uint32Array(at.length);
  let count = 0;
  for (let index = 0; index < at.length; index += 1) {
    const moment = at[index] ?? Number.NaN;
    if (moment >= startAt && moment < endAt && isMeant(index)) {
      selected[count] = index;
      count += 1;
    }
  }
  return selected.subarray(0, count);
}

/** How long the incidents lasted that began in the range and are linked, and the cell of each; NaN: they go on. */
function listRecoveries(all: readonly SystemIncidents[], counting: Counting) {
  const [lengths, cellOf]: [number[], number[]] = [[], []];
  const { bucketStarts } = counting;
  let cell = 0;
  for (const { createdAt, resolvedAt, blamed } of all) {
    for (const index of select(blamed, createdAt, counting)) {
      const beganAt = createdAt[index] ?? 0;
      cell = bucketStarts === null ? (blamed.system[index] ?? 0) : follow(bucketStarts, cell, beganAt);
      lengths.push((resolvedAt[index] ?? Number.NaN) - beganAt);
      cellOf.push(cell);
    }
  }
  return { lengths, cellOf };
}

/** Counts are summed up over the cells; recoveries lie cell by cell, from `starts[cell]` on. */
function countRecoveries(all: readonly SystemIncidents[], counting: Counting) {
  const { cells } = counting;
  const [unresolved, excluded, resolved] = [new Uint32Array(cells), new Uint32Array(cells), new Uint32Array(cells)];
  const { lengths, cellOf } = listRecoveries(all, counting);
  lengths.forEach((length, index) => {
    const counts = length < 0 ? excluded : resolved;
    addTo(Number.isNaN(length) ? unresolved : counts, cellOf[index] ?? 0, 1);
  });
  const starts = toStarts(resolved);
  const next = starts.slice();
  const recoveries = new Float64Array(starts.at(-1) ?? 0);
  lengths.forEach((length, index) => {
    if (!(length >= 0)) return;
    const cell = cellOf[index] ?? 0;
    recoveries[next[cell] ?? 0] = length;
    addTo(next, cell, 1);
  });
  return { unresolved: toStarts(unresolved), excluded: toStarts(excluded), starts, recoveries };
}
