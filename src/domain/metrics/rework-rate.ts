import type { DeploymentColumns } from './columns/delivery-columns';
import { toShare } from './statistics';

export interface ReworkRate {
  /** From 0 to 1. */
  readonly value: number | null;
  /** Deployments that are the fix of an incident. */
  readonly rework: number;
  /** Deployments. */
  readonly n: number;
}

/** Deployments that fix an incident, linked or not, ÷ deployments (docs/definitions.md, 5.1; dora.dev "rework rate"). */
export function toReworkRate(rows: Uint32Array, { isFix }: DeploymentColumns): ReworkRate {
  const rework = rows.reduce((count, row) => count + (isFix[row] ?? 0), 0);
  return { value: toShare(rework, rows.length), rework, n: rows.length };
}
