import type { LevelTable } from '../settings/workspace-settings';
import { isEnoughToTell } from './enough-to-tell';

/** Best first. */
export const performanceLevels = ['elite', 'high', 'medium', 'low'] as const;
export type PerformanceLevel = (typeof performanceLevels)[number];

interface Limit<T> {
  readonly level: PerformanceLevel;
  readonly limit: T;
}

interface Levels {
  /** Days of a window; reached when more than half of the windows of the range have a deployment. */
  readonly deploymentFrequency: readonly Limit<number>[];
  /** Seconds; reached below the limit. */
  readonly leadTimeForChanges: readonly Limit<number>[];
  /** Percent; reached at the limit, too. */
  readonly changeFailureRate: readonly Limit<number>[];
  /** Seconds; reached below the limit. */
  readonly timeToRecover: readonly Limit<number>[];
}

const hour = 3_600;
const day = 24 * hour;
/** Days. */
const week = 7;
const month = 30;
const halfYear = 182;

const timeToRecover: Levels['timeToRecover'] = [
  { level: 'elite', limit: hour },
  { level: 'high', limit: day },
  { level: 'medium', limit: 7 * day },
];

/** docs/definitions.md, 5.2. Where no limit is reached the level is low; the failure rate of 2021 has no medium. */
const tables: Readonly<Record<LevelTable, Levels>> = {
  'dora-2021': {
    deploymentFrequency: [
      { level: 'elite', limit: 1 },
      { level: 'high', limit: month },
      { level: 'medium', limit: halfYear },
    ],
    leadTimeForChanges: [
      { level: 'elite', limit: hour },
      { level: 'high', limit: 7 * day },
      { level: 'medium', limit: 182 * day },
    ],
    changeFailureRate: [
      { level: 'elite', limit: 15 },
      { level: 'high', limit: 30 },
    ],
    timeToRecover,
  },
  'dora-2024': {
    deploymentFrequency: [
      { level: 'elite', limit: 1 },
      { level: 'high', limit: week },
      { level: 'medium', limit: month },
    ],
    leadTimeForChanges: [
      { level: 'elite', limit: day },
      { level: 'high', limit: 7 * day },
      { level: 'medium', limit: 30 * day },
    ],
    changeFailureRate: [
      { level: 'elite', limit: 5 },
      { level: 'high', limit: 10 },
      { level: 'medium', limit: 20 },
    ],
    timeToRecover,
  },
};

/** The days of the windows that a table asks about, the best level first. */
export function listFrequencyWindows(table: LevelTable): number[] {
  return tables[table].deploymentFrequency.map(({ limit }) => limit);
}

/** `isMostly` tells whether more than half of the range's windows of so many days have a deployment. */
export function toFrequencyLevel(table: LevelTable, isMostly: (days: number) => boolean): PerformanceLevel {
  return tables[table].deploymentFrequency.find(({ limit }) => isMostly(limit))?.level ?? 'low';
}

/** A median in seconds, and of how many durations. */
interface MedianDuration {
  readonly value: number | null;
  readonly n: number;
}

/** The level of a lead time; `null` of too few changes to tell. */
export function toLeadTimeLevel(table: LevelTable, median: MedianDuration): PerformanceLevel | null {
  return toDurationLevel(tables[table].leadTimeForChanges, median);
}

/** The level of a time to recover; `null` of too few recovered incidents to tell. */
export function toRecoveryLevel(table: LevelTable, median: MedianDuration): PerformanceLevel | null {
  return toDurationLevel(tables[table].timeToRecover, median);
}

function toDurationLevel(limits: readonly Limit<number>[], { value, n }: MedianDuration): PerformanceLevel | null {
  return value === null || !isEnoughToTell('duration', n)
    ? null
    : (limits.find(({ limit }) => value < limit)?.level ?? 'low');
}

/** Compares whole numbers, so that 15 % is 15 %; `null` of too few deployments to tell. */
export function toFailureLevel(
  table: LevelTable,
  { failed, n }: { readonly failed: number; readonly n: number },
): PerformanceLevel | null {
  return isEnoughToTell('share', n)
    ? (tables[table].changeFailureRate.find(({ limit }) => failed * 100 <= limit * n)?.level ?? 'low')
    : null;
}

/** The lowest of the levels present; `null` when there is none. */
export function toOverallLevel(levels: readonly (PerformanceLevel | null)[]): PerformanceLevel | null {
  return performanceLevels.findLast((level) => levels.includes(level)) ?? null;
}
