import type { Bucket } from '../calendar/bucket';
import type { DayNumber } from '../calendar/civil-day';
import type { DateRange } from '../calendar/date-range';
import { findDayStart, findLocalDay } from '../calendar/time-zone';
import type { LevelTable } from '../settings/workspace-settings';
import type { DeliveryColumns } from './columns/delivery-columns';
import { findReachedLevel, type Limits, type PerformanceLevel } from './levels';
import type { DeliveryMetric, Figures } from './metric';

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
  rows: 'deployments',
  evidence: 'count',
  betterWhen: 'higher',
  counted: 'deployments',
  columnNames: [
    ['deployments', 'deployments'],
    ['days', 'days'],
    ['value', 'deployments_per_day'],
  ],
  compute: computeDeploymentFrequency,
  findLevel: (_figures, { table, range, rows, columns }) =>
    findFrequencyLevel(
      Float64Array.from(rows, (row) => columns.deployments.createdAt[row] ?? 0),
      range,
      table,
    ),
} as const satisfies DeliveryMetric<typeof members>;

/**
 * Deployments ÷ days of the range (docs/definitions.md, 5.1; dora.dev "deployment frequency"). Days without a deployment
 * and those to come count.
 */
function computeDeploymentFrequency(
  rows: Uint32Array,
  _columns: DeliveryColumns,
  { days }: DateRange | Bucket,
): Figures<typeof members> {
  return { value: rows.length / days, deployments: rows.length, days };
}

/** The days of the windows that a table asks about, the best level first. */
export function listFrequencyWindows(table: LevelTable): number[] {
  return windowDays[table].map(({ limit }) => limit);
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
  return findReachedLevel(windowDays[table], (length) => {
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
