import type { DeliveryMetric, Figures } from './metric';
import { computeShare } from './statistics';
import type { DeliveryTally } from './tally';

/** `rework`: deployments that are the fix of an incident; `n`: deployments. */
const members = { value: 'share', rework: 'count', n: 'count' } as const;

/** There are no published levels for it. */
export const reworkRate = {
  members,
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
function computeReworkRate({ rework, deployments }: DeliveryTally): Figures<typeof members> {
  return { value: computeShare(rework, deployments), rework, n: deployments };
}
