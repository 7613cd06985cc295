import type { Bucket } from '../calendar/bucket';
import type { DayNumber } from '../calendar/civil-day';
import type { DateRange } from '../calendar/date-range';
import { findDayStart, findLocalDay } from '../calendar/time-zone';
import type { LevelTable } from '../settings/workspace-settings';
import { toFrequencyLevel, type PerformanceLevel } from './levels';

export interface DeploymentFrequency {
  /** Deployments a day. Without deployments 0: a count of zero is zero. */
  readonly value: number;
  readonly deployments: number;
  /** Days of the range or bucket; those without a deployment and those to come count. */
  readonly days: number;
}

/** Deployments ÷ days of the range (docs/definitions.md, 5.1; dora.dev "deployment frequency"). */
export function toDeploymentFrequency(rows: Uint32Array, { days }: DateRange | Bucket): DeploymentFrequency {
  return { value: rows.length / days, deployments: rows.length, days };
}

/**
 * By how many of the range's days, or of its windows counted back from its end, have a deployment, so that the level
 * does not depend on where a month begins; `null` without any deployment.
 */
export function findFrequencyLevel(
  deployedAt: Float64Array,
  range: DateRange,
  table: LevelTable,
): PerformanceLevel | null {
  if (deployedAt.length === 0) {
    return null;
  }
  const days = listDays(deployedAt, range.timezone);
  return toFrequencyLevel(table, (length) => {
    const windows = countWindows(range.days, length);
    const used = new Set(days.map((day) => Math.floor((range.lastDay - day) / length)));
    return 2 * [...used].filter((window) => window < windows).length > windows;
  });
}

/**
 * The windows of so many days that a range has. The earliest, cut short by the range's beginning, counts if at least
 * half of it lies in the range, or if it is the only one.
 */
function countWindows(days: number, length: number): number {
  const whole = Math.floor(days / length);
  const rest = days - whole * length;
  return whole === 0 || 2 * rest >= length ? whole + 1 : whole;
}

/** The local dates of ascending instants, each once. */
function listDays(ascending: Float64Array, timezone: string): DayNumber[] {
  const days: DayNumber[] = [];
  let endAt = Number.NEGATIVE_INFINITY;
  for (const at of ascending) {
    if (at >= endAt) {
      const day = findLocalDay(at, timezone);
      days.push(day);
      endAt = findDayStart(day + 1, timezone);
    }
  }
  return days;
}
