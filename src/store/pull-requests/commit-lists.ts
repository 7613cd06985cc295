import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, toBatches, toJson } from '../database/table';
import type { Transaction } from '../database/transaction';
import { pullRequestCommits } from '../schema/pull-requests';
import type { RepositoryKey } from './pull-request-rows';

export interface ListedCommit {
  readonly hash: string;
  readonly authoredAt: Instant;
}

/** A list as it was read. */
export interface CommitList {
  readonly commits: readonly ListedCommit[];
  /** When; `null`: nobody knows. */
  readonly seenAt: Instant | null;
}

/** With the moment at which it was first seen in a list of the pull request. */
type SeenCommit = ListedCommit & { readonly seenAt: Instant | null };

/** The list of commits of each pull request. */
export class CommitLists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts each list in the place of the one before; gives the numbers of those that changed by it. */
  async replace(key: RepositoryKey, lists: ReadonlyMap<number, CommitList>, tx: Transaction): Promise<Set<number>> {
    const before = await this.#load(key, [...lists.keys()], tx);
    const changed = [...lists]
      .map(([number, { commits, seenAt }]) => ({
        number,
        commits: eachOnce(commits),
        seenAt: toFirstSeen(before.get(number) ?? [], seenAt),
      }))
      .filter(({ number, commits }) => toComparable(commits) !== toComparable(before.get(number) ?? []));
    await this.#delete(
      key,
      changed.map(({ number }) => number).filter((number) => before.has(number)),
      tx,
    );
    const rows = changed.flatMap(({ number, commits, seenAt }) =>
      commits.map(({ hash, authoredAt }, position) => ({
        ...{ ...key, number, position, hash, authoredAt },
        seenAt: seenAt(hash),
      })),
    );
    await this.#database.insert(pullRequestCommits, rows, { onConflict: 'overwrite', tx });
    return new Set(changed.map(({ number }) => number));
  }

  /** In the order in which they were saved. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<ListedCommit[]> {
    const rows = await this.#database.find(pullRequestCommits, { where: { ...key, number }, order: ['position'] }, tx);
    return rows.map(({ hash, authoredAt }) => ({ hash, authoredAt }));
  }

  async #load(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<Map<number, SeenCommit[]>> {
    const lists = new Map<number, SeenCommit[]>();
    for (const batch of toBatches(numbers)) {
      // One bound value for many numbers.
      const rows = await this.#database.read<SeenCommit & { number: number }>(
        `SELECT number, hash, authored_at AS "authoredAt", seen_at AS "seenAt" FROM pull_request_commits
         WHERE workspace = $1 AND repository = $2
           AND ${isOneOf(this.#database.dialect, 'number', { parameter: '$3', type: 'bigint' })}
         ORDER BY number, position`,
        [key.workspace, key.repositoryUuid, toJson(batch)],
        tx,
      );
      for (const { number, ...commit } of rows) {
        const list = lists.get(number) ?? [];
        list.push(commit);
        lists.set(number, list);
      }
    }
    return lists;
  }

  async #delete(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<void> {
    for (const batch of toBatches(numbers)) {
      // One bound value for many numbers.
      await this.#database.write(
        `DELETE FROM pull_request_commits WHERE workspace = $1 AND repository = $2
         AND ${isOneOf(this.#database.dialect, 'number', { parameter: '$3', type: 'bigint' })}`,
        [key.workspace, key.repositoryUuid, toJson(batch)],
        tx,
      );
    }
  }
}

/** A commit that was in the list before was seen then. */
function toFirstSeen(before: readonly SeenCommit[], now: Instant | null): (hash: string) => Instant | null {
  const known = new Map(before.map(({ hash, seenAt }) => [hash, seenAt]));
  return (hash) => (known.has(hash) ? (known.get(hash) ?? null) : now);
}

/** A commit named twice by its source is one change. */
function eachOnce(commits: readonly ListedCommit[]): readonly ListedCommit[] {
  return [...new Map(commits.map((commit) => [commit.hash, commit])).values()];
}

function toComparable(commits: readonly ListedCommit[]): string {
  return commits.map(({ hash, authoredAt }) => `${hash} ${authoredAt}`).join('\n');
}

/** The earliest author date of a list and of what was known before. */
export function findEarliest(known: Instant | null, commits: readonly ListedCommit[]): Instant | null {
  return commits.reduce<Instant | null>(
    (earliest, { authoredAt }) => (earliest === null ? authoredAt : Math.min(earliest, authoredAt)),
    known,
  );
}
