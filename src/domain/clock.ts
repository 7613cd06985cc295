import type { Instant } from './instant';

/** Handed to every room that needs to know the time, so tests can fix it. */
export interface Clock {
  /** The present instant. */
  now(): Instant;
}

/** Milliseconds that go on at an even pace, whatever becomes of the clock. */
export type Steady = () => number;
