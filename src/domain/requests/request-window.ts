import type { Instant } from '../instant';

export type RequestLane = 'live' | 'import';

/** The requests of one minute and lane. */
export interface RequestMinute {
  /** Minutes since 1970. */
  readonly minute: number;
  readonly lane: RequestLane;
  readonly count: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Live work keeps a fifth of the limit, as far as it has not used it. */
const reservedShare = 5;

export function toMinute(at: Instant): number {
  return Math.floor(at / minuteMs);
}

/**
 * The first minute that may still lie in the hour before `now`. It counts to its very end: within no
 * hour, begun at whatever second, are there more requests than the limit.
 */
export function firstMinuteOf(now: Instant): number {
  return toMinute(now - hourMs);
}

/** When all of a minute has left the rolling hour. */
export function leavesAt(minute: number): Instant {
  return (minute + 1) * minuteMs + hourMs;
}

/** Whether one more request may go; else when, by what leaves the hour. `minutes` in the order of time. */
export function findRefusal(
  minutes: readonly RequestMinute[],
  lane: RequestLane,
  limit: number,
): { retryAt: Instant } | null {
  let used = sum(minutes);
  let live = sum(minutes.filter((minute) => minute.lane === 'live'));
  if (isFree({ used, live }, lane, limit)) {
    return null;
  }
  for (const minute of minutes) {
    used -= minute.count;
    live -= minute.lane === 'live' ? minute.count : 0;
    if (isFree({ used, live }, lane, limit)) {
      return { retryAt: leavesAt(minute.minute) };
    }
  }
  // Only a limit that leaves this lane nothing at all comes here.
  return { retryAt: leavesAt(minutes.at(-1)?.minute ?? 0) };
}

/** How many more requests of a lane may go now. */
export function countRoom(minutes: readonly RequestMinute[], lane: RequestLane, limit: number): number {
  const live = sum(minutes.filter((minute) => minute.lane === 'live'));
  return limit - sum(minutes) - findKept(live, lane, limit);
}

/** What a lane has to leave to the other. */
function findKept(live: number, lane: RequestLane, limit: number): number {
  return lane === 'live' ? 0 : Math.max(0, Math.floor(limit / reservedShare) - live);
}

function isFree(count: { used: number; live: number }, lane: RequestLane, limit: number): boolean {
  return count.used + findKept(count.live, lane, limit) < limit;
}

function sum(minutes: readonly RequestMinute[]): number {
  return minutes.reduce((total, minute) => total + minute.count, 0);
}
