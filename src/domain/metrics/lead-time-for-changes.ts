import { findDurationLevel, secondsPerDay, secondsPerHour, type Limits } from './levels';
import type { DeliveryMetric, Figures } from './metric';
import type { DeliveryTally } from './tally';

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
function computeLeadTime({ leadTimes, excludedChanges }: DeliveryTally): Figures<typeof members> {
  return {
    value: leadTimes.median,
    p75: leadTimes.p75,
    p95: leadTimes.p95,
    n: leadTimes.n,
    excluded: excludedChanges,
  };
}
