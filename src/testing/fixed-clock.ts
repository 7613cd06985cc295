import type { Clock } from '../domain/clock';
import type { Instant } from '../domain/instant';

export interface FixedClock extends Clock {
  /** Sets it, forwards or backwards. */
  setTo(at: Instant | string): void;
  advance(milliseconds: number): void;
}

/** A clock that stands still until told otherwise. */
export function createFixedClock(at: Instant | string = '2026-11-22T12:00:00.000Z'): FixedClock {
  let now = toInstant(at);
  return {
    now: () => now,
    setTo: (next) => {
      now = toInstant(next);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

function toInstant(at: Instant | string): Instant {
  return typeof at === 'number' ? at : Date.parse(at);
}
