import { toHttpDate } from '../present/times';
import type { Clock, Instant } from '../world/model';

export interface Limits {
  /** Requests of one workspace in any hour; `null`: no limit. Default `null`. */
  readonly requestsPerHour?: number | null;
  /** How a refusal says when to come back. Default `absent`: Bitbucket promises nothing. */
  readonly retryAfter?: 'seconds' | 'date' | 'absent';
}

const hour = 3_600_000;

/** Whose requests are counted together, and how many they may be where the simulator's own limits do not say. */
export interface Budget {
  readonly key: string;
  /** `null`: as many as everybody. */
  readonly requestsPerHour: number | null;
}

/** How much of the hour's budget makes an answer say that its end is near. */
const nearShare = 0.8;

/** A rolling hour a budget. Refused requests do not count. */
export class RateWindow {
  readonly #times = new Map<string, Instant[]>();

  constructor(
    private readonly clock: Clock,
    public limits: Limits = {},
  ) {}

  /** Counts a request; the headers of the refusal when there is no room for it, else `null`. */
  admit(budget: Budget): Record<string, string> | null {
    const now = this.clock.now();
    const most = this.#mostOf(budget);
    const recent = (this.#times.get(budget.key) ?? []).filter((at) => at > now - hour);
    this.#times.set(budget.key, recent);
    if (most !== null && recent.length >= most) {
      const oldest = recent[recent.length - most] ?? now;
      return this.#toHeaders(most, oldest + hour, now);
    }
    recent.push(now);
    return null;
  }

  /** What answers tell of a budget: nothing where there is no limit, and all of it where the limit is a token's own. */
  describe(budget: Budget): Record<string, string> {
    const most = this.#mostOf(budget);
    if (most === null) return {};
    const limit = { 'x-ratelimit-limit': String(most) };
    if (budget.requestsPerHour === null) return limit;
    const isNear = (this.#times.get(budget.key) ?? []).length >= most * nearShare;
    return { ...limit, 'x-ratelimit-nearlimit': String(isNear), 'x-ratelimit-resource': 'api' };
  }

  #mostOf(budget: Budget): number | null {
    return budget.requestsPerHour ?? this.limits.requestsPerHour ?? null;
  }

  #toHeaders(most: number, freeAt: Instant, now: Instant): Record<string, string> {
    const limit = { 'x-ratelimit-limit': String(most) };
    switch (this.limits.retryAfter ?? 'absent') {
      case 'seconds':
        return { ...limit, 'retry-after': String(Math.max(1, Math.ceil((freeAt - now) / 1000))) };
      case 'date':
        return { ...limit, 'retry-after': toHttpDate(Math.ceil(freeAt / 1000) * 1000) };
      case 'absent':
        return limit;
    }
  }
}
