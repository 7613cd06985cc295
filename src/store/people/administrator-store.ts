import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { administrators } from '../schema/people';
import { WorkspaceStore } from '../workspaces/workspace-store';

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
      await this.#database.delete(administrators, { workspace }, own);
      const rows = [...new Set(reading.userUuids)].map((userUuid) => ({ workspace, userUuid }));
      await this.#database.insert(administrators, rows, { onConflict: 'keep', tx: own });
      await this.#workspaces.update(workspace, { administratorsReadAt: reading.now }, own);
    });
  }

  async has(workspace: string, userUuid: string, tx?: Transaction): Promise<boolean> {
    return (await this.#database.findOne(administrators, { workspace, userUuid }, tx)) !== null;
  }

  /** By UUID with braces. */
  async list(workspace: string, tx?: Transaction): Promise<string[]> {
    const rows = await this.#database.find(administrators, { where: { workspace } }, tx);
    return rows.map(({ userUuid }) => userUuid);
  }

  /** When they were last read; `null`: never. */
  async readAt(workspace: string, tx?: Transaction): Promise<Instant | null> {
    const stored = await this.#workspaces.get(workspace, tx);
    return stored?.administratorsReadAt ?? null;
  }
}
