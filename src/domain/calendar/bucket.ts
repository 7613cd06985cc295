import type { Instant } from '../instant';
import { toDayNumber, toLocalDate, toNextMonth, toWeekday, type DayNumber, type LocalDate } from './civil-day';
import type { DateRange } from './date-range';
import { findDayStart } from './time-zone';

export const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/** A day, ISO week or month of a range; where the range cuts it, only what lies in the range. */
export interface Bucket {
  readonly start: LocalDate;
  /** Included. */
  readonly end: LocalDate;
  readonly days: number;
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
}

/** Eleven years of days: keeps one answer readable and its cost bounded. */
export const mostBuckets = 4_000;

/** How many buckets a range of so many days can have at most. */
export function countBucketsAtMost(days: number, interval: Interval): number {
  const shortest = { day: 1, week: 7, month: 28 }[interval];
  return interval === 'day' ? days : Math.floor(days / shortest) + 2;
}

/** How many buckets a range has; of no range none. */
export function countBuckets({ from, to }: Pick<DateRange, 'from' | 'to'>, interval: Interval): number {
  const [first, last] = [toDayNumber(from) ?? 0, toDayNumber(to) ?? -1];
  let count = 0;
  for (let day = first; day <= last; day = findNextStart(day, interval)) count += 1;
  return count;
}

/** All buckets of a range in order, without gap or overlap, the empty ones too. */
export function cutIntoBuckets(range: DateRange, interval: Interval): Bucket[] {
  const buckets: Bucket[] = [];
  for (let day = range.firstDay; day <= range.lastDay;) {
    const next = Math.min(findNextStart(day, interval), range.lastDay + 1);
    buckets.push({
      start: toLocalDate(day),
      end: toLocalDate(next - 1),
      days: next - day,
      startAt: findDayStart(day, range.timezone),
      endAt: findDayStart(next, range.timezone),
    });
    day = next;
  }
  return buckets;
}

function findNextStart(day: DayNumber, interval: Interval): DayNumber {
  if (interval === 'day') {
    return day + 1;
  }
  return interval === 'week' ? day + 7 - toWeekday(day) : toNextMonth(day);
}
