/* eslint max-params: ["error", 4] -- workspace, repository, what is said of it; and last, everywhere, the transaction */
import type { KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import { DefaultBranches } from './default-branches';

export interface Repository {
  readonly workspace: string;
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly fullName: string;
  /** The last one that was known; `null`: none is known yet, as in an empty repository. */
  readonly defaultBranch: string | null;
  readonly readAt: Instant;
  /** When it was found deleted or moved away; its facts stay. */
  readonly goneAt: Instant | null;
  /** Up to when its pull requests were compared with Bitbucket; `null` until its history import has ended. */
  readonly verifiedAt: Instant | null;
  /** Why it cannot be compared at the moment, in words. */
  readonly problem: string | null;
  /** When it was first refused or failed since it was last compared. */
  readonly problemSince: Instant | null;
}

/** What Bitbucket says of a repository when it is read. */
export type ReadRepository = Pick<Repository, 'uuid' | 'slug' | 'name' | 'fullName' | 'defaultBranch' | 'readAt'>;

type RepositoryRow = Pick<Repository, 'workspace' | 'uuid' | 'slug' | 'name'> & {
  readonly full_name: string;
  readonly default_branch: string | null;
  readonly read_at: number;
  readonly gone_at: number | null;
};

const repositoryTable: Table<RepositoryRow> = {
  name: 'repositories',
  key: ['workspace', 'uuid'],
  columns: {
    workspace: 'text',
    uuid: 'text',
    slug: 'text',
    name: 'text',
    full_name: 'text',
    default_branch: 'text',
    read_at: 'bigint',
    gone_at: 'bigint',
  },
};

const select = `SELECT workspace, uuid, slug, name, full_name AS "fullName", default_branch AS "defaultBranch",
  read_at AS "readAt", gone_at AS "goneAt", verified_at AS "verifiedAt", problem, problem_since AS "problemSince"
  FROM repositories`;

/** The repositories of each workspace. */
export class RepositoryStore {
  readonly #database: Database;
  readonly #defaultBranches: DefaultBranches;

  constructor(database: Database) {
    this.#database = database;
    this.#defaultBranches = new DefaultBranches(database);
  }

  /**
   * As Bitbucket lists them now; whatever is listed is not gone. Marks and problems stay, and so does a default branch
   * where this answer names none.
   */
  async saveAll(workspace: string, repositories: readonly ReadRepository[], tx?: Transaction): Promise<void> {
    const rows = new Map(
      repositories.map(({ uuid, slug, name, fullName, defaultBranch, readAt }) => [
        uuid,
        {
          workspace,
          uuid,
          slug,
          name,
          full_name: fullName,
          default_branch: defaultBranch,
          read_at: readAt,
          gone_at: null,
        },
      ]),
    );
    await this.#database.within(tx, async (own) => {
      const before = await this.#defaultBranches.learn(workspace, [...rows.values()], own);
      const known = [...rows.values()].map((row) => ({
        ...row,
        default_branch: row.default_branch ?? before.get(row.uuid) ?? null,
      }));
      await this.#database.insert(repositoryTable, known, { onConflict: 'overwrite', tx: own });
    });
  }

  /** Which branch was known as the default one since when, oldest first. */
  async listDefaultBranches(workspace: string, uuid: string, tx?: Transaction): Promise<KnownDefaultBranch[]> {
    return this.#defaultBranches.list(workspace, uuid, tx);
  }

  async get(workspace: string, uuid: string, tx?: Transaction): Promise<Repository | null> {
    return this.#database.readOne<Repository>(`${select} WHERE workspace = $1 AND uuid = $2`, [workspace, uuid], tx);
  }

  /** By slug; those that are gone only when asked for. */
  async list(workspace: string, options: { includeGone?: boolean } = {}, tx?: Transaction): Promise<Repository[]> {
    const present = options.includeGone === true ? '' : ' AND gone_at IS NULL';
    return this.#database.read<Repository>(
      `${select} WHERE workspace = $1${present} ORDER BY slug, uuid`,
      [workspace],
      tx,
    );
  }

  /** Keeps the first moment it was found gone. */
  async markGone(workspace: string, uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    await this.#database.write(
      'UPDATE repositories SET gone_at = $3 WHERE workspace = $1 AND uuid = $2 AND gone_at IS NULL',
      [workspace, uuid, at],
      tx,
    );
  }

  /** Compared with Bitbucket as it was at that moment. A mark never moves backwards, and a problem is over with it. */
  async markVerified(workspace: string, uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    await this.#database.write(
      `UPDATE repositories SET problem = NULL, problem_since = NULL,
         verified_at = CASE WHEN verified_at > $3 THEN verified_at ELSE $3 END
       WHERE workspace = $1 AND uuid = $2`,
      [workspace, uuid, at],
      tx,
    );
  }

  /** Why it cannot be compared; keeps the moment of the first such problem. */
  async noteProblem(
    workspace: string,
    uuid: string,
    { problem, now }: { readonly problem: string; readonly now: Instant },
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.write(
      `UPDATE repositories SET problem = $3, problem_since = CASE WHEN problem_since IS NULL THEN $4 ELSE problem_since END
       WHERE workspace = $1 AND uuid = $2`,
      [workspace, uuid, problem, now],
      tx,
    );
  }

  async clearProblem(workspace: string, uuid: string, tx?: Transaction): Promise<void> {
    await this.#database.write(
      'UPDATE repositories SET problem = NULL, problem_since = NULL WHERE workspace = $1 AND uuid = $2',
      [workspace, uuid],
      tx,
    );
  }
}
