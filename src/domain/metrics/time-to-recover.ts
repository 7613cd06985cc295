import { findDurationLevel, secondsPerDay, secondsPerHour, type Limits } from './levels';
import type { DeliveryMetric, Figures } from './metric';
import type { DeliveryTally } from './tally';

/**
 * `value`: median; `n`: linked, resolved incidents; `unresolved`: linked ones that go on; `excluded`: linked ones that
 * are dated after their resolution.
 */
const members = { value: 'seconds', mean: 'seconds', n: 'count', unresolved: 'count', excluded: 'count' } as const;

const sameInBoth: Limits['dora-2021'] = [
  { level: 'elite', limit: secondsPerHour },
  { level: 'high', limit: secondsPerDay },
  { level: 'medium', limit: 7 * secondsPerDay },
];
const limits: Limits = { 'dora-2021': sameInBoth, 'dora-2024': sameInBoth };

export const timeToRecover = {
  members,
  evidence: 'duration',
  betterWhen: 'lower',
  counted: 'n',
  columnNames: [
    ['value', 'time_to_recover_seconds'],
    ['mean', 'time_to_recover_mean_seconds'],
    ['n', 'incidents'],
    ['unresolved', 'incidents_unresolved'],
    ['excluded', 'incidents_excluded'],
  ],
  compute: computeTimeToRecover,
  findLevel: (median, { table }) => findDurationLevel(limits[table], median),
} as const satisfies DeliveryMetric<typeof members>;

/**
 * Median over linked, resolved incidents created in the range of `time_resolved − time_created`, in seconds
 * (docs/definitions.md, 5.1; dora.dev "failed deployment recovery time"). Unlinked incidents count nowhere here.
 */
function computeTimeToRecover({ recoveries, unresolved, excludedIncidents }: DeliveryTally): Figures<typeof members> {
  return {
    value: recoveries.median,
    mean: recoveries.mean,
    n: recoveries.n,
    unresolved,
    excluded: excludedIncidents,
  };
}
