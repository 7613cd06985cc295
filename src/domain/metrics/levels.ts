import type { LevelTable } from '../workspace-settings';

/** Best first. */
export const performanceLevels = ['elite', 'high', 'medium', 'low'] as const;
export type PerformanceLevel = (typeof performanceLevels)[number];

/** A part of the calendar that has, or has not, a deployment. */
export type CalendarUnit = 'day' | 'week' | 'month' | 'half_year';

interface Limit<T> {
  readonly level: PerformanceLevel;
  readonly limit: T;
}

interface Levels {
  /** Reached when more than half of these units of the range have a deployment. */
  readonly deploymentFrequency: readonly Limit<CalendarUnit>[];
  /** Seconds; reached below the limit. */
  readonly leadTimeForChanges: readonly Limit<number>[];
  /** Percent; reached at the limit, too. */
  readonly changeFailureRate: readonly Limit<number>[];
  /** Seconds; reached below the limit. */
  readonly timeToRecover: readonly Limit<number>[];
}

const hour = 3_600;
const day = 24 * hour;

const timeToRecover: Levels['timeToRecover'] = [
  { level: 'elite', limit: hour },
  { level: 'high', limit: day },
  { level: 'medium', limit: 7 * day },
];

/** Definitions, section 5; where no limit is reached the level is low. The failure rate of 2021 has no medium. */
const tables: Readonly<Record<LevelTable, Levels>> = {
  'dora-2021': {
    deploymentFrequency: [
      { level: 'elite', limit: 'day' },
      { level: 'high', limit: 'month' },
      { level: 'medium', limit: 'half_year' },
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
      { level: 'elite', limit: 'day' },
      { level: 'high', limit: 'week' },
      { level: 'medium', limit: 'month' },
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

/** `isMostly` tells whether more than half of the units of the range have a deployment. */
export function toFrequencyLevel(table: LevelTable, isMostly: (unit: CalendarUnit) => boolean): PerformanceLevel {
  return tables[table].deploymentFrequency.find(({ limit }) => isMostly(limit))?.level ?? 'low';
}

/** The level of a median lead time in seconds. */
export function toLeadTimeLevel(table: LevelTable, seconds: number | null): PerformanceLevel | null {
  return toDurationLevel(tables[table].leadTimeForChanges, seconds);
}

/** The level of a median time to recover in seconds. */
export function toRecoveryLevel(table: LevelTable, seconds: number | null): PerformanceLevel | null {
  return toDurationLevel(tables[table].timeToRecover, seconds);
}

function toDurationLevel(limits: readonly Limit<number>[], seconds: number | null): PerformanceLevel | null {
  return seconds === null ? null : (limits.find(({ limit }) => seconds < limit)?.level ?? 'low');
}

/** Compares whole numbers, so that 15 % is 15 %. */
export function toFailureLevel(
  table: LevelTable,
  { failed, n }: { readonly failed: number; readonly n: number },
): PerformanceLevel | null {
  return n === 0
    ? null
    : (tables[table].changeFailureRate.find(({ limit }) => failed * 100 <= limit * n)?.level ?? 'low');
}

/** The lowest of the levels present; `null` when there is none. */
export function toOverallLevel(levels: readonly (PerformanceLevel | null)[]): PerformanceLevel | null {
  return performanceLevels.findLast((level) => levels.includes(level)) ?? null;
}
