import type { KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, toJson, type Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import { SealStore } from '../pull-requests/seals';

interface BranchRow {
  readonly workspace: string;
  readonly repository: string;
  readonly since: number;
  readonly branch: string;
}

const branchTable: Table<BranchRow> = {
  name: 'default_branches',
  key: ['workspace', 'repository', 'since'],
  columns: { workspace: 'text', repository: 'text', since: 'bigint', branch: 'text' },
};

/** A repository as it was just read. */
interface ReadRepository {
  readonly uuid: string;
  readonly default_branch: string | null;
  readonly read_at: Instant;
}

/** The default branches that each repository had, as they came to be known. */
export class DefaultBranches {
  readonly #database: Database;
  readonly #seals: SealStore;

  constructor(database: Database) {
    this.#database = database;
    this.#seals = new SealStore(database);
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
    const learnt = repositories.flatMap(({ uuid, default_branch: branch, read_at: since }) =>
      branch === null || branch === before.get(uuid) ? [] : [{ workspace, repository: uuid, since, branch }],
    );
    await this.#database.insert(branchTable, learnt, { onConflict: 'overwrite', tx });
    for (const { repository } of learnt.filter((row) => !before.has(row.repository))) {
      await this.#seals.judge(workspace, repository, await this.list(workspace, repository, tx), tx);
    }
    return before;
  }

  /** Oldest first. */
  async list(workspace: string, uuid: string, tx?: Transaction): Promise<KnownDefaultBranch[]> {
    return this.#database.read<KnownDefaultBranch>(
      'SELECT since, branch FROM default_branches WHERE workspace = $1 AND repository = $2 ORDER BY since',
      [workspace, uuid],
      tx,
    );
  }

  async #loadLast(workspace: string, uuids: readonly string[], tx: Transaction): Promise<Map<string, string>> {
    const rows = await this.#database.read<BranchRow>(
      `SELECT repository, branch FROM default_branches
       WHERE workspace = $1 AND ${isOneOf(this.#database.dialect, 'repository', { parameter: '$2', type: 'text' })}
       ORDER BY since`,
      [workspace, toJson(uuids)],
      tx,
    );
    return new Map(rows.map(({ repository, branch }) => [repository, branch]));
  }
}
