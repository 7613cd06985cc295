import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { pickColumns, selectList, selectRows, toBatches, toJson, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { notices, type KeptNotice, type NoticeState } from '../schema/work';

export { noticeStates, type KeptNotice, type NoticeState } from '../schema/work';

/** A notice as received; its key is workspace, delivery id and hash of the body. */
export type NoticeToKeep = Omit<KeptNotice, 'state' | 'problem' | 'awaits'> & Partial<Pick<KeptNotice, 'awaits'>>;
export type NoticeMark = Pick<KeptNotice, 'deliveryId' | 'bodyHash' | 'problem'> & {
  readonly state: Exclude<NoticeState, 'waiting' | 'held'>;
};

const waitingFields = pickColumns(notices, ['deliveryId', 'bodyHash', 'eventKey', 'body', 'receivedAt']);
export type WaitingNotice = RowOf<typeof waitingFields>;

const markedFields = pickColumns(notices, ['deliveryId', 'bodyHash', 'state', 'problem']).columns;

/** Notices as received, each kept once. */
export class NoticeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Durable when resolved; a notice kept before stays as it is. */
  async keepAll(arrived: readonly NoticeToKeep[], tx?: Transaction): Promise<void> {
    // In the order of the key: two processes that keep the same notices at once may not wait crosswise.
    const rows = arrived.toSorted((a, b) => (toKey(a) < toKey(b) ? -1 : 1));
    for (let start = 0; start < rows.length; start += rowsOfStatement) {
      const batch = rows.slice(start, start + rowsOfStatement);
      await this.#database.write(insertRows(batch.length), batch.flatMap(toValues), tx);
    }
  }

  /** Oldest first. */
  async listWaiting(workspace: string, limit: number, tx?: Transaction): Promise<WaitingNotice[]> {
    // The state stands in the statement: it is that of an index.
    return this.#database.read<WaitingNotice>(
      `SELECT ${selectList(waitingFields)} FROM notices WHERE workspace = $1 AND state = 'waiting'
       ORDER BY received_at, delivery_id, body_hash LIMIT $2`,
      [workspace, limit],
      tx,
    );
  }

  /** By the index alone, which has no bodies. */
  async countHeld(workspace: string): Promise<number> {
    const sql = "SELECT count(*) AS count FROM notices WHERE workspace = $1 AND state = 'held'";
    return (await this.#database.readOne<{ count: number }>(sql, [workspace]))?.count ?? 0;
  }

  /** What the notices that are held wait for. */
  async listAwaited(workspace: string): Promise<string[]> {
    const sql = "SELECT DISTINCT awaits FROM notices WHERE workspace = $1 AND state = 'held'";
    return (await this.#database.read<{ awaits: string }>(sql, [workspace])).map(({ awaits }) => awaits);
  }

  /** Whatever waited for this is to be worked off like any other, or is forgotten. */
  async settleHeld(
    { workspace, awaits }: { readonly workspace: string; readonly awaits: string },
    becomes: 'waiting' | 'forgotten',
    tx?: Transaction,
  ): Promise<void> {
    const where = { workspace, awaits, state: 'held' as const };
    if (becomes === 'forgotten') await this.#database.delete(notices, where, tx);
    else await this.#database.update(notices, { where, set: { state: becomes, awaits: null } }, tx);
  }

  /** When the last one arrived; `null` without any that is still kept. */
  async lastReceivedAt(workspace: string): Promise<Instant | null> {
    const row = await this.#database.readOne<{ at: Instant | null }>(
      'SELECT max(received_at) AS at FROM notices WHERE workspace = $1',
      [workspace],
    );
    return row?.at ?? null;
  }

  /** What became of them. The body is let go of one that is done, whose facts are stored, and of one that means nothing. */
  async markAll(workspace: string, marks: readonly NoticeMark[], tx?: Transaction): Promise<void> {
    // One statement for up to two hundred marks, each another.
    const batch = selectRows(this.#database.dialect, '$2', markedFields);
    for (const rows of toBatches(marks)) {
      await this.#database.write(
        `UPDATE notices SET state = batch.state, problem = batch.problem,
           body = CASE WHEN batch.state IN ('done', 'unknown') THEN '' ELSE body END
         FROM ${batch} AS batch WHERE notices.workspace = $1
           AND notices.delivery_id = batch.delivery_id AND notices.body_hash = batch.body_hash`,
        [workspace, toJson(rows)],
        tx,
      );
    }
  }
}

/** SQLite binds 32,766 values at most. */
const rowsOfStatement = 500;

/** Bodies are large: bound as they are, each is copied once, where a batch as JSON has to be written and read again. */
function insertRows(count: number): string {
  const places = Array.from({ length: count }, (_, row) => {
    const values = Array.from({ length: 8 }, (_value, column) => `$${row * 8 + column + 1}`);
    return `(${values.join(', ')})`;
  });
  return `INSERT INTO notices (workspace, delivery_id, body_hash, event_key, body, received_at, awaits, state)
    VALUES ${places.join(', ')} ON CONFLICT DO NOTHING`;
}

function toValues({ workspace, deliveryId, bodyHash, eventKey, body, receivedAt, awaits = null }: NoticeToKeep) {
  return [workspace, deliveryId, bodyHash, eventKey, body, receivedAt, awaits, awaits === null ? 'waiting' : 'held'];
}

function toKey({ workspace, deliveryId, bodyHash }: NoticeToKeep): string {
  return `${workspace} ${deliveryId} ${bodyHash}`;
}
