/* eslint max-params: ["error", 4] -- workspace, repository, what is saved; and last, everywhere, the transaction */
import type { Commit } from '../../domain/commits/commit';
import type { Database } from '../database/database';
import { isOneOf, toJson, type Table } from '../database/table';
import type { Transaction } from '../database/transaction';

interface CommitRow {
  readonly workspace: string;
  readonly repository: string;
  readonly hash: string;
  readonly authored_at: number;
  readonly parents: string | null;
}

const commitTable: Table<CommitRow> = {
  name: 'commits',
  key: ['workspace', 'repository', 'hash'],
  columns: { workspace: 'text', repository: 'text', hash: 'text', authored_at: 'bigint', parents: 'text' },
};

/** The history of a repository as far as it was walked. */
export class CommitStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of a commit saved again the last one stays; each hash counts once. */
  async saveAll(
    workspace: string,
    repositoryUuid: string,
    commits: readonly Commit[],
    tx?: Transaction,
  ): Promise<void> {
    const rows = new Map(
      commits.map(({ hash, authoredAt, parents }) => [
        hash,
        {
          workspace,
          repository: repositoryUuid,
          hash,
          authored_at: authoredAt,
          parents: parents === null ? null : parents.join(' '),
        },
      ]),
    );
    await this.#database.insert(commitTable, [...rows.values()], { onConflict: 'overwrite', tx });
  }

  /** In the order of their hashes. */
  async loadAll(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<Commit[]> {
    const rows = await this.#database.read<{ hash: string; authored_at: number; parents: string | null }>(
      'SELECT hash, authored_at, parents FROM commits WHERE workspace = $1 AND repository = $2 ORDER BY hash',
      [workspace, repositoryUuid],
      tx,
    );
    return rows.map((row) => ({ hash: row.hash, authoredAt: row.authored_at, parents: toParents(row.parents) }));
  }

  /** The walked commit that a whole or cut hash names; `null` when none does, or more than one. */
  async findByPrefix(workspace: string, repositoryUuid: string, prefix: string): Promise<Commit | null> {
    const rows = await this.#database.read<{ hash: string; authored_at: number; parents: string | null }>(
      `SELECT hash, authored_at, parents FROM commits
       WHERE workspace = $1 AND repository = $2 AND hash >= $3 AND hash < $4 ORDER BY hash LIMIT 2`,
      [workspace, repositoryUuid, prefix, `${prefix}g`],
    );
    const [row, ...others] = rows;
    if (row === undefined || others.length > 0) return null;
    return { hash: row.hash, authoredAt: row.authored_at, parents: toParents(row.parents) };
  }

  /** Which of these commits the walk met. */
  async pickKnown(workspace: string, repositoryUuid: string, hashes: readonly string[]): Promise<Set<string>> {
    const rows = await this.#database.read<{ hash: string }>(
      `SELECT hash FROM commits WHERE workspace = $1 AND repository = $2
       AND ${isOneOf(this.#database.dialect, 'hash', { parameter: '$3', type: 'text' })}`,
      [workspace, repositoryUuid, toJson(hashes)],
    );
    return new Set(rows.map(({ hash }) => hash));
  }

  async clear(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<void> {
    await this.#database.write(
      'DELETE FROM commits WHERE workspace = $1 AND repository = $2',
      [workspace, repositoryUuid],
      tx,
    );
  }
}

export function toParents(text: string | null): string[] | null {
  if (text === null) {
    return null;
  }
  return text === '' ? [] : text.split(' ');
}
