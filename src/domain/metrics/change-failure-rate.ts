import type { DeploymentColumns } from './columns/delivery-columns';
import { toShare } from './statistics';

export interface ChangeFailureRate {
  /** From 0 to 1. */
  readonly value: number | null;
  /** Deployments that at least one incident blames. */
  readonly failed: number;
  /** Deployments. */
  readonly n: number;
}

/**
 * Deployments of the range blamed by at least one incident, whenever that happened, ÷ deployments of the range
 * (docs/definitions.md, 5.1; dora.dev "change fail rate").
 */
export function toChangeFailureRate(rows: Uint32Array, { isBlamed }: DeploymentColumns): ChangeFailureRate {
  const failed = rows.reduce((count, row) => count + (isBlamed[row] ?? 0), 0);
  return { value: toShare(failed, rows.length), failed, n: rows.length };
}
