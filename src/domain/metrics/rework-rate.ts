import type { DeliveryColumns } from './columns/delivery-columns';
import type { DeliveryMetric, Figures } from './metric';
import { computeShare } from './statistics';

/** `rework`: deployments that are the fix of an incident; `n`: deployments. */
const members = { value: 'share', rework: 'count', n: 'count' } as const;

/** There are no published levels for it. */
export const reworkRate = {
  members,
  rows: 'deployments',
  evidence: 'share',
  betterWhen: 'lower',
  counted: 'rework',
  columnNames: [
    ['value', 'rework_rate'],
    ['rework', 'rework_deployments'],
  ],
  compute: computeReworkRate,
} as const satisfies DeliveryMetric<typeof members>;

/**
 * Deployments that are the fix of an incident, linked or not, ÷ deployments (docs/definitions.md, 5.1; dora.dev "rework
 * rate").
 */
function computeReworkRate(rows: Uint32Array, { deployments }: DeliveryColumns): Figures<typeof members> {
  const rework = rows.reduce((count, row) => count + (deployments.isFix[row] ?? 0), 0);
  return { value: computeShare(rework, rows.length), rework, n: rows.length };
}
