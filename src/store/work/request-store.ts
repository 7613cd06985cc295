import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { findRefusal, firstMinuteOf, leavesAt, toMinute, type RequestLane, type RequestMinute } from './request-window';

export type Reservation = { readonly granted: true } | { readonly granted: false; readonly retryAt: Instant };

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

/** The request budget of each workspace in a rolling hour; survives restarts, shared by all processes. */
export class RequestStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Counts one request, if there is room for it and Bitbucket has not asked to wait. */
  async reserve(request: {
    workspace: string;
    now: Instant;
    limit: number;
    lane: RequestLane;
    purpose: string;
  }): Promise<Reservation> {
    return this.#database.transaction(async (tx) => {
      await this.#database.lock(`requests of ${request.workspace}`, tx);
      const pausedUntil = await this.#findPause(request.workspace, tx);
      if (pausedUntil !== null && request.now < pausedUntil) {
        return { granted: false, retryAt: pausedUntil };
      }
      const minutes = await this.#loadMinutes(request.workspace, request.now, tx);
      const refusal = findRefusal(minutes, request.lane, request.limit);
      if (refusal !== null) {
        return { granted: false, retryAt: Math.max(refusal.retryAt, request.now + 1) };
      }
      await this.#count(request, tx);
      return { granted: true };
    });
  }

  /** No request before `until`; of several pauses the longest. */
  async pause(workspace: string, until: Instant, tx?: Transaction): Promise<void> {
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
    const rows = await this.#database.read<{ minute: number; purpose: string; count: number }>(
      'SELECT minute, purpose, count FROM requests WHERE workspace = $1 AND minute >= $2 ORDER BY minute',
      [workspace, firstMinuteOf(now)],
      tx,
    );
    const totals = await this.#database.read<{ purpose: string; count: number }>(
      'SELECT purpose, count FROM request_totals WHERE workspace = $1 ORDER BY purpose',
      [workspace],
      tx,
    );
    const pausedUntil = await this.#findPause(workspace, tx);
    const first = rows[0];
    return {
      used: sum(rows),
      windowEndsAt: first === undefined ? null : leavesAt(first.minute),
      byPurpose: sumByPurpose(rows),
      pausedUntil: pausedUntil !== null && pausedUntil > now ? pausedUntil : null,
      total: sum(totals),
      totalByPurpose: sumByPurpose(totals),
    };
  }

  async #findPause(workspace: string, tx?: Transaction): Promise<Instant | null> {
    const row = await this.#database.readOne<{ paused_until: Instant }>(
      'SELECT paused_until FROM request_pauses WHERE workspace = $1',
      [workspace],
      tx,
    );
    return row?.paused_until ?? null;
  }

  async #loadMinutes(workspace: string, now: Instant, tx: Transaction): Promise<RequestMinute[]> {
    return this.#database.read<RequestMinute>(
      'SELECT minute, lane, count FROM requests WHERE workspace = $1 AND minute >= $2 ORDER BY minute',
      [workspace, firstMinuteOf(now)],
      tx,
    );
  }

  async #count(
    request: { workspace: string; now: Instant; lane: RequestLane; purpose: string },
    tx: Transaction,
  ): Promise<void> {
    await this.#database.write(
      `INSERT INTO requests (workspace, minute, purpose, lane, count) VALUES ($1, $2, $3, $4, 1)
       ON CONFLICT (workspace, minute, purpose, lane) DO UPDATE SET count = requests.count + 1`,
      [request.workspace, toMinute(request.now), request.purpose, request.lane],
      tx,
    );
    await this.#database.write(
      `INSERT INTO request_totals (workspace, purpose, count) VALUES ($1, $2, 1)
       ON CONFLICT (workspace, purpose) DO UPDATE SET count = request_totals.count + 1`,
      [request.workspace, request.purpose],
      tx,
    );
    await this.#database.write(
      'DELETE FROM requests WHERE workspace = $1 AND minute < $2',
      [request.workspace, firstMinuteOf(request.now) - 1],
      tx,
    );
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
