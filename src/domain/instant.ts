/** A moment in time: whole milliseconds since 1970-01-01T00:00:00Z. Further digits of a source are cut. */
export type Instant = number;

/** Seconds between two instants; negative when `later` lies before `earlier`. */
export function secondsBetween(earlier: Instant, later: Instant): number {
  return (later - earlier) / 1000;
}
