import type { ListedCommit } from '../../domain/commits/find-pushed-commits';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { replaceCommitList, type CommitList, type SeenCommit } from '../../domain/pull-requests/commit-list';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { pullRequestCommits } from '../schema/pull-requests';
import { findOfKeys, isOfKeys, toKeyJson } from './find-of-keys';
import type { RepositoryKey } from './pull-request-rows';
import type { PullRequestKey } from './read-recorded';

/** The list of a pull request as it was read. */
export type ReadList = PullRequestKey & CommitList;

/** The list of commits of each pull request. */
export class CommitLists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts each list in the place of the one before; gives the ids of the pull requests whose list changed by it. */
  async replace(workspace: string, lists: readonly ReadList[], tx: Transaction): Promise<Set<string>> {
    // Of one that was read twice the last list stays.
    const last = new Map(lists.map((list) => [formatDeployId(list), list]));
    if (last.size === 0) return new Set();
    const before = await this.#load(workspace, [...last.values()], tx);
    const changed = [...last].flatMap(([id, list]) => {
      const commits = replaceCommitList(before.get(id) ?? [], list);
      return commits === null ? [] : [{ id, list, commits }];
    });
    const replaced = changed.filter(({ id }) => before.has(id)).map(({ list }) => list);
    if (replaced.length > 0) await this.#clear(workspace, replaced, tx);
    const rows = changed.flatMap(({ list: { repositoryUuid, number }, commits }) =>
      commits.map((commit, position) => ({ workspace, repositoryUuid, number, position, ...commit })),
    );
    await this.#database.insert(pullRequestCommits, rows, { onConflict: 'overwrite', tx });
    return new Set(changed.map(({ id }) => id));
  }

  /** In the order in which they were saved. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<ListedCommit[]> {
    const rows = await this.#database.find(pullRequestCommits, { where: { ...key, number }, order: ['position'] }, tx);
    return rows.map(({ hash, authoredAt }) => ({ hash, authoredAt }));
  }

  async #clear(workspace: string, keys: readonly PullRequestKey[], tx: Transaction): Promise<void> {
    // Of however many pull requests in one statement.
    const sql = `DELETE FROM ${pullRequestCommits.name} WHERE workspace = $1 AND ${isOfKeys(this.#database, '$2')}`;
    await this.#database.write(sql, [workspace, toKeyJson(keys)], tx);
  }

  async #load(workspace: string, keys: readonly PullRequestKey[], tx: Transaction): Promise<Map<string, SeenCommit[]>> {
    const lists = new Map<string, SeenCommit[]>();
    const query = { workspace, keys, order: ['position'] } as const;
    for (const row of await findOfKeys(this.#database, pullRequestCommits, query, tx)) {
      const { hash, authoredAt, seenAt } = row;
      const list = lists.get(formatDeployId(row)) ?? [];
      list.push({ hash, authoredAt, seenAt });
      lists.set(formatDeployId(row), list);
    }
    return lists;
  }
}
