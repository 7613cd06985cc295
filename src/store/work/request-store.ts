import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { selectList, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { requestPauses, requests } from '../schema/work';
import { grantRequests, type Grant } from '../../domain/requests/grant-requests';
import { firstMinuteOf, leavesAt, toMinute, type RequestLane } from '../../domain/requests/request-window';

export interface RequestsToReserve {
  readonly workspace: string;
  readonly now: Instant;
  readonly limit: number;
  readonly lane: RequestLane;
  readonly purpose: string;
}

export interface RequestUsage {
  /** In the hour before now. */
  readonly used: number;
  /** When the first of these leaves the hour; `null` without any. */
  readonly windowEndsAt: Instant | null;
  readonly byPurpose: Record<string, number>;
  readonly pausedUntil: Instant | null;
  /** Ever. */
  readonly total: number;
  readonly totalByPurpose: Record<string, number>;
}

interface UsageRow {
  readonly what: 'hour' | 'total' | 'pause';
  /** The first minute of the hour that any was sent in, counted since 1970; of a pause its end. */
  readonly at: number;
  readonly purpose: string;
  readonly count: number;
}

/** The request budget of each workspace in a rolling hour; survives restarts, shared by all processes. */
export class RequestStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Counts up to `most` requests in one write, as many as there is room for. What is not sent is given back. */
  async reserveSome(request: RequestsToReserve, most: number): Promise<Grant> {
    return this.#database.transaction(async (tx) => {
      await this.#database.lock(`requests of ${request.workspace}`, tx);
      const pause = await this.#database.findOne(requestPauses, { workspace: request.workspace }, tx);
      const minutes = await this.#loadMinutes(request.workspace, request.now, tx);
      const grant = grantRequests({ minutes, pausedUntil: pause?.pausedUntil ?? null }, { ...request, most });
      if (grant.granted) await this.#count({ ...request, count: grant.count }, tx);
      return grant;
    });
  }

  /** Takes requests that were counted in the minute of `now`, but never sent, out of the count. */
  async giveBack(request: Omit<RequestsToReserve, 'limit'> & { count: number }): Promise<void> {
    const { workspace, purpose, count } = request;
    // Counted down where it is, as it is counted up.
    await this.#database.transaction(async (tx) => {
      await this.#database.write(
        `UPDATE requests SET count = count - $5
         WHERE workspace = $1 AND minute = $2 AND purpose = $3 AND lane = $4 AND count >= $5`,
        [workspace, toMinute(request.now), purpose, request.lane, count],
        tx,
      );
      await this.#database.write(
        'UPDATE request_totals SET count = count - $3 WHERE workspace = $1 AND purpose = $2 AND count >= $3',
        [workspace, purpose, count],
        tx,
      );
    });
  }

  /** No request before `until`; of several pauses the longest. */
  async pause(workspace: string, until: Instant, tx?: Transaction): Promise<void> {
    // The longer wins, whoever writes first.
    await this.#database.write(
      `INSERT INTO request_pauses (workspace, paused_until) VALUES ($1, $2)
       ON CONFLICT (workspace) DO UPDATE SET paused_until = CASE
         WHEN request_pauses.paused_until > excluded.paused_until
         THEN request_pauses.paused_until ELSE excluded.paused_until END`,
      [workspace, until],
      tx,
    );
  }

  async usage(workspace: string, now: Instant, tx?: Transaction): Promise<RequestUsage> {
    // Pages ask for it: one statement for the three tables, and of the hour a row a purpose.
    const rows = await this.#database.read<UsageRow>(
      `SELECT 'hour' AS what, min(minute) AS at, purpose, CAST(sum(count) AS BIGINT) AS count
         FROM requests WHERE workspace = $1 AND minute >= $2 GROUP BY purpose
       UNION ALL SELECT 'total', 0, purpose, count FROM request_totals WHERE workspace = $1
       UNION ALL SELECT 'pause', paused_until, '', 0 FROM request_pauses WHERE workspace = $1
       ORDER BY at, purpose`,
      [workspace, firstMinuteOf(now)],
      tx,
    );
    const pick = (what: UsageRow['what']) => rows.filter((row) => row.what === what);
    const [hour, totals] = [pick('hour'), pick('total')];
    const pausedUntil = pick('pause')[0]?.at ?? 0;
    const first = hour[0];
    return {
      used: sum(hour),
      windowEndsAt: first === undefined ? null : leavesAt(first.at),
      byPurpose: sumByPurpose(hour),
      pausedUntil: pausedUntil > now ? pausedUntil : null,
      total: sum(totals),
      totalByPurpose: sumByPurpose(totals),
    };
  }

  async #loadMinutes(workspace: string, now: Instant, tx: Transaction): Promise<RowOf<typeof requests>[]> {
    // Every block of requests asks: by no model, which would write the statement anew each time.
    return this.#database.read<RowOf<typeof requests>>(
      `SELECT ${selectList(requests)} FROM requests WHERE workspace = $1 AND minute >= $2 ORDER BY minute`,
      [workspace, firstMinuteOf(now)],
      tx,
    );
  }

  /** Counted up where it is: raw, as no model counts and inserts in one statement. */
  async #count(request: Omit<RequestsToReserve, 'limit'> & { count: number }, tx: Transaction): Promise<void> {
    await this.#database.write(
      `INSERT INTO requests (workspace, minute, purpose, lane, count) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (workspace, minute, purpose, lane) DO UPDATE SET count = requests.count + excluded.count`,
      [request.workspace, toMinute(request.now), request.purpose, request.lane, request.count],
      tx,
    );
    await this.#database.write(
      `INSERT INTO request_totals (workspace, purpose, count) VALUES ($1, $2, $3)
       ON CONFLICT (workspace, purpose) DO UPDATE SET count = request_totals.count + excluded.count`,
      [request.workspace, request.purpose, request.count],
      tx,
    );
    const over = [request.workspace, firstMinuteOf(request.now) - 1];
    await this.#database.write('DELETE FROM requests WHERE workspace = $1 AND minute < $2', over, tx);
  }
}

function sum(rows: readonly { count: number }[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}

function sumByPurpose(rows: readonly { purpose: string; count: number }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { purpose, count } of rows) {
    counts[purpose] = (counts[purpose] ?? 0) + count;
  }
  return counts;
}
