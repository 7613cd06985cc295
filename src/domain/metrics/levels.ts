import type { LevelTable } from '../settings/workspace-settings';
import { isEnoughToTell } from './enough-to-tell';

/** Best first. */
export const performanceLevels = ['elite', 'high', 'medium', 'low'] as const;
export type PerformanceLevel = (typeof performanceLevels)[number];

/** The limits of a metric in each table, best first; where none is reached the level is low (docs/definitions.md, 5). */
export type Limits = Readonly<
  Record<LevelTable, readonly { readonly level: PerformanceLevel; readonly limit: number }[]>
>;

export const secondsPerHour = 3_600;
export const secondsPerDay = 24 * secondsPerHour;

/** The best level whose limit is reached. */
export function findReachedLevel(limits: Limits[LevelTable], isReached: (limit: number) => boolean): PerformanceLevel {
  return limits.find(({ limit }) => isReached(limit))?.level ?? 'low';
}

/** Of a median in seconds, reached below the limit; `null` of too few durations to tell. */
export function findDurationLevel(
  limits: Limits[LevelTable],
  { value, n }: { readonly value: number | null; readonly n: number },
): PerformanceLevel | null {
  return value === null || !isEnoughToTell('duration', n) ? null : findReachedLevel(limits, (limit) => value < limit);
}

/** The lowest of the levels present; `null` when there is none. */
export function findOverallLevel(levels: readonly (PerformanceLevel | null)[]): PerformanceLevel | null {
  return performanceLevels.findLast((level) => levels.includes(level)) ?? null;
}
