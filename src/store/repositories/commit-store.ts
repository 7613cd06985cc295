/* eslint max-params: ["error", 4] -- workspace, repository, what is saved; and last, everywhere, the transaction */
import type { Commit } from '../../domain/commits/commit';
import type { Database } from '../database/database';
import { selectList, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { commits } from '../schema/repositories';

/** The history of a repository as far as it was walked. */
export class CommitStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of a commit saved again the last one stays; each hash counts once. */
  async saveAll(workspace: string, repositoryUuid: string, walked: readonly Commit[], tx?: Transaction): Promise<void> {
    const rows = new Map(
      walked.map((commit) => [commit.hash, { workspace, repositoryUuid, ...commit, parents: toParentsText(commit) }]),
    );
    await this.#database.insert(commits, [...rows.values()], { onConflict: 'overwrite', tx });
  }

  /** In the order of their hashes. */
  async loadAll(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<Commit[]> {
    const rows = await this.#database.find(commits, { where: { workspace, repositoryUuid }, order: ['hash'] }, tx);
    return rows.map(toCommit);
  }

  /** The walked commit that a whole or cut hash names; `null` when none does, or more than one. */
  async findByPrefix(workspace: string, repositoryUuid: string, prefix: string): Promise<Commit | null> {
    // By no model, which would write the statement anew for each hash.
    const [row, ...others] = await this.#database.read<RowOf<typeof commits>>(
      `SELECT ${selectList(commits)} FROM commits
       WHERE workspace = $1 AND repository = $2 AND hash >= $3 AND hash < $4 ORDER BY hash LIMIT 2`,
      [workspace, repositoryUuid, prefix, `${prefix}g`],
    );
    return row === undefined || others.length > 0 ? null : toCommit(row);
  }

  /** Which of these commits the walk met. */
  async pickKnown(workspace: string, repositoryUuid: string, hashes: readonly string[]): Promise<Set<string>> {
    const query = { where: { workspace, repositoryUuid }, field: 'hash', among: hashes } as const;
    const rows = await this.#database.findAmong(commits, query);
    return new Set(rows.map(({ hash }) => hash));
  }

  async clear(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<void> {
    await this.#database.delete(commits, { workspace, repositoryUuid }, tx);
  }
}

export function toCommit({
  hash,
  authoredAt,
  parents,
}: Omit<RowOf<typeof commits>, 'workspace' | 'repositoryUuid'>): Commit {
  return { hash, authoredAt, parents: parents === '' ? [] : (parents?.split(' ') ?? null) };
}

export function toParentsText({ parents }: Pick<Commit, 'parents'>): string | null {
  return parents?.join(' ') ?? null;
}
