import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { columnCheckpoints, monthColumns } from '../schema/columns';
import { WorkspaceStore } from '../workspaces/workspace-store';

/** Of which version the finished columns of a workspace are, and what they were made with. */
export type ColumnCheckpoint = Omit<RowOf<typeof columnCheckpoints>, 'workspace'>;

/** The finished columns of a UTC month `YYYY-MM`, as bytes. */
export type StoredMonth = Omit<RowOf<typeof monthColumns>, 'workspace'>;

/** A workspace as it was connected: of one that was erased, and perhaps connected again, nothing old is written. */
export interface ConnectedWorkspace {
  readonly uuid: string;
  readonly connectedAt: Instant;
}

/**
 * Finished columns, which can be made again from the facts at any time: they only spare the reading of all facts when a
 * process starts. Months are written one by one, so that nobody waits for all of them; the checkpoint that names them is
 * written last, and says by what each can be known.
 */
export class ColumnStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  async getCheckpoint(workspace: string, tx?: Transaction): Promise<ColumnCheckpoint | null> {
    const row = await this.#database.findOne(columnCheckpoints, { workspace }, tx);
    return row && { version: row.version, basis: row.basis, names: row.names };
  }

  async readMonth(workspace: string, month: string, tx?: Transaction): Promise<Buffer | null> {
    return (await this.#database.findOne(monthColumns, { workspace, month }, tx))?.columns ?? null;
  }

  async saveMonth(workspace: ConnectedWorkspace, { month, columns }: StoredMonth): Promise<void> {
    await this.#ifStillConnected(workspace, async (tx) => {
      // Bytes cannot come in a batch of JSON.
      await this.#database.write(
        `INSERT INTO month_columns (workspace, month, columns) VALUES ($1, $2, $3)
         ON CONFLICT (workspace, month) DO UPDATE SET columns = excluded.columns`,
        [workspace.uuid, month, columns],
        tx,
      );
    });
  }

  /** Never goes back to an older version: of several processes the one that knows most wins. */
  async saveCheckpoint(workspace: ConnectedWorkspace, checkpoint: ColumnCheckpoint): Promise<void> {
    await this.#ifStillConnected(workspace, async (tx) => {
      const before = await this.getCheckpoint(workspace.uuid, tx);
      if (before !== null && before.version > checkpoint.version) return;
      const row = { workspace: workspace.uuid, ...checkpoint };
      await this.#database.insert(columnCheckpoints, [row], { onConflict: 'overwrite', tx });
    });
  }

  /** Columns that no checkpoint names any more. */
  async deleteMonths(workspace: string, month: readonly string[]): Promise<void> {
    if (month.length > 0) await this.#database.delete(monthColumns, { workspace, month });
  }

  async #ifStillConnected(
    { uuid, connectedAt }: ConnectedWorkspace,
    write: (tx: Transaction) => Promise<void>,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const found = await this.#workspaces.get(uuid, tx);
      if (found === null || found.connectedAt !== connectedAt) return;
      await this.#workspaces.hold(uuid, tx);
      await write(tx);
    });
  }
}
