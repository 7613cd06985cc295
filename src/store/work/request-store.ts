import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { selectList, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { requestPauses, requests } from '../schema/work';
import { grantRequests, type Grant } from '../../domain/requests/grant-requests';
import { anchorPause, type Pause } from '../../domain/requests/pause';
import { firstMinuteOf, leavesAt, toMinute, type RequestLane } from '../../domain/requests/request-window';

export interface RequestsToReserve {
  readonly workspace: string;
  readonly now: Instant;
  readonly limit: number;
  readonly lane: RequestLane;
  readonly purpose: string;
}

/** Requests that are in the count of the minute of `now`. */
export interface CountedRequests extends Omit<RequestsToReserve, 'limit'> {
  readonly count: number;
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

const minute = 60_000;

/** The request budget of each workspace in a rolling hour; survives restarts, shared by all processes. */
export class RequestStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Counts up to `most` requests in one write, as many as there is room for. What is not sent of them is given back, with
   * the next write or by itself.
   */
  async reserveSome(
    request: RequestsToReserve,
    { most, returned = [] }: { readonly most: number; readonly returned?: readonly CountedRequests[] },
  ): Promise<Grant> {
    return this.#database.transaction(async (tx) => {
      await this.#database.lock(`requests of ${request.workspace}`, tx);
      for (const one of returned) await this.#takeOut(one, tx);
      const pausedUntil = await this.#findPause(request.workspace, request.now, tx);
      const minutes = await this.#loadMinutes(request.workspace, request.now, tx);
      const grant = grantRequests({ minutes, pausedUntil }, { ...request, most });
      if (grant.granted) await this.#count({ ...request, count: grant.count }, tx);
      return grant;
    });
  }

  /** Takes requests that were counted, but never sent, out of the count. */
  async giveBack(returned: readonly CountedRequests[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const one of returned) await this.#takeOut(one, tx);
    });
  }

  /** No request before `until`; of several pauses the longest. */
  async pause(workspace: string, { since, until }: Pause, tx?: Transaction): Promise<void> {
    // The longer wins, whoever writes first, but not one that a clock has left in the future.
    const keeps = 'request_pauses.paused_until > excluded.paused_until AND request_pauses.paused_at <= $4';
    await this.#database.write(
      `INSERT INTO request_pauses (workspace, paused_until, paused_at) VALUES ($1, $2, $3)
       ON CONFLICT (workspace) DO UPDATE SET
         paused_until = CASE WHEN ${keeps} THEN request_pauses.paused_until ELSE excluded.paused_until END,
         paused_at = CASE WHEN ${keeps} THEN request_pauses.paused_at ELSE excluded.paused_at END`,
      [workspace, until, since, since + minute],
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

  /** Until when nothing is asked; written anew where a clock that was ahead has left it. */
  async #findPause(workspace: string, now: Instant, tx: Transaction): Promise<Instant | null> {
    const row = await this.#database.findOne(requestPauses, { workspace }, tx);
    if (row === null) return null;
    const told = { since: row.pausedAt, until: row.pausedUntil };
    const pause = anchorPause(told, now);
    if (pause !== told) await this.pause(workspace, pause, tx);
    return pause.until;
  }

  async #loadMinutes(workspace: string, now: Instant, tx: Transaction): Promise<RowOf<typeof requests>[]> {
    // Every block of requests asks: by no model, which would write the statement anew each time.
    const load = () =>
      this.#database.read<RowOf<typeof requests>>(
        `SELECT ${selectList(requests)} FROM requests WHERE workspace = $1 AND minute >= $2 ORDER BY minute`,
        [workspace, firstMinuteOf(now)],
        tx,
      );
    const minutes = await load();
    const last = minutes.at(-1)?.minute ?? 0;
    if (last <= toMinute(now) + 1) return minutes;
    await this.#bringBack(workspace, now, tx);
    return load();
  }

  /** What was counted by a clock that was ahead was sent by now: it leaves the hour an hour from now, and not later. */
  async #bringBack(workspace: string, now: Instant, tx: Transaction): Promise<void> {
    const ahead = [workspace, toMinute(now)];
    await this.#database.write(
      `INSERT INTO requests (workspace, minute, purpose, lane, count)
       SELECT workspace, CAST($2 AS BIGINT), purpose, lane, CAST(sum(count) AS BIGINT) FROM requests
         WHERE workspace = $1 AND minute > $2 GROUP BY workspace, purpose, lane
       ON CONFLICT (workspace, minute, purpose, lane) DO UPDATE SET count = requests.count + excluded.count`,
      ahead,
      tx,
    );
    await this.#database.write('DELETE FROM requests WHERE workspace = $1 AND minute > $2', ahead, tx);
  }

  /** Counted down where it is, as it is counted up. */
  async #takeOut({ workspace, now, lane, purpose, count }: CountedRequests, tx: Transaction): Promise<void> {
    await this.#database.write(
      `UPDATE requests SET count = count - $5
       WHERE workspace = $1 AND minute = $2 AND purpose = $3 AND lane = $4 AND count >= $5`,
      [workspace, toMinute(now), purpose, lane, count],
      tx,
    );
    await this.#database.write(
      'UPDATE request_totals SET count = count - $3 WHERE workspace = $1 AND purpose = $2 AND count >= $3',
      [workspace, purpose, count],
      tx,
    );
  }

  /** Counted up where it is: raw, as no model counts and inserts in one statement. */
  async #count(request: CountedRequests, tx: Transaction): Promise<void> {
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
