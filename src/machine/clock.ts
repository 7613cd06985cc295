import type { Clock, Steady } from '../domain/clock';
import type { Instant } from '../domain/instant';

/*
 * The one file that asks the machine for the time and for chance (the linter keeps it so). Whoever starts a process
 * picks a clock and a source of chance here and hands them in; no room takes them from here by itself.
 */

/** A number in [0, 1), as `Math.random` gives it. */
export type Chance = () => number;

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now() };

/** How long this process has been running. */
export const systemSteady: Steady = () => performance.now();

/** The machine's chance. Never for secrets: those come from `node:crypto`. */
export const systemChance: Chance = () => Math.random();

/**
 * A clock that begins at an instant and goes on at the real pace, in whole milliseconds: for tests and demonstrations
 * whose workers really run, on any day one likes. It never goes backwards, whatever happens to the machine's time.
 */
export function createRunningClock(startsAt: Instant): Clock {
  const begun = performance.now();
  return { now: () => Math.floor(startsAt + (performance.now() - begun)) };
}
