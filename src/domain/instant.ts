/** A moment in time: whole milliseconds since 1970-01-01T00:00:00Z. Further digits of a source are cut. */
export type Instant = number;

/** Seconds between two instants; negative when `later` lies before `earlier`. */
export function secondsBetween(earlier: Instant, later: Instant): number {
  return (later - earlier) / 1000;
}

/** Clocks differ by so much, in milliseconds, without one of them being wrong. */
export const clockTolerance = 120_000;

/**
 * How long ago a moment was that was taken down before, milliseconds. One that lies ahead was taken down by a clock that
 * was wrong: nobody knows how long ago that was, so it is too long ago for anything.
 */
export function computeAge(at: Instant, now: Instant): number {
  return at > now + clockTolerance ? Infinity : Math.max(0, now - at);
}
