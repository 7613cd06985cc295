import type { Clock } from '../../domain/clock';
import { toNetwork } from '../../machine/to-network';

/** So many from one address within a minute are told what they are: screens of an office, scanners and their tests. */
export const mostRefusedAMinute = 3_000;
const minuteMs = 60_000;
/** Addresses that are remembered; of more, those that began longest ago are forgotten. */
const mostAddresses = 10_000;

interface Asked {
  /** `undefined`: whoever asked is gone. */
  readonly ip?: string | undefined;
}

interface Answered {
  setHeader(name: string, value: number): unknown;
}

/** Counts who is refused for what they show: a session or a token that is none. */
export interface RefusedRequests {
  /**
   * Counts one more. `true`: the address was refused too often, and the answer is a 429, `Retry-After` is set. Whoever
   * shows what is right is never asked: nobody keeps others out who come from the same address, or through one proxy.
   */
  isTooOften(request: Asked, response: Answered): boolean;
  /** Takes one back that was counted before it was known to be right. */
  forgive(request: Asked): void;
}

export function createRefusedRequests(clock: Clock, most = mostRefusedAMinute): RefusedRequests {
  const minutes = new Map<string, { readonly startedAt: number; count: number }>();
  return {
    isTooOften(request, response) {
      const now = clock.now();
      const minute = findMinute(minutes, toNetwork(request.ip ?? ''), now);
      minute.count += 1;
      if (minute.count <= most) return false;
      response.setHeader('Retry-After', Math.ceil((minute.startedAt + minuteMs - now) / 1000));
      return true;
    },
    forgive(request) {
      const minute = findMinute(minutes, toNetwork(request.ip ?? ''), clock.now());
      minute.count = Math.max(0, minute.count - 1);
    },
  };
}

function findMinute<Minute extends { readonly startedAt: number; count: number }>(
  minutes: Map<string, Minute | { readonly startedAt: number; count: number }>,
  key: string,
  now: number,
) {
  const known = minutes.get(key);
  // A clock that was set back begins a minute as well.
  if (known !== undefined && now >= known.startedAt && now < known.startedAt + minuteMs) return known;
  const minute = { startedAt: now, count: 0 };
  minutes.delete(key);
  minutes.set(key, minute);
  const [oldest] = minutes.keys();
  if (minutes.size > mostAddresses && oldest !== undefined) minutes.delete(oldest);
  return minute;
}
