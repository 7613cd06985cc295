import { isEnoughToTell } from './enough-to-tell';
import { findReachedLevel, type Limits } from './levels';
import type { DeliveryMetric, Figures } from './metric';
import { computeShare } from './statistics';
import type { DeliveryTally } from './tally';

/** `failed`: deployments that at least one incident blames; `n`: deployments. */
const members = { value: 'share', failed: 'count', n: 'count' } as const;

/** Percent; reached at the limit, too. The table of 2021 has no medium. */
const limits: Limits = {
  'dora-2021': [
    { level: 'elite', limit: 15 },
    { level: 'high', limit: 30 },
  ],
  'dora-2024': [
    { level: 'elite', limit: 5 },
    { level: 'high', limit: 10 },
    { level: 'medium', limit: 20 },
  ],
};

export const changeFailureRate = {
  members,
  evidence: 'share',
  betterWhen: 'lower',
  counted: 'failed',
  columnNames: [
    ['value', 'change_failure_rate'],
    ['failed', 'failed_deployments'],
  ],
  compute: computeChangeFailureRate,
  // Whole numbers are compared, so that 15 % is 15 %.
  findLevel: ({ failed, n }, { table }) =>
    isEnoughToTell('share', n) ? findReachedLevel(limits[table], (limit) => failed * 100 <= limit * n) : null,
} as const satisfies DeliveryMetric<typeof members>;

/**
 * Deployments of the range blamed by at least one incident, whenever that happened, ÷ deployments of the range
 * (docs/definitions.md, 5.1; dora.dev "change fail rate").
 */
function computeChangeFailureRate({ failed, deployments }: DeliveryTally): Figures<typeof members> {
  return { value: computeShare(failed, deployments), failed, n: deployments };
}
