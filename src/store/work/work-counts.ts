import type { Instant } from '../../domain/instant';
import { firstMinuteOf } from '../../domain/requests/request-window';
import type { Database } from '../database/database';
import { toDay } from './repair-store';

/** The work of one workspace as it stands. */
export interface WorkOfWorkspace {
  /** Jobs that are due, those under way among them. */
  readonly jobsWaiting: number;
  readonly givenUp: number;
  /** When the oldest notice that is not worked off was received; `null`: none waits. */
  readonly oldestNoticeAt: Instant | null;
  /** Pull requests that reconciliation has put right in the last seven UTC days, today among them; and ever. */
  readonly repairedInWeek: number;
  readonly repaired: number;
}

export interface JobsOfKind {
  readonly kind: string;
  readonly waiting: number;
  readonly oldestDueAt: Instant | null;
  readonly givenUp: number;
}

/** The work of all workspaces as it stands. */
export interface WholeWork {
  readonly kinds: readonly JobsOfKind[];
  readonly noticesWaiting: number;
  readonly oldestNoticeAt: Instant | null;
  readonly repaired: number;
}

/** Counts over the tables of work, for people and for a monitor: read when they are asked for, by indexes alone. */
export class WorkCounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async read(workspace: string, now: Instant): Promise<WorkOfWorkspace> {
    // Five counts of one moment.
    const row = await this.#database.readOne<WorkOfWorkspace>(
      `SELECT
         (SELECT count(*) FROM jobs WHERE workspace = $1 AND state = 'ready' AND run_at <= $2) AS "jobsWaiting",
         (SELECT count(*) FROM jobs WHERE workspace = $1 AND state = 'dead') AS "givenUp",
         (SELECT min(received_at) FROM notices WHERE workspace = $1 AND state = 'waiting') AS "oldestNoticeAt",
         (SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM repairs WHERE workspace = $1 AND day > $3) AS "repairedInWeek",
         (SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM repairs WHERE workspace = $1) AS repaired`,
      [workspace, now, toDay(now) - 7],
    );
    return row ?? { jobsWaiting: 0, givenUp: 0, oldestNoticeAt: null, repairedInWeek: 0, repaired: 0 };
  }

  async readAll(now: Instant): Promise<WholeWork> {
    // Over all workspaces, which no model does; each by the index that has just these columns.
    const kinds = await this.#database.read<JobsOfKind>(
      `SELECT kind, CAST(sum(waiting) AS BIGINT) AS waiting, min("oldestDueAt") AS "oldestDueAt",
         CAST(sum("givenUp") AS BIGINT) AS "givenUp" FROM (
           SELECT kind, count(*) AS waiting, min(run_at) AS "oldestDueAt", 0 AS "givenUp"
             FROM jobs WHERE state = 'ready' AND run_at <= $1 GROUP BY kind
           UNION ALL SELECT kind, 0, NULL, count(*) FROM jobs WHERE state = 'dead' GROUP BY kind) AS counted
       GROUP BY kind ORDER BY kind`,
      [now],
    );
    const row = await this.#database.readOne<Omit<WholeWork, 'kinds'>>(
      `SELECT count(*) AS "noticesWaiting", min(received_at) AS "oldestNoticeAt",
         (SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM repairs) AS repaired
       FROM notices WHERE state = 'waiting'`,
      [],
    );
    return { kinds, ...(row ?? { noticesWaiting: 0, oldestNoticeAt: null, repaired: 0 }) };
  }

  /** Requests of the hour before now, and what Bitbucket grants, of each workspace that is not about to be erased. */
  async readRequests(
    now: Instant,
  ): Promise<readonly { readonly workspace: string; readonly used: number; readonly granted: number | null }[]> {
    return this.#database.read(
      `SELECT w.uuid AS workspace, w.request_limit AS granted, CAST(coalesce(sum(r.count), 0) AS BIGINT) AS used
       FROM workspaces w LEFT JOIN requests r ON r.workspace = w.uuid AND r.minute >= $1
       WHERE w.erase_at IS NULL GROUP BY w.uuid, w.request_limit ORDER BY w.uuid`,
      [firstMinuteOf(now)],
    );
  }
}
