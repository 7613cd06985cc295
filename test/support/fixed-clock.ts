import type { Clock } from '../../src/domain/clock';
import type { Instant } from '../../src/domain/instant';
import { usualStart } from './test-clock';

export interface FixedClock extends Clock {
  /** Sets it, forwards or backwards. */
  setTo(at: Instant | string): void;
  advance(milliseconds: number): void;
}

/** A clock that stands still until told otherwise. */
export function createFixedClock(at: Instant | string = usualStart): FixedClock {
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
