import type { KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { defaultBranches } from '../schema/repositories';
import { MergeRecordStore } from '../pull-requests/merge-records';

/** A repository as it was just read. */
interface ReadRepository {
  readonly uuid: string;
  readonly defaultBranch: string | null;
  readonly readAt: Instant;
}

/** The default branches that each repository had, as they came to be known. */
export class DefaultBranches {
  readonly #database: Database;
  readonly #mergeRecords: MergeRecordStore;

  constructor(database: Database) {
    this.#database = database;
    this.#mergeRecords = new MergeRecordStore(database);
  }

  /**
   * Writes down the branches that are not those known last; where none was known, judges the merges that waited for
   * one. Gives what was known before, by repository: a reading without a branch takes nothing of it away.
   */
  async learn(
    workspace: string,
    repositories: readonly ReadRepository[],
    tx: Transaction,
  ): Promise<ReadonlyMap<string, string>> {
    const before = await this.#loadLast(
      workspace,
      repositories.map(({ uuid }) => uuid),
      tx,
    );
    const learnt = repositories.flatMap(({ uuid: repositoryUuid, defaultBranch: branch, readAt: since }) =>
      branch === null || branch === before.get(repositoryUuid) ? [] : [{ workspace, repositoryUuid, since, branch }],
    );
    await this.#database.insert(defaultBranches, learnt, { onConflict: 'overwrite', tx });
    for (const { repositoryUuid: uuid } of learnt.filter((row) => !before.has(row.repositoryUuid))) {
      await this.#mergeRecords.judge(workspace, uuid, await this.list(workspace, uuid, tx), tx);
    }
    return before;
  }

  /** Oldest first. */
  async list(workspace: string, uuid: string, tx?: Transaction): Promise<KnownDefaultBranch[]> {
    const query = { where: { workspace, repositoryUuid: uuid }, order: ['since'] as const };
    const rows = await this.#database.find(defaultBranches, query, tx);
    return rows.map(({ since, branch }) => ({ since, branch }));
  }

  async #loadLast(workspace: string, repositoryUuid: readonly string[], tx: Transaction): Promise<Map<string, string>> {
    const query = { where: { workspace, repositoryUuid }, order: ['since'] as const };
    const rows = await this.#database.find(defaultBranches, query, tx);
    return new Map(rows.map((row) => [row.repositoryUuid, row.branch]));
  }
}
