import type { Instant } from '../../domain/instant';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' },
});

/** `12 March 2027`, in UTC. */
export function describeDay(instant: Instant): string {
  return day.format(instant);
}

/** `28 November at 14:02 UTC (in 15 minutes)`. */
export function describeInstant(instant: Instant, now: Instant): string {
  return `${moment.format(instant)} UTC (${describeDistance(instant - now)})`;
}

/** `10 minutes ago`, `in 5 days`. */
export function describeDistance(milliseconds: number): string {
  const far = Math.abs(milliseconds);
  if (far < minuteMs) return milliseconds < 0 ? 'a moment ago' : 'in a moment';
  const count = describeCount(far);
  return milliseconds < 0 ? `${count} ago` : `in ${count}`;
}

function describeCount(milliseconds: number): string {
  if (milliseconds >= 2 * dayMs) return `${Math.floor(milliseconds / dayMs)} days`;
  if (milliseconds >= 2 * hourMs) return `${Math.floor(milliseconds / hourMs)} hours`;
  const minutes = Math.round(milliseconds / minuteMs);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
