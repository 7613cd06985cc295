import type { Database } from '../database/database';
import type { RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { columnCheckpoints, monthColumns } from '../schema/columns';

/** Of which version the finished columns of a workspace are, and what they were made with. */
export type ColumnCheckpoint = Omit<RowOf<typeof columnCheckpoints>, 'workspace'>;

/** The finished columns of a UTC month `YYYY-MM`, as bytes. */
export type StoredMonth = Omit<RowOf<typeof monthColumns>, 'workspace'>;

/** What has changed since the columns were stored last. */
interface ColumnChange {
  readonly checkpoint: ColumnCheckpoint;
  readonly months: readonly StoredMonth[];
  /** Months that hold nothing any more. */
  readonly gone: readonly string[];
}

/**
 * Finished columns, which can be made again from the facts at any time: they only spare the reading of all facts when a
 * process starts.
 */
export class ColumnStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async getCheckpoint(workspace: string, tx?: Transaction): Promise<ColumnCheckpoint | null> {
    return this.#database.findOne(columnCheckpoints, { workspace }, tx);
  }

  /** In order. */
  async listMonths(workspace: string, tx?: Transaction): Promise<string[]> {
    const query = { where: { workspace }, without: ['columns'], order: ['month'] } as const;
    return (await this.#database.find(monthColumns, query, tx)).map(({ month }) => month);
  }

  async readMonth(workspace: string, month: string, tx?: Transaction): Promise<Buffer | null> {
    return (await this.#database.findOne(monthColumns, { workspace, month }, tx))?.columns ?? null;
  }

  /** Never goes back to an older version: of several processes the one that knows most wins. */
  async save(workspace: string, { checkpoint, months, gone }: ColumnChange): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const before = await this.getCheckpoint(workspace, tx);
      if (before !== null && before.version > checkpoint.version) return;
      for (const { month, columns } of months) {
        // Bytes cannot come in a batch of JSON.
        await this.#database.write(
          `INSERT INTO month_columns (workspace, month, columns) VALUES ($1, $2, $3)
           ON CONFLICT (workspace, month) DO UPDATE SET columns = excluded.columns`,
          [workspace, month, columns],
          tx,
        );
      }
      await this.#database.delete(monthColumns, { workspace, month: gone }, tx);
      await this.#database.insert(columnCheckpoints, [{ workspace, ...checkpoint }], { onConflict: 'overwrite', tx });
    });
  }
}
