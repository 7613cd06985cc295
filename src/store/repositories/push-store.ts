/* eslint max-params: ["error", 4] -- workspace, repository, what is saved; and last, everywhere, the transaction */
import type { Commit } from '../../domain/commits/commit';
import type { Push } from '../../domain/commits/push';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import { toParents } from './commit-store';

interface PushRow {
  readonly workspace: string;
  readonly repository: string;
  readonly branch: string;
  readonly new_hash: string;
  readonly old_hash: string | null;
  readonly is_whole: number;
  readonly pushed_at: number;
}

const pushTable: Table<PushRow> = {
  name: 'pushes',
  key: ['workspace', 'repository', 'branch', 'new_hash'],
  columns: {
    workspace: 'text',
    repository: 'text',
    branch: 'text',
    new_hash: 'text',
    old_hash: 'text',
    is_whole: 'integer',
    pushed_at: 'bigint',
  },
};

interface CommitRow {
  readonly workspace: string;
  readonly repository: string;
  readonly branch: string;
  readonly hash: string;
  readonly new_hash: string;
  readonly authored_at: number;
  readonly parents: string | null;
  readonly pushed_at: number;
}

const commitTable: Table<CommitRow> = {
  name: 'pushed_commits',
  key: ['workspace', 'repository', 'branch', 'hash'],
  columns: {
    workspace: 'text',
    repository: 'text',
    branch: 'text',
    hash: 'text',
    new_hash: 'text',
    authored_at: 'bigint',
    parents: 'text',
    pushed_at: 'bigint',
  },
};

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
    { pushes, at }: { pushes: readonly Push[]; at: Instant },
    tx: Transaction,
  ): Promise<void> {
    const place = { workspace, repository: repositoryUuid };
    const rows = pushes.map(({ branch, newHash, oldHash, isWhole }) => ({
      ...{ ...place, branch, new_hash: newHash, old_hash: oldHash },
      ...{ is_whole: isWhole ? 1 : 0, pushed_at: at },
    }));
    const commits = pushes.flatMap(({ branch, newHash, commits: pushed }) =>
      pushed.map(({ hash, authoredAt, parents }) => ({
        ...{ ...place, branch, hash, new_hash: newHash, authored_at: authoredAt },
        ...{ parents: parents?.join(' ') ?? null, pushed_at: at },
      })),
    );
    await this.#database.insert(pushTable, rows, { onConflict: 'keep', tx });
    await this.#database.insert(commitTable, commits, { onConflict: 'keep', tx });
  }

  /** The pushes to a branch, oldest first, each with the commits that it was the first to bring there. */
  async list(workspace: string, repositoryUuid: string, branch: string): Promise<Push[]> {
    const values = [workspace, repositoryUuid, branch];
    const where = 'WHERE workspace = $1 AND repository = $2 AND branch = $3';
    const [rows, commits] = await Promise.all([
      this.#database.read<PushRow>(
        `SELECT branch, new_hash, old_hash, is_whole FROM pushes ${where} ORDER BY pushed_at, new_hash`,
        values,
      ),
      this.#database.read<CommitRow>(
        `SELECT hash, new_hash, authored_at, parents FROM pushed_commits ${where} ORDER BY hash`,
        values,
      ),
    ]);
    return rows.map((row) => ({
      branch: row.branch,
      oldHash: row.old_hash,
      newHash: row.new_hash,
      isWhole: row.is_whole === 1,
      commits: commits.filter(({ new_hash: newHash }) => newHash === row.new_hash).map(toCommit),
    }));
  }

  /** Forgets what was pushed before a moment. */
  async forget(workspace: string, before: Instant): Promise<void> {
    for (const table of [pushTable.name, commitTable.name]) {
      await this.#database.write(`DELETE FROM ${table} WHERE workspace = $1 AND pushed_at < $2`, [workspace, before]);
    }
  }
}

function toCommit({ hash, authored_at: authoredAt, parents }: CommitRow): Commit {
  return { hash, authoredAt, parents: toParents(parents) };
}
