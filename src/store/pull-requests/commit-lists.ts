import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import { replaceCommitList, type CommitList, type SeenCommit } from '../../domain/pull-requests/commit-list';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { pullRequestCommits } from '../schema/pull-requests';
import type { RepositoryKey } from './pull-request-rows';

/** The list of commits of each pull request. */
export class CommitLists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts each list in the place of the one before; gives the numbers of those that changed by it. */
  async replace(key: RepositoryKey, lists: ReadonlyMap<number, CommitList>, tx: Transaction): Promise<Set<number>> {
    if (lists.size === 0) return new Set();
    const before = await this.#load(key, [...lists.keys()], tx);
    const changed = new Map<number, readonly SeenCommit[]>();
    for (const [number, list] of lists) {
      const commits = replaceCommitList(before.get(number) ?? [], list);
      if (commits !== null) changed.set(number, commits);
    }
    const number = [...changed.keys()].filter((one) => before.has(one));
    if (number.length > 0) await this.#database.delete(pullRequestCommits, { ...key, number }, tx);
    const rows = [...changed].flatMap(([number, commits]) =>
      commits.map((commit, position) => ({ ...key, number, position, ...commit })),
    );
    await this.#database.insert(pullRequestCommits, rows, { onConflict: 'overwrite', tx });
    return new Set(changed.keys());
  }

  /** In the order in which they were saved. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<ListedCommit[]> {
    const rows = await this.#database.find(pullRequestCommits, { where: { ...key, number }, order: ['position'] }, tx);
    return rows.map(({ hash, authoredAt }) => ({ hash, authoredAt }));
  }

  async #load(
    { workspace, repositoryUuid }: RepositoryKey,
    numbers: readonly number[],
    tx: Transaction,
  ): Promise<Map<number, SeenCommit[]>> {
    const lists = new Map<number, SeenCommit[]>();
    const query = { where: { workspace, repositoryUuid }, field: 'number', among: numbers } as const;
    const rows = await this.#database.findAmong(pullRequestCommits, { ...query, order: ['number', 'position'] }, tx);
    for (const { number, hash, authoredAt, seenAt } of rows) {
      const list = lists.get(number) ?? [];
      list.push({ hash, authoredAt, seenAt });
      lists.set(number, list);
    }
    return lists;
  }
}
