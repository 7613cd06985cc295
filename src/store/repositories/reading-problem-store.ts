import type { Database } from '../database/database';
import { toBatches, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { isOfKeys, toKeyJson } from '../pull-requests/find-of-keys';
import type { PullRequestKey } from '../pull-requests/read-recorded';
import { readingProblems, type ReadingPart } from '../schema/repositories';

export type { ReadingPart } from '../schema/repositories';
export type ReadingProblem = Omit<RowOf<typeof readingProblems>, 'workspace'>;

/** What is named on the settings page, and read again until it can be read. */
export class ReadingProblemStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first sight of it stays, with its words. */
  async note(workspace: string, problem: ReadingProblem, tx?: Transaction): Promise<void> {
    await this.#database.insert(readingProblems, [{ workspace, ...problem }], { onConflict: 'keep', tx });
  }

  /** It can be read now: of that pull request one part, or all. */
  async clear(
    workspace: string,
    { repositoryUuid, number, what }: { repositoryUuid: string; number: number; what?: ReadingPart },
    tx?: Transaction,
  ): Promise<void> {
    const part = what === undefined ? {} : { what };
    await this.#database.delete(readingProblems, { workspace, repositoryUuid, number, ...part }, tx);
  }

  /** As `clear`, one part of several. */
  async clearAll(
    workspace: string,
    { keys, what }: { readonly keys: readonly PullRequestKey[]; readonly what: ReadingPart },
    tx?: Transaction,
  ): Promise<void> {
    // Of however many in one statement.
    const sql = `DELETE FROM ${readingProblems.name} WHERE workspace = $1 AND what = $3 AND ${isOfKeys(this.#database, '$2')}`;
    for (const some of toBatches(keys)) await this.#database.write(sql, [workspace, toKeyJson(some), what], tx);
  }

  /** By repository and number; of one repository or of all. */
  async list(workspace: string, repositoryUuid: string | null = null): Promise<ReadingProblem[]> {
    const one = repositoryUuid === null ? {} : { repositoryUuid };
    const order = ['repositoryUuid', 'number', 'what'] as const;
    return this.#database.find(readingProblems, { where: { workspace, ...one }, without: ['workspace'], order });
  }
}
