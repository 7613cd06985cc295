import type { Instant } from '../instant';
import { countRoom, findRefusal, type RequestLane, type RequestMinute } from './request-window';

/** How many requests may go now; none, and when to ask again. */
export type Grant =
  | { readonly granted: true; readonly count: number }
  | { readonly granted: false; readonly retryAt: Instant; readonly count: 0 };

interface RequestsAsked {
  readonly now: Instant;
  readonly lane: RequestLane;
  /** Of an hour. */
  readonly limit: number;
  readonly most: number;
}

/** As many requests as there is room for, up to `most`: none while Bitbucket has asked to wait. */
export function grantRequests(
  { minutes, pausedUntil }: { readonly minutes: readonly RequestMinute[]; readonly pausedUntil: Instant | null },
  { now, lane, limit, most }: RequestsAsked,
): Grant {
  if (pausedUntil !== null && now < pausedUntil) {
    return { granted: false, retryAt: pausedUntil, count: 0 };
  }
  const refusal = findRefusal(minutes, lane, limit);
  return refusal === null
    ? { granted: true, count: Math.max(1, Math.min(most, countRoom(minutes, lane, limit))) }
    : { granted: false, retryAt: Math.max(refusal.retryAt, now + 1), count: 0 };
}
