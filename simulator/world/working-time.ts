import type { Chance } from './random';
import type { Instant } from './model';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Days on which nobody of the sample workspace works, as month-day. */
const holidays = new Set(['01-01', '01-06', '05-01', '10-03', '11-01', '12-24', '12-25', '12-26', '12-31']);
const opensAtHour = 7;
const closesAtHour = 17;

function isWorkingDay(at: Instant): boolean {
  const date = new Date(at);
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date.toISOString().slice(5, 10));
}

/**
 * The same instant when people work at it, else some minutes into the next morning on which they do.
 * One in forty works at night or on a weekend all the same.
 */
export function toWorkingTime(at: Instant, chance: Chance): Instant {
  let moment = Math.floor(at);
  if (chance.happens(0.025)) {
    return moment;
  }
  while (!isWorkingDay(moment) || new Date(moment).getUTCHours() >= closesAtHour) {
    moment = startOfDay(moment) + day;
  }
  if (new Date(moment).getUTCHours() >= opensAtHour) {
    return moment;
  }
  return startOfDay(moment) + opensAtHour * hour + Math.floor(chance.next() * 150 * minute);
}

function startOfDay(at: Instant): Instant {
  return Math.floor(at / day) * day;
}

/** Git keeps whole seconds. */
export function toWholeSecond(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000;
}

/** Fewer people work in August and between the years. */
export function isQuietSeason(at: Instant): boolean {
  const date = new Date(at);
  const month = date.getUTCMonth() + 1;
  return month === 8 || (month === 12 && date.getUTCDate() > 20);
}
