import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { selectRows, toBatches, toJson, type Table } from '../database/table';
import type { Transaction } from '../database/transaction';

export const noticeStates = ['waiting', 'done', 'unreadable', 'unknown', 'dead'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** A notice as received; its key is workspace, delivery id and hash of the body. */
export interface NoticeToKeep {
  readonly workspace: string;
  readonly deliveryId: string;
  readonly bodyHash: string;
  readonly eventKey: string | null;
  /** Raw JSON. */
  readonly body: string;
  readonly receivedAt: Instant;
}

export interface KeptNotice extends NoticeToKeep {
  readonly state: NoticeState;
  readonly problem: string | null;
}

export interface NoticeMark {
  readonly deliveryId: string;
  readonly bodyHash: string;
  readonly state: Exclude<NoticeState, 'waiting'>;
  readonly problem: string | null;
}

interface NoticeRow {
  readonly workspace: string;
  readonly delivery_id: string;
  readonly body_hash: string;
  readonly event_key: string | null;
  readonly body: string;
  readonly received_at: number;
  readonly state: NoticeState;
  readonly problem: string | null;
}

const noticeTable: Table<NoticeRow> = {
  name: 'notices',
  key: ['workspace', 'delivery_id', 'body_hash'],
  columns: {
    workspace: 'text',
    delivery_id: 'text',
    body_hash: 'text',
    event_key: 'text',
    body: 'text',
    received_at: 'bigint',
    state: 'text',
    problem: 'text',
  },
};

const select = `SELECT workspace, delivery_id AS "deliveryId", body_hash AS "bodyHash", event_key AS "eventKey", body,
  received_at AS "receivedAt", state, problem FROM notices`;

/** Notices as received, each kept once. */
export class NoticeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Durable when resolved; a notice kept before stays as it is. */
  async keepAll(notices: readonly NoticeToKeep[], tx?: Transaction): Promise<void> {
    // In the order of the key: two processes that keep the same notices at once may not wait crosswise.
    const rows = notices.map(toRow).toSorted((a, b) => (toKey(a) < toKey(b) ? -1 : 1));
    await this.#database.insert(noticeTable, rows, { onConflict: 'keep', tx });
  }

  /** Oldest first. */
  async listWaiting(workspace: string, limit: number, tx?: Transaction): Promise<KeptNotice[]> {
    return this.#database.read<KeptNotice>(
      `${select} WHERE workspace = $1 AND state = 'waiting' ORDER BY received_at, delivery_id, body_hash LIMIT $2`,
      [workspace, limit],
      tx,
    );
  }

  /** The workspaces with a notice that waits. */
  async workspacesWaiting(tx?: Transaction): Promise<string[]> {
    const rows = await this.#database.read<{ workspace: string }>(
      `SELECT DISTINCT workspace FROM notices WHERE state = 'waiting' ORDER BY workspace`,
      [],
      tx,
    );
    return rows.map((row) => row.workspace);
  }

  /** What became of them. The body of one that is done is let go: its facts are stored. */
  async markAll(workspace: string, marks: readonly NoticeMark[], tx?: Transaction): Promise<void> {
    const batch = selectRows(this.#database.dialect, '$2', {
      delivery_id: 'text',
      body_hash: 'text',
      state: 'text',
      problem: 'text',
    });
    for (const rows of toBatches(marks)) {
      await this.#database.write(
        `UPDATE notices SET state = batch.state, problem = batch.problem,
           body = CASE WHEN batch.state = 'done' THEN '' ELSE body END
         FROM ${batch} AS batch WHERE notices.workspace = $1
           AND notices.delivery_id = batch.delivery_id AND notices.body_hash = batch.body_hash`,
        [workspace, toJson(rows.map(toMarkRow))],
        tx,
      );
    }
  }

  async counts(workspace: string, tx?: Transaction): Promise<Record<NoticeState, number>> {
    const rows = await this.#database.read<{ state: NoticeState; count: number }>(
      'SELECT state, count(*) AS count FROM notices WHERE workspace = $1 GROUP BY state',
      [workspace],
      tx,
    );
    const counts: Record<NoticeState, number> = { waiting: 0, done: 0, unreadable: 0, unknown: 0, dead: 0 };
    rows.forEach((row) => (counts[row.state] = row.count));
    return counts;
  }

  /** When the newest of those that were understood and worked off was received; `null`: there was none. */
  async lastDoneAt(workspace: string, tx?: Transaction): Promise<Instant | null> {
    const row = await this.#database.readOne<{ at: Instant | null }>(
      `SELECT max(received_at) AS at FROM notices WHERE workspace = $1 AND state = 'done'`,
      [workspace],
      tx,
    );
    return row?.at ?? null;
  }

  /** Newest first. */
  async listUnreadable(workspace: string, limit: number, tx?: Transaction): Promise<KeptNotice[]> {
    return this.#database.read<KeptNotice>(
      `${select} WHERE workspace = $1 AND state = 'unreadable'
       ORDER BY received_at DESC, delivery_id, body_hash LIMIT $2`,
      [workspace, limit],
      tx,
    );
  }

  /**
   * Forgets what is done and was received before: nobody repeats it any more. The newest stays, as the proof that
   * notices arrive. Tells how many.
   */
  async forgetDone(workspace: string, receivedBefore: Instant, tx?: Transaction): Promise<number> {
    return this.#database.write(
      `DELETE FROM notices WHERE workspace = $1 AND state = 'done' AND received_at < $2
         AND received_at < (SELECT max(n.received_at) FROM notices n WHERE n.workspace = $1 AND n.state = 'done')`,
      [workspace, receivedBefore],
      tx,
    );
  }
}

function toRow(notice: NoticeToKeep): NoticeRow {
  return {
    workspace: notice.workspace,
    delivery_id: notice.deliveryId,
    body_hash: notice.bodyHash,
    event_key: notice.eventKey,
    body: notice.body,
    received_at: notice.receivedAt,
    state: 'waiting',
    problem: null,
  };
}

function toMarkRow({ deliveryId, bodyHash, state, problem }: NoticeMark): Record<string, string | null> {
  return { delivery_id: deliveryId, body_hash: bodyHash, state, problem };
}

function toKey(row: NoticeRow): string {
  return `${row.workspace} ${row.delivery_id} ${row.body_hash}`;
}
