import type { Clock } from '../../src/domain/clock';
import { testClock } from './test-clock';

export interface ShiftedClock extends Clock {
  /** Moves it on; between two moves it goes at the real pace. */
  advance(milliseconds: number): void;
}

/** The test clock, which can be moved on: for products whose work goes by itself. */
export function createShiftedClock(): ShiftedClock {
  let shift = 0;
  return {
    now: () => testClock.now() + shift,
    advance: (milliseconds) => void (shift += milliseconds),
  };
}
