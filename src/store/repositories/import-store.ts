import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';

export type ImportPhase = 'pull_requests' | 'open' | 'activity' | 'history' | 'commits' | 'done' | 'failed';

/** Where the history import of a repository stands. */
export interface RepositoryImport {
  readonly workspace: string;
  readonly repositoryUuid: string;
  readonly phase: ImportPhase;
  /** Where to go on; `null` at the beginning of a phase. */
  readonly cursor: string | null;
  /** How far back it reads. */
  readonly since: Instant;
  readonly listed: number;
  /** Pull requests in all, once Bitbucket has told. */
  readonly expected: number | null;
  /** Pull requests with everything but sizes. */
  readonly finished: number;
  readonly pages: number;
  /** Why it failed, in words. */
  readonly problem: string | null;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  /** Started again by a person. */
  readonly anew: boolean;
}

interface ImportRow {
  readonly workspace: string;
  readonly repository: string;
  readonly phase: ImportPhase;
  readonly cursor: string | null;
  readonly since: number;
  readonly listed: number;
  readonly expected: number | null;
  readonly finished: number;
  readonly pages: number;
  readonly problem: string | null;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly anew: number;
}

const importTable: Table<ImportRow> = {
  name: 'imports',
  key: ['workspace', 'repository'],
  columns: {
    workspace: 'text',
    repository: 'text',
    phase: 'text',
    cursor: 'text',
    since: 'bigint',
    listed: 'bigint',
    expected: 'bigint',
    finished: 'bigint',
    pages: 'bigint',
    problem: 'text',
    started_at: 'bigint',
    finished_at: 'bigint',
    anew: 'integer',
  },
};

/** History imports, one a repository. */
export class ImportStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(row: RepositoryImport, tx?: Transaction): Promise<void> {
    const { repositoryUuid, startedAt, finishedAt, anew, ...same } = row;
    const stored = {
      ...same,
      repository: repositoryUuid,
      started_at: startedAt,
      finished_at: finishedAt,
      anew: anew ? 1 : 0,
    };
    await this.#database.insert(importTable, [stored], { onConflict: 'overwrite', tx });
  }

  /**
   * Saves a step of the import that is under way. False, and nothing is saved, when the import was started again
   * meanwhile: the step belongs to the one before.
   */
  async advance(row: RepositoryImport, tx?: Transaction): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      const current = await this.get(row.workspace, row.repositoryUuid, own);
      if (current?.startedAt !== row.startedAt) return false;
      await this.save(row, own);
      return true;
    });
  }

  async get(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<RepositoryImport | null> {
    const row = await this.#database.readOne<ImportRow>(
      'SELECT * FROM imports WHERE workspace = $1 AND repository = $2',
      [workspace, repositoryUuid],
      tx,
    );
    return row === null ? null : toImport(row);
  }

  /** In the order of the repositories' UUIDs. */
  async list(workspace: string, tx?: Transaction): Promise<RepositoryImport[]> {
    const rows = await this.#database.read<ImportRow>(
      'SELECT * FROM imports WHERE workspace = $1 ORDER BY repository',
      [workspace],
      tx,
    );
    return rows.map(toImport);
  }

  async remove(workspace: string, repositoryUuid: string, tx?: Transaction): Promise<void> {
    await this.#database.write(
      'DELETE FROM imports WHERE workspace = $1 AND repository = $2',
      [workspace, repositoryUuid],
      tx,
    );
  }
}

function toImport(row: ImportRow): RepositoryImport {
  const { repository, started_at: startedAt, finished_at: finishedAt, anew, ...same } = row;
  return { ...same, repositoryUuid: repository, startedAt, finishedAt, anew: anew === 1 };
}
