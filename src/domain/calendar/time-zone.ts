import type { Instant } from '../instant';
import { millisecondsPerDay, type DayNumber } from './civil-day';

/** IANA name, such as `Europe/Berlin`. */
export type TimeZone = string;

const namePattern = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;
const wallClockPattern = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

/** Most day starts remembered for one zone; beyond it they are forgotten and computed again. */
const mostRememberedDays = 50_000;

const formatters = new Map<TimeZone, Intl.DateTimeFormat>();
const dayStarts = new Map<TimeZone, Map<DayNumber, Instant>>();

/** Whether the name is an IANA zone that this runtime knows; a mere offset such as `+02:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!namePattern.test(name)) {
    return false;
  }
  try {
    getFormatter(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first instant of a date in a zone: its midnight, the earlier one where the clock shows midnight twice, and where
 * it shows none the moment of the jump. A date that a zone skipped begins, and ends, where the next one begins.
 */
export function findDayStart(day: DayNumber, zone: TimeZone): Instant {
  let known = dayStarts.get(zone);
  if (known === undefined || known.size >= mostRememberedDays) {
    known = new Map();
    dayStarts.set(zone, known);
  }
  let start = known.get(day);
  if (start === undefined) {
    start = computeDayStart(day, zone);
    known.set(day, start);
  }
  return start;
}

/**
 * The date in whose `[first instant, first instant of the next date)` the instant lies. That is the date on the wall
 * clock, but for a clock put back across midnight: the hour shown a second time belongs to the date already begun.
 */
export function findLocalDay(at: Instant, zone: TimeZone): DayNumber {
  // A day off at most, and day starts are remembered: reading the clock at every instant would take most of the time.
  let day = Math.floor(at / millisecondsPerDay);
  while (findDayStart(day, zone) > at) {
    day -= 1;
  }
  while (findDayStart(day + 1, zone) <= at) {
    day += 1;
  }
  return day;
}

/** Zones change their clocks at most once in any two days, so the offsets a day before and after are all there are. */
function computeDayStart(day: DayNumber, zone: TimeZone): Instant {
  const midnight = day * millisecondsPerDay;
  const [early, late] = [midnight - millisecondsPerDay, midnight + millisecondsPerDay];
  const candidates = [early, late].map((at) => midnight - (toWallClock(at, zone) - at));
  const valid = candidates.filter((candidate) => toWallClock(candidate, zone) === midnight);
  return valid.length > 0 ? Math.min(...valid) : findJump(midnight, zone);
}

/** The clock never shows this midnight: the first instant at which it shows a later time. */
function findJump(midnight: number, zone: TimeZone): Instant {
  let before = midnight - millisecondsPerDay;
  let after = midnight + millisecondsPerDay;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (toWallClock(middle, zone) < midnight) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return after;
}

/** What a clock in the zone shows, as the milliseconds at which a clock in UTC shows the same. */
function toWallClock(at: Instant, zone: TimeZone): number {
  const match = wallClockPattern.exec(getFormatter(zone).format(at));
  if (match === null) {
    throw new Error(`The clock of ${zone} cannot be read at ${at}.`);
  }
  const [month, day, year, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

/** Making a formatter costs a thousand times using one. */
function getFormatter(zone: TimeZone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}
