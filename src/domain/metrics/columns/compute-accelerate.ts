import { cutIntoBuckets } from '../../calendar/bucket';
import { findDayStart, findLocalDay } from '../../calendar/time-zone';
import { secondsBetween } from '../../instant';
import { measureDelivery, type Accelerate, type AccelerateQuestion } from '../accelerate';
import { computeMean, computePercentile } from '../statistics';
import type { DeliveryTally, Durations } from '../tally';
import { unlinked, type DeliveryColumns } from './delivery-columns';
import { selectDeployments, selectIncidents } from './select-deliveries';
import { sliceByBucket } from './select-rows';

/** The Accelerate metrics over plain rows: each number anew from the rows it is made of. */
export function computeAccelerate(columns: DeliveryColumns, question: AccelerateQuestion): Accelerate {
  const { range, interval } = question;
  const selection = { ...question, startAt: range.startAt, endAt: range.endAt };
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const deployments = selectDeployments(columns, selection);
  const incidents = selectIncidents(columns, selection);
  const slices = {
    deployments: sliceByBucket(deployments, columns.deployments.createdAt, buckets),
    incidents: sliceByBucket(incidents, columns.incidents.createdAt, buckets),
  };
  const toTally = (rows: Uint32Array | undefined, ofIncidents: Uint32Array | undefined): DeliveryTally => ({
    ...tallyDeployments(rows ?? new Uint32Array(), columns),
    ...tallyIncidents(ofIncidents ?? new Uint32Array(), columns),
    listDays: () => listDays(rows ?? new Uint32Array(), columns, range.timezone),
  });
  const series = buckets.map((over, index) => ({
    over,
    tally: toTally(slices.deployments[index], slices.incidents[index]),
  }));
  return measureDelivery({ whole: { over: range, tally: toTally(deployments, incidents) }, series }, question);
}

function tallyDeployments(rows: Uint32Array, { deployments }: DeliveryColumns) {
  const leadTimes: number[] = [];
  for (const row of rows) {
    const deployedAt = deployments.createdAt[row] ?? 0;
    for (const changedAt of deployments.changeAt.subarray(
      deployments.changeStart[row],
      deployments.changeStart[row + 1],
    )) {
      leadTimes.push(secondsBetween(changedAt, deployedAt));
    }
  }
  const good = leadTimes.filter((seconds) => seconds >= 0);
  return {
    deployments: rows.length,
    incomplete: rows.filter((row) => deployments.isComplete[row] === 0).length,
    failed: rows.filter((row) => deployments.isBlamed[row] === 1).length,
    rework: rows.filter((row) => deployments.isFix[row] === 1).length,
    leadTimes: toDurations(good),
    excludedChanges: leadTimes.length - good.length,
  };
}

function tallyIncidents(rows: Uint32Array, { incidents }: DeliveryColumns) {
  const durations = [...rows]
    .filter((row) => incidents.deployment[row] !== unlinked)
    .map((row) => secondsBetween(incidents.createdAt[row] ?? 0, incidents.resolvedAt[row] ?? Number.NaN));
  const good = durations.filter((seconds) => seconds >= 0);
  const unresolved = durations.filter((seconds) => Number.isNaN(seconds)).length;
  return { recoveries: toDurations(good), unresolved, excludedIncidents: durations.length - unresolved - good.length };
}

function toDurations(seconds: readonly number[]): Durations {
  const sorted = Float64Array.from(seconds).sort();
  return { n: sorted.length, percentile: (p) => computePercentile(sorted, p), mean: () => computeMean(sorted) };
}

/** The local dates of ascending rows, each once. */
function listDays(rows: Uint32Array, { deployments }: DeliveryColumns, timezone: string): number[] {
  const days: number[] = [];
  let endAt = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const at = deployments.createdAt[row] ?? 0;
    if (at < endAt) continue;
    const day = findLocalDay(at, timezone);
    days.push(day);
    endAt = findDayStart(day + 1, timezone);
  }
  return days;
}
