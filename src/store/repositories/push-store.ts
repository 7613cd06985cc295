/* eslint max-params: ["error", 4] -- workspace, repository, what is saved; and last, everywhere, the transaction */
import type { Push } from '../../domain/commits/push';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { pushedCommits, pushes } from '../schema/repositories';
import { toCommit, toParentsText } from './commit-store';

/** What notices of pushes told of branches: for pull requests whose branch is gone before it can be read. */
export class PushStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A push told twice is one; of a commit pushed twice to a branch the first push stays. */
  async saveAll(
    workspace: string,
    repositoryUuid: string,
    { pushes: told, at }: { pushes: readonly Push[]; at: Instant },
    tx: Transaction,
  ): Promise<void> {
    const place = { workspace, repositoryUuid, pushedAt: at };
    const rows = told.map(({ branch, newHash, oldHash, isWhole }) => ({ ...place, branch, newHash, oldHash, isWhole }));
    const commitRows = told.flatMap(({ branch, newHash, commits }) =>
      commits.map((commit) => ({ ...place, branch, newHash, ...commit, parents: toParentsText(commit) })),
    );
    await this.#database.insert(pushes, rows, { onConflict: 'keep', tx });
    await this.#database.insert(pushedCommits, commitRows, { onConflict: 'keep', tx });
  }

  /** The pushes to a branch, oldest first, each with the commits that it was the first to bring there. */
  async list(workspace: string, repositoryUuid: string, branch: string): Promise<Push[]> {
    const where = { workspace, repositoryUuid, branch };
    const rows = await this.#database.find(pushes, { where, order: ['pushedAt', 'newHash'] });
    if (rows.length === 0) return [];
    const commits = await this.#database.find(pushedCommits, { where, order: ['hash'] });
    return rows.map(({ oldHash, newHash, isWhole }) => ({
      ...{ branch, oldHash, newHash, isWhole },
      commits: commits.filter((commit) => commit.newHash === newHash).map(toCommit),
    }));
  }
}
