import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, toJson } from '../database/table';

interface KindsOfJobs {
  readonly kinds: readonly string[];
  /** Longer than this none of them ever waits, milliseconds. */
  readonly longestMs: number;
}

/** The times of jobs and leases that a wrong clock has written. */
export class JobTimes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those that wait longer than they ever would come at the end of their longest wait. Tells how many. */
  async shortenWaits({ kinds, longestMs }: KindsOfJobs, now: Instant): Promise<number> {
    // Looked for by the index, and most often there is none: nothing is written then.
    return this.#database.write(
      `UPDATE jobs SET run_at = $2 WHERE state = 'ready' AND run_at > $2 AND ${this.#isOne('$1')}`,
      [toJson(kinds), now + longestMs],
    );
  }

  /** The clock went back by so much: what waits for a time of the clock before comes when it was meant to. */
  async moveBack(kinds: readonly string[], { now, byMs }: { now: Instant; byMs: number }): Promise<void> {
    await this.#database.write(
      `UPDATE jobs SET run_at = CASE WHEN run_at - $3 < $2 THEN $2 ELSE run_at - $3 END
       WHERE state = 'ready' AND run_at > $2 AND ${this.#isOne('$1')}`,
      [toJson(kinds), now, byMs],
    );
  }

  /** No lease lasts longer than leases do. */
  async shortenLeases({ now, leaseMs }: { now: Instant; leaseMs: number }): Promise<void> {
    // Every table's row is looked at: for when a clock has jumped.
    await this.#database.write('UPDATE jobs SET leased_until = $1 WHERE leased_until > $1', [now + leaseMs]);
  }

  #isOne(parameter: string): string {
    return isOneOf(this.#database.dialect, 'kind', { parameter, type: 'text' });
  }
}
