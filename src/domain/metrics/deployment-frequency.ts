import type { Bucket } from '../calendar/bucket';
import { toHalfYearNumber, toMonthNumber, toWeekNumber, type DayNumber } from '../calendar/civil-day';
import type { DateRange } from '../calendar/date-range';
import { findDayStart, findLocalDay } from '../calendar/time-zone';
import type { LevelTable } from '../workspace-settings';
import { toFrequencyLevel, type CalendarUnit, type PerformanceLevel } from './levels';

export interface DeploymentFrequency {
  /** Deployments a day. Without deployments 0: a count of zero is zero. */
  readonly value: number;
  readonly deployments: number;
  /** Days of the range or bucket; those without a deployment and those to come count. */
  readonly days: number;
}

/** Deployments ÷ days of the range (definitions, section 5; dora.dev "deployment frequency"). */
export function toDeploymentFrequency(rows: Uint32Array, { days }: DateRange | Bucket): DeploymentFrequency {
  return { value: rows.length / days, deployments: rows.length, days };
}

const toUnitNumber: Readonly<Record<CalendarUnit, (day: DayNumber) => number>> = {
  day: (day) => day,
  week: toWeekNumber,
  month: toMonthNumber,
  half_year: toHalfYearNumber,
};

/** By how many of the days, weeks, months or half-years that the range touches have a deployment; `null` without any. */
export function findFrequencyLevel(
  deployedAt: Float64Array,
  range: DateRange,
  table: LevelTable,
): PerformanceLevel | null {
  if (deployedAt.length === 0) {
    return null;
  }
  const days = listDays(deployedAt, range.timezone);
  return toFrequencyLevel(table, (unit) => {
    const toNumber = toUnitNumber[unit];
    const touched = toNumber(range.lastDay) - toNumber(range.firstDay) + 1;
    return 2 * new Set(days.map(toNumber)).size > touched;
  });
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
