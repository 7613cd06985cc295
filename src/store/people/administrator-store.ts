import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import { WorkspaceStore } from '../workspaces/workspace-store';

interface AdministratorRow {
  readonly workspace: string;
  readonly user_uuid: string;
}

const administratorTable: Table<AdministratorRow> = {
  name: 'administrators',
  key: ['workspace', 'user_uuid'],
  columns: { workspace: 'text', user_uuid: 'text' },
};

/** Who administers a workspace, as Bitbucket last said. */
export class AdministratorStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  /** All there are, as read now. */
  async replaceAll(
    workspace: string,
    reading: { userUuids: readonly string[]; now: Instant },
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      await this.#database.write('DELETE FROM administrators WHERE workspace = $1', [workspace], own);
      const rows = [...new Set(reading.userUuids)].map((uuid) => ({ workspace, user_uuid: uuid }));
      await this.#database.insert(administratorTable, rows, { onConflict: 'keep', tx: own });
      await this.#workspaces.update(workspace, { administratorsReadAt: reading.now }, own);
    });
  }

  async has(workspace: string, userUuid: string, tx?: Transaction): Promise<boolean> {
    const row = await this.#database.readOne(
      'SELECT user_uuid FROM administrators WHERE workspace = $1 AND user_uuid = $2',
      [workspace, userUuid],
      tx,
    );
    return row !== null;
  }

  /** When they were last read; `null`: never. */
  async readAt(workspace: string, tx?: Transaction): Promise<Instant | null> {
    const stored = await this.#workspaces.get(workspace, tx);
    return stored?.administratorsReadAt ?? null;
  }
}
