import type { Instant } from '../world/model';

export interface LoggedRequest {
  readonly at: Instant;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The template of the route, or `unknown`. */
  readonly route: string;
  /** 0: the connection was cut, or nothing was ever answered. */
  readonly status: number;
  /** Uuid of the workspace of the token; `null` without a valid one. */
  readonly workspace: string | null;
}

/** Every request to the API and every token exchange, for tests to count. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** How many requests each route answered, whatever the status; token exchanges under `oauth2/access_token`. */
  countByRoute(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { route } of this.entries) {
      counts[route] = (counts[route] ?? 0) + 1;
    }
    return counts;
  }
}
