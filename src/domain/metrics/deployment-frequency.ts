import type { DayNumber } from '../calendar/civil-day';
import type { DateRange } from '../calendar/date-range';
import type { LevelTable } from '../settings/workspace-settings';
import { findReachedLevel, type Limits, type PerformanceLevel } from './levels';
import type { DeliveryMetric, Figures } from './metric';
import type { DeliveryTally } from './tally';

/** `value`: deployments a day, 0 without any: a count of zero is zero; `days`: those of the range or bucket. */
const members = { value: 'per day', deployments: 'count', days: 'count' } as const;

/** Days of a window; reached when more than half of the windows of the range have a deployment. */
const windowDays: Limits = {
  'dora-2021': [
    { level: 'elite', limit: 1 },
    { level: 'high', limit: 30 },
    { level: 'medium', limit: 182 },
  ],
  'dora-2024': [
    { level: 'elite', limit: 1 },
    { level: 'high', limit: 7 },
    { level: 'medium', limit: 30 },
  ],
};

export const deploymentFrequency = {
  members,
  evidence: 'count',
  betterWhen: 'higher',
  counted: 'deployments',
  columnNames: [
    ['deployments', 'deployments'],
    ['days', 'days'],
    ['value', 'deployments_per_day'],
  ],
  compute: computeDeploymentFrequency,
  findLevel: (_figures, { table, range, tally }) => findFrequencyLevel(tally.listDays(), range, table),
} as const satisfies DeliveryMetric<typeof members>;

/**
 * Deployments ÷ days of the range (docs/definitions.md, 5.1; dora.dev "deployment frequency"). Days without a deployment
 * and those to come count.
 */
function computeDeploymentFrequency(
  { deployments }: DeliveryTally,
  { days }: { readonly days: number },
): Figures<typeof members> {
  return { value: deployments / days, deployments, days };
}

/** The days of the windows that a table asks about, the best level first. */
export function listFrequencyWindows(table: LevelTable): number[] {
  return windowDays[table].map(({ limit }) => limit);
}

/**
 * By how many of the range's days, or of its windows counted back from its end, have a deployment, so that the level
 * does not depend on where a month begins; `null` without any deployment.
 *
 * @param days those of the range with a deployment, ascending
 */
export function findFrequencyLevel(
  days: readonly DayNumber[],
  range: Pick<DateRange, 'days' | 'lastDay'>,
  table: LevelTable,
): PerformanceLevel | null {
  if (days.length === 0) return null;
  return findReachedLevel(windowDays[table], (length) => {
    const windows = countWindows(range.days, length);
    return 2 * countUsed(days, { lastDay: range.lastDay, length, windows }) > windows;
  });
}

/** The windows that count and have one of the days. */
function countUsed(
  days: readonly DayNumber[],
  { lastDay, length, windows }: { readonly lastDay: DayNumber; readonly length: number; readonly windows: number },
): number {
  let [count, last] = [0, windows];
  for (const day of days) {
    const window = Math.floor((lastDay - day) / length);
    if (window < last) {
      count += 1;
      last = window;
    }
  }
  return count;
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
