import { secondsBetween } from '../instant';
import type { DeliveryColumns, DeploymentColumns } from './columns/delivery-columns';
import { findDurationLevel, secondsPerDay, secondsPerHour, type Limits } from './levels';
import type { DeliveryMetric, Figures } from './metric';
import { computePercentile } from './statistics';

/** `value`: median; `n`: (deployment, change) pairs; `excluded`: those whose change is dated after its deployment. */
const members = { value: 'seconds', p75: 'seconds', p95: 'seconds', n: 'count', excluded: 'count' } as const;

const limits: Limits = {
  'dora-2021': [
    { level: 'elite', limit: secondsPerHour },
    { level: 'high', limit: 7 * secondsPerDay },
    { level: 'medium', limit: 182 * secondsPerDay },
  ],
  'dora-2024': [
    { level: 'elite', limit: secondsPerDay },
    { level: 'high', limit: 7 * secondsPerDay },
    { level: 'medium', limit: 30 * secondsPerDay },
  ],
};

export const leadTimeForChanges = {
  members,
  rows: 'deployments',
  evidence: 'duration',
  betterWhen: 'lower',
  counted: 'n',
  columnNames: [
    ['value', 'lead_time_seconds'],
    ['p75', 'lead_time_p75_seconds'],
    ['p95', 'lead_time_p95_seconds'],
    ['n', 'changes'],
    ['excluded', 'changes_excluded'],
  ],
  compute: computeLeadTime,
  findLevel: (median, { table }) => findDurationLevel(limits[table], median),
} as const satisfies DeliveryMetric<typeof members>;

/**
 * Median over all (deployment, change) pairs of `deployment.time_created − change.time_created`, in seconds, over the
 * union of the rows (docs/definitions.md, 5.1; dora.dev "lead time for changes"). A change of two deployments is two
 * pairs.
 */
function computeLeadTime(rows: Uint32Array, { deployments }: DeliveryColumns): Figures<typeof members> {
  const seconds = new Float64Array(countChanges(rows, deployments));
  let n = 0;
  for (const row of rows) {
    const deployedAt = deployments.createdAt[row] ?? 0;
    const changes = deployments.changeAt.subarray(deployments.changeStart[row], deployments.changeStart[row + 1]);
    for (const changedAt of changes) {
      if (changedAt <= deployedAt) {
        seconds[n] = secondsBetween(changedAt, deployedAt);
        n += 1;
      }
    }
  }
  const sorted = seconds.subarray(0, n).sort();
  return {
    value: computePercentile(sorted, 0.5),
    p75: computePercentile(sorted, 0.75),
    p95: computePercentile(sorted, 0.95),
    n,
    excluded: seconds.length - n,
  };
}

function countChanges(rows: Uint32Array, { changeStart }: DeploymentColumns): number {
  let count = 0;
  for (const row of rows) {
    count += (changeStart[row + 1] ?? 0) - (changeStart[row] ?? 0);
  }
  return count;
}
