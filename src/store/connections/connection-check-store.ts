import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { connectionChecks, type ConnectionCheck } from '../schema/connections';

export type { ConnectionCheck } from '../schema/connections';

/** What checks of tokens found: one check a workspace, the last. */
export class ConnectionCheckStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the place of the check before. `workspace`: its UUID, or the name that was asked for. */
  async replaceAll(
    workspace: string,
    checks: readonly Omit<ConnectionCheck, 'workspace' | 'position' | 'checkedAt'>[],
    checkedAt: Instant,
  ): Promise<void> {
    const rows = checks.map((check, position) => ({ ...check, workspace, position, checkedAt }));
    await this.#database.transaction(async (tx) => {
      await this.#database.delete(connectionChecks, { workspace }, tx);
      await this.#database.insert(connectionChecks, rows, { onConflict: 'overwrite', tx });
    });
  }

  /** In the order of the steps. */
  async list(workspace: string): Promise<ConnectionCheck[]> {
    return this.#database.find(connectionChecks, { where: { workspace }, order: ['position'] });
  }

  /** Of the check that was made last, whichever workspace it was of. */
  async listLast(): Promise<ConnectionCheck[]> {
    const last = await this.#database.readOne<{ workspace: string }>(
      'SELECT workspace FROM connection_checks ORDER BY checked_at DESC, workspace LIMIT 1',
      [],
    );
    return last === null ? [] : this.list(last.workspace);
  }
}
