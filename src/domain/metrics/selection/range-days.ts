import type { Bucket } from '../../calendar/bucket';
import { millisecondsPerDay } from '../../calendar/civil-day';
import type { DateRange } from '../../calendar/date-range';
import { findDayStart, type TimeZone } from '../../calendar/time-zone';
import type { Instant } from '../../instant';

/** The local days of a range by number, 0 its first, each found without asking the calendar. */
export class RangeDays {
  readonly count: number;
  readonly #startAt: Instant;
  /** The beginning of each day, and the end of the last. */
  readonly #starts: Float64Array;

  constructor({ firstDay, days, timezone, startAt }: DateRange) {
    this.count = days;
    this.#startAt = startAt;
    this.#starts = new Float64Array(days + 1);
    for (let day = 0; day <= days; day += 1) this.#starts[day] = findDayStart(firstDay + day, timezone);
  }

  /** The day of an instant of the range. Clocks that are changed move days by hours, so the guess is near. */
  toDay(at: Instant): number {
    let day = Math.min(this.count - 1, Math.floor((at - this.#startAt) / millisecondsPerDay));
    while ((this.#starts[day] ?? 0) > at) day -= 1;
    while ((this.#starts[day + 1] ?? Number.POSITIVE_INFINITY) <= at) day += 1;
    return day;
  }
}

/** The bucket of each day of a range; without buckets all lie in the only one. */
export function toBucketOfDay(days: number, buckets: readonly Bucket[]): Uint32Array {
  const bucketOfDay = new Uint32Array(days);
  let day = 0;
  buckets.forEach((bucket, index) => {
    bucketOfDay.fill(index, day, day + bucket.days);
    day += bucket.days;
  });
  return bucketOfDay;
}

/** Days are cut in one zone; another one in a question is a mistake of the caller. */
export function expectTimezone(found: TimeZone, asked: TimeZone): void {
  if (found !== asked) throw new Error(`Days are cut in ${found}; a question in ${asked} cannot be answered by them.`);
}
