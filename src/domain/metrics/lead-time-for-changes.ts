import { secondsBetween } from '../instant';
import type { DeploymentColumns } from './columns/delivery-columns';
import { toPercentile } from './statistics';

export interface LeadTimeForChanges {
  /** Median in seconds. */
  readonly value: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  /** (Deployment, change) pairs. */
  readonly n: number;
  /** Pairs left out because the change is dated after its deployment. */
  readonly excluded: number;
}

/**
 * Median over all (deployment, change) pairs of `deployment.time_created − change.time_created`, in seconds, over the
 * union of the rows (docs/definitions.md, 5.1; dora.dev "lead time for changes"). A change of two deployments is two pairs.
 */
export function toLeadTimeForChanges(rows: Uint32Array, deployments: DeploymentColumns): LeadTimeForChanges {
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
    value: toPercentile(sorted, 0.5),
    p75: toPercentile(sorted, 0.75),
    p95: toPercentile(sorted, 0.95),
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
