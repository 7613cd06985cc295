import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { imports, type RepositoryImport } from '../schema/repositories';

export type { ImportPhase, RepositoryImport } from '../schema/repositories';

/** History imports, one a repository. */
export class ImportStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(row: RepositoryImport, tx?: Transaction): Promise<void> {
    await this.#database.insert(imports, [row], { onConflict: 'overwrite', tx });
  }

  /**
   * Saves a step of the import that is under way. False, and nothing is saved, when the import was started again
   * meanwhile: the step belongs to the one before.
   */
  async advance(row: RepositoryImport, tx?: Transaction): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      const current = await this.get(row.workspace, row.repositoryUuid, own);
      if (current?.startedAt !== row.startedAt) return false;
      await this.save(row, own);
      return true;
    });
  }

  async get(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<RepositoryImport | null> {
    return this.#database.findOne(imports, { workspace, repositoryUuid }, tx);
  }

  /** In the order of the repositories' UUIDs. */
  async list(workspace: string, tx?: Transaction): Promise<RepositoryImport[]> {
    return this.#database.find(imports, { where: { workspace }, order: ['repositoryUuid'] }, tx);
  }

  async remove(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<void> {
    await this.#database.delete(imports, { workspace, repositoryUuid }, tx);
  }
}
