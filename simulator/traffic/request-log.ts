import type { Instant } from '../world/model';

export interface LoggedRequest {
  readonly at: Instant;
  readonly method: string;
  /** With the query, secrets taken out. */
  readonly path: string;
  /** The template of the route, or `unknown`. */
  readonly route: string;
  /** 0: the connection was cut, or nothing was ever answered. */
  readonly status: number;
  /** Uuid of the workspace of the token; `null` without a valid one. */
  readonly workspace: string | null;
  /** What kind of token came along; `null` with none that is good. */
  readonly caller: 'app' | 'access_token' | 'api_token' | 'oauth' | 'anonymous' | null;
}

const secrets = /([?&](?:access_token|client_secret|code|jwt|refresh_token|token)=)[^&]*/gu;

/** Every request to the API and every token exchange, for tests to count. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push({ ...entry, path: entry.path.replaceAll(secrets, '$1…') });
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
