import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, toBatches, toJson, type Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { RepositoryKey } from './pull-request-rows';

export interface ListedCommit {
  readonly hash: string;
  readonly authoredAt: Instant;
}

interface CommitRow {
  readonly workspace: string;
  readonly repository: string;
  readonly number: number;
  readonly position: number;
  readonly hash: string;
  readonly authored_at: number;
}

const commitTable: Table<CommitRow> = {
  name: 'pull_request_commits',
  key: ['workspace', 'repository', 'number', 'position'],
  columns: {
    workspace: 'text',
    repository: 'text',
    number: 'bigint',
    position: 'integer',
    hash: 'text',
    authored_at: 'bigint',
  },
};

/** The list of commits of each pull request. */
export class CommitLists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts each list in the place of the one before; gives the numbers of those that changed by it. */
  async replace(
    key: RepositoryKey,
    lists: ReadonlyMap<number, readonly ListedCommit[]>,
    tx: Transaction,
  ): Promise<Set<number>> {
    const before = await this.#load(key, [...lists.keys()], tx);
    const changed = [...lists]
      .map(([number, commits]) => ({ number, commits: eachOnce(commits) }))
      .filter(({ number, commits }) => toComparable(commits) !== toComparable(before.get(number) ?? []));
    await this.#delete(
      key,
      changed.map(({ number }) => number).filter((number) => before.has(number)),
      tx,
    );
    const rows = changed.flatMap(({ number, commits }) =>
      commits.map(({ hash, authoredAt }, position) => ({ ...key, number, position, hash, authored_at: authoredAt })),
    );
    await this.#database.insert(commitTable, rows, { onConflict: 'overwrite', tx });
    return new Set(changed.map(({ number }) => number));
  }

  /** In the order in which they were saved. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<ListedCommit[]> {
    return this.#database.read<ListedCommit>(
      `SELECT hash, authored_at AS "authoredAt" FROM pull_request_commits
       WHERE workspace = $1 AND repository = $2 AND number = $3 ORDER BY position`,
      [key.workspace, key.repository, number],
      tx,
    );
  }

  async #load(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<Map<number, ListedCommit[]>> {
    const lists = new Map<number, ListedCommit[]>();
    for (const batch of toBatches(numbers)) {
      const rows = await this.#database.read<ListedCommit & { number: number }>(
        `SELECT number, hash, authored_at AS "authoredAt" FROM pull_request_commits
         WHERE workspace = $1 AND repository = $2
           AND ${isOneOf(this.#database.dialect, 'number', { parameter: '$3', type: 'bigint' })}
         ORDER BY number, position`,
        [key.workspace, key.repository, toJson(batch)],
        tx,
      );
      for (const { number, hash, authoredAt } of rows) {
        const list = lists.get(number) ?? [];
        list.push({ hash, authoredAt });
        lists.set(number, list);
      }
    }
    return lists;
  }

  async #delete(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<void> {
    for (const batch of toBatches(numbers)) {
      await this.#database.write(
        `DELETE FROM pull_request_commits WHERE workspace = $1 AND repository = $2
         AND ${isOneOf(this.#database.dialect, 'number', { parameter: '$3', type: 'bigint' })}`,
        [key.workspace, key.repository, toJson(batch)],
        tx,
      );
    }
  }
}

/** A commit named twice by its source is one change. */
function eachOnce(commits: readonly ListedCommit[]): readonly ListedCommit[] {
  return [...new Map(commits.map((commit) => [commit.hash, commit])).values()];
}

function toComparable(commits: readonly ListedCommit[]): string {
  return commits.map(({ hash, authoredAt }) => `${hash} ${authoredAt}`).join('\n');
}
