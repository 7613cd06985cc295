import type { Clock, Steady } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { Stores } from '../../store/stores';
import type { JobHandlers } from './job-handler';
import { leaseMs } from './job-runner';

const second = 1000;
const lookEveryMs = 60 * second;
/** A clock that is put right little by little makes nobody wait. */
const leastJumpMs = 5 * second;
/** An hour of requests, and the minute that it began in, is the longest that work which does not come back waits. */
const usualLongestMs = 2 * 3_600_000;

interface ClockJumpParts {
  readonly stores: Pick<Stores, 'jobTimes'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: JobHandlers;
  readonly steady: Steady;
}

/**
 * Looks after the times of jobs where the clock of the machine is put back, to be called again and again: what was put
 * down while it was ahead comes when it was meant to, and leases of then end. A clock that was put back while no process
 * ran is not seen; so nothing ever waits longer than its kind does.
 */
export function createMendTimes({ stores, clock, log, handlers, steady }: ClockJumpParts): () => Promise<void> {
  const waits = groupByWait(handlers);
  let last = { wall: clock.now(), steady: steady() };
  let mendedAt = -Infinity;
  return async () => {
    const here = { wall: clock.now(), steady: steady() };
    const byMs = last.wall - here.wall + (here.steady - last.steady);
    last = here;
    const isJump = byMs > leastJumpMs;
    if (!isJump && here.steady - mendedAt < lookEveryMs) return;
    const isFirst = mendedAt === -Infinity;
    mendedAt = here.steady;
    const now = here.wall;
    if (isJump) {
      log.warn({ bySeconds: Math.round(byMs / second) }, 'The clock of this machine was put back.');
      await stores.jobTimes.moveBack([...waits.values()].flat(), { now, byMs: Math.round(byMs) });
    }
    if (isJump || isFirst) await stores.jobTimes.shortenLeases({ now, leaseMs });
    for (const [longestMs, kinds] of waits) await stores.jobTimes.shortenWaits({ kinds, longestMs }, now);
  };
}

/** Kinds by how long they wait at most; not those that wait for a date. */
function groupByWait(handlers: JobHandlers): ReadonlyMap<number, readonly string[]> {
  const waits = new Map<number, string[]>();
  for (const [kind, { everyMs = usualLongestMs }] of Object.entries(handlers)) {
    if (everyMs !== Infinity) waits.set(everyMs, [...(waits.get(everyMs) ?? []), kind]);
  }
  return waits;
}
