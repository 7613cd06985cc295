import { toHttpDate } from '../present/times';
import type { Clock, Instant } from '../world/model';

export interface Limits {
  /** Requests of one workspace in any hour; `null`: no limit. Default `null`. */
  readonly requestsPerHour?: number | null;
  /** How a refusal says when to come back. Default `absent`: Bitbucket promises nothing. */
  readonly retryAfter?: 'seconds' | 'date' | 'absent';
}

const hour = 3_600_000;

/** A rolling hour a workspace. Refused requests do not count. */
export class RateWindow {
  readonly #times = new Map<string, Instant[]>();

  constructor(
    private readonly clock: Clock,
    public limits: Limits = {},
  ) {}

  /** Counts a request; the headers of the refusal when there is no room for it, else `null`. */
  admit(key: string): Record<string, string> | null {
    const now = this.clock.now();
    const most = this.limits.requestsPerHour ?? null;
    const recent = (this.#times.get(key) ?? []).filter((at) => at > now - hour);
    this.#times.set(key, recent);
    if (most !== null && recent.length >= most) {
      const oldest = recent[recent.length - most] ?? now;
      return this.#toHeaders(oldest + hour, now);
    }
    recent.push(now);
    return null;
  }

  #toHeaders(freeAt: Instant, now: Instant): Record<string, string> {
    const limit = { 'x-ratelimit-limit': String(this.limits.requestsPerHour) };
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
