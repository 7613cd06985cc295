import type { Instant } from '../instant';

/** Nothing is asked before it is over. */
export interface Pause {
  readonly since: Instant;
  readonly until: Instant;
}

export const noPause: Pause = { since: 0, until: 0 };

/** Clocks of several processes differ by less. */
const mostApart = 60_000;

/**
 * A pause as it is by the present clock. One that begins after now is of a clock that was ahead: it lasts as long as it
 * was to last, from now on, and not as much longer as the clock was wrong.
 */
export function anchorPause(pause: Pause, now: Instant): Pause {
  return now >= pause.since - mostApart ? pause : { since: now, until: now + (pause.until - pause.since) };
}

/** Of two pauses the one that ends later. */
export function pickLonger(one: Pause, other: Pause): Pause {
  return other.until > one.until ? other : one;
}
