import type { Instant } from '../instant';
import { toDayNumber, type DayNumber, type LocalDate } from './civil-day';
import { findDayStart, type TimeZone } from './time-zone';

/** Two local dates, both included: `[from 00:00, day after to 00:00)` in the zone (docs/definitions.md, 2.2). */
export interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly timezone: TimeZone;
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  /** Dates of the wall calendar: one of 23 hours, of 25, or one that the zone skipped counts as one. */
  readonly days: number;
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
}

/**
 * The dates that can be asked for (docs/definitions.md, 2.2): nothing was merged before the first, and the second
 * leaves room for every day to come. Periods before an asked one may lie before them.
 */
export const earliestDate: LocalDate = '1970-01-01';
export const latestDate: LocalDate = '2999-12-31';

/** A century: keeps the work of one question bounded. */
export const mostDays = 36_525;

/** `from` and `to` must be dates with `from` not after `to`; anything else is a mistake of the caller and throws. */
export function toDateRange({ from, to, timezone }: Pick<DateRange, 'from' | 'to' | 'timezone'>): DateRange {
  const [firstDay, lastDay] = [toDayNumber(from), toDayNumber(to)];
  if (firstDay === null || lastDay === null || firstDay > lastDay) {
    throw new Error(`No range: ${from} to ${to}.`);
  }
  return {
    from,
    to,
    timezone,
    firstDay,
    lastDay,
    days: lastDay - firstDay + 1,
    startAt: findDayStart(firstDay, timezone),
    endAt: findDayStart(lastDay + 1, timezone),
  };
}
