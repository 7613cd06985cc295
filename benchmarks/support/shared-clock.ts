import type { Clock } from '../../src/domain/clock';
import { systemClock } from '../../src/machine/clock';

/*
 * One time for all processes of a program, in which the reference data ends now: the machine's, moved by as much as the
 * variable says.
 */

const variable = 'BENCHMARK_SHIFT';

/** What a process is to be handed, so that it is `now` now. */
export function shiftTo(now: number): Readonly<Record<string, string>> {
  return { [variable]: String(now - systemClock.now()) };
}

export function readSharedClock(environment: Readonly<Record<string, string | undefined>>): Clock {
  const shift = Number(environment[variable] ?? 0);
  return { now: () => systemClock.now() + shift };
}
