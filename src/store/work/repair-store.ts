import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

const dayMs = 86_400_000;

/** A UTC day, counted since 1970. */
export function toDay(at: Instant): number {
  return Math.floor(at / dayMs);
}

/** How many pull requests reconciliation found missing or different that no notice had told of; by workspace and day. */
export class RepairStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of the UTC days from one on. */
  async count(workspace: string, from: Instant): Promise<number> {
    const [row] = await this.#database.read<{ readonly count: number }>(
      'SELECT CAST(coalesce(sum(count), 0) AS BIGINT) AS count FROM repairs WHERE workspace = $1 AND day >= $2',
      [workspace, toDay(from)],
    );
    return row?.count ?? 0;
  }

  /** Counted in the transaction that puts their readings down: killed, neither has happened. */
  async add(workspace: string, { now, count }: { now: Instant; count: number }, tx: Transaction): Promise<void> {
    if (count === 0) return;
    // Counted up where it is: repositories are compared side by side.
    await this.#database.write(
      `INSERT INTO repairs (workspace, day, count) VALUES ($1, $2, $3)
       ON CONFLICT (workspace, day) DO UPDATE SET count = repairs.count + excluded.count`,
      [workspace, toDay(now), count],
      tx,
    );
  }
}
