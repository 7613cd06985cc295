import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';

/** What could not be read: a part of a pull request, its size; `list`: an entry of a list that nobody understands. */
export type ReadingPart = 'pull_request' | 'size' | 'list';

/** Something that Bitbucket did not show, or not in a way that can be understood. */
export interface ReadingProblem {
  readonly repositoryUuid: string;
  /** 0: of which pull request is not known. */
  readonly number: number;
  readonly what: ReadingPart;
  /** In words for a person. */
  readonly problem: string;
  /** Since when. */
  readonly since: Instant;
}

interface ProblemRow {
  readonly workspace: string;
  readonly repository: string;
  readonly number: number;
  readonly what: ReadingPart;
  readonly problem: string;
  readonly since: number;
}

const problemTable: Table<ProblemRow> = {
  name: 'reading_problems',
  key: ['workspace', 'repository', 'number', 'what'],
  columns: {
    workspace: 'text',
    repository: 'text',
    number: 'bigint',
    what: 'text',
    problem: 'text',
    since: 'bigint',
  },
};

/** What is named on the settings page, and read again until it can be read. */
export class ReadingProblemStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first sight of it stays, with its words. */
  async note(workspace: string, { repositoryUuid, ...problem }: ReadingProblem, tx?: Transaction): Promise<void> {
    const row = { workspace, repository: repositoryUuid, ...problem };
    await this.#database.insert(problemTable, [row], { onConflict: 'keep', tx });
  }

  /** It can be read now: of that pull request one part, or all. */
  async clear(
    workspace: string,
    which: { readonly repositoryUuid: string; readonly number: number; readonly what?: ReadingPart },
    tx?: Transaction,
  ): Promise<void> {
    const part = which.what === undefined ? '' : ' AND what = $4';
    const values = [workspace, which.repositoryUuid, which.number, ...(which.what === undefined ? [] : [which.what])];
    await this.#database.write(
      `DELETE FROM reading_problems WHERE workspace = $1 AND repository = $2 AND number = $3${part}`,
      values,
      tx,
    );
  }

  /** By repository and number; of one repository or of all. */
  async list(workspace: string, repositoryUuid: string | null = null): Promise<ReadingProblem[]> {
    const one = repositoryUuid === null ? '' : ' AND repository = $2';
    return this.#database.read<ReadingProblem>(
      `SELECT repository AS "repositoryUuid", number, what, problem, since FROM reading_problems
       WHERE workspace = $1${one} ORDER BY repository, number, what`,
      [workspace, ...(repositoryUuid === null ? [] : [repositoryUuid])],
    );
  }
}
