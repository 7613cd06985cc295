/* eslint max-params: ["error", 4] -- workspace, repository, what is said of it; and last, everywhere, the transaction */
import type { KnownDefaultBranch } from '../../domain/commits/default-branch';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { pickColumns } from '../database/table';
import type { Transaction } from '../database/transaction';
import { repositories, type Repository } from '../schema/repositories';
import { WorkspaceStore } from '../workspaces/workspace-store';
import { DefaultBranches } from './default-branches';

export type { Repository } from '../schema/repositories';

/**
 * What Bitbucket says of a repository when it is read. `changeToldAt`: as it was known before Bitbucket was asked, where
 * the answer is newer than what was told; it is read with it.
 */
export type ReadRepository = Pick<
  Repository,
  'uuid' | 'slug' | 'name' | 'fullName' | 'defaultBranch' | 'isPrivate' | 'readAt'
> & { readonly changeToldAt?: Instant | null };

/** What a list tells of a repository: marks and problems are left alone. */
const listedFields = pickColumns(repositories, [
  ...(['workspace', 'uuid', 'slug', 'name', 'fullName', 'defaultBranch', 'isPrivate', 'readAt', 'goneAt'] as const),
]);

/** What pages and reports show of a repository: a change of it is a new version of the workspace. */
const shownFields = ['slug', 'name', 'fullName', 'goneAt'] as const;

const fieldsButPrivate = ['slug', 'name', 'fullName', 'defaultBranch', 'readAt', 'goneAt'] as const;

/** The repositories of each workspace. */
export class RepositoryStore {
  readonly #database: Database;
  readonly #defaultBranches: DefaultBranches;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
    this.#defaultBranches = new DefaultBranches(database);
  }

  /**
   * As Bitbucket lists them now; whatever is listed is not gone. Marks and problems stay, and so does a default branch
   * where this answer names none, and whether it is private where it does not say. What pages show of them, and one that
   * is new, gives the workspace a new version.
   */
  async saveAll(workspace: string, read: readonly ReadRepository[], tx?: Transaction): Promise<void> {
    const rows = [...new Map(read.map((one) => [one.uuid, one])).values()];
    await this.#database.within(tx, async (own) => {
      if (await this.#isNews(workspace, rows, own)) await this.#workspaces.noteChange(workspace, own);
      const before = await this.#defaultBranches.learn(workspace, rows, own);
      const known = rows.map(({ uuid, slug, name, fullName, defaultBranch, isPrivate, readAt }) => ({
        ...{ workspace, uuid, slug, name, fullName, isPrivate, readAt, goneAt: null },
        defaultBranch: defaultBranch ?? before.get(uuid) ?? null,
      }));
      const unsaid = known.filter(({ isPrivate }) => isPrivate === null);
      const said = known.filter(({ isPrivate }) => isPrivate !== null);
      await this.#database.insert(listedFields, unsaid, { onConflict: fieldsButPrivate, tx: own });
      await this.#database.insert(listedFields, said, { onConflict: 'overwrite', tx: own });
      for (const { uuid, changeToldAt = null } of rows) {
        if (changeToldAt === null) continue;
        const read = { where: { workspace, uuid, changeToldAt }, set: { changeToldAt: null } };
        await this.#database.update(repositories, read, own);
      }
    });
  }

  async #isNews(workspace: string, read: readonly ReadRepository[], tx: Transaction): Promise<boolean> {
    const uuids = read.map(({ uuid }) => uuid);
    const known = new Map((await this.getAll(workspace, uuids, tx)).map((row) => [row.uuid, row]));
    return read.some((one) => {
      const before = known.get(one.uuid);
      return before === undefined || shownFields.some((field) => before[field] !== { ...one, goneAt: null }[field]);
    });
  }

  /** Which branch was known as the default one since when, oldest first. */
  async listDefaultBranches(workspace: string, uuid: string, tx?: Transaction): Promise<KnownDefaultBranch[]> {
    return this.#defaultBranches.list(workspace, uuid, tx);
  }

  /** As `listDefaultBranches`, of several: by repository, of those of which one is known. */
  async mapDefaultBranches(
    workspace: string,
    uuids: readonly string[],
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, readonly KnownDefaultBranch[]>> {
    return this.#defaultBranches.map(workspace, uuids, tx);
  }

  /** Those of the repositories that are known, in no order; gone ones too. */
  async getAll(workspace: string, uuids: readonly string[], tx?: Transaction): Promise<Repository[]> {
    return this.#database.findAmong(repositories, { where: { workspace }, field: 'uuid', among: uuids }, tx);
  }

  async get(workspace: string, uuid: string, tx?: Transaction): Promise<Repository | null> {
    return this.#database.findOne(repositories, { workspace, uuid }, tx);
  }

  /** By slug; those that are gone only when asked for. */
  async list(workspace: string, options: { includeGone?: boolean } = {}, tx?: Transaction): Promise<Repository[]> {
    const present = options.includeGone === true ? {} : { goneAt: null };
    return this.#database.find(repositories, { where: { workspace, ...present }, order: ['slug', 'uuid'] }, tx);
  }

  /** Keeps the first moment until somebody has read the repository. */
  async noteChangeTold(workspace: string, uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    const where = { workspace, uuid, changeToldAt: null };
    await this.#database.update(repositories, { where, set: { changeToldAt: at } }, tx);
  }

  /** Keeps the first moment it was found gone. */
  async markGone(workspace: string, uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    const where = { workspace, uuid, goneAt: null };
    await this.#database.within(tx, async (own) => {
      const count = await this.#database.update(repositories, { where, set: { goneAt: at } }, own);
      if (count > 0) await this.#workspaces.noteChange(workspace, own);
    });
  }

  /** Compared with Bitbucket as it was at that moment. A mark never moves backwards, and a problem is over with it. */
  async markVerified(workspace: string, uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    // Newer wins, whoever writes first.
    await this.#database.write(
      `UPDATE repositories SET problem = NULL, problem_since = NULL,
         verified_at = CASE WHEN verified_at > $3 THEN verified_at ELSE $3 END
       WHERE workspace = $1 AND uuid = $2`,
      [workspace, uuid, at],
      tx,
    );
  }

  /** The mark that it has was set by a wrong clock: it was compared up to this moment. */
  async putVerifiedBack(workspace: string, uuid: string, at: Instant): Promise<void> {
    await this.#database.update(repositories, { where: { workspace, uuid }, set: { verifiedAt: at } });
  }

  /** Why it cannot be compared; keeps the moment of the first such problem. */
  async noteProblem(
    workspace: string,
    uuid: string,
    { problem, now }: { readonly problem: string; readonly now: Instant },
    tx?: Transaction,
  ): Promise<void> {
    // The older moment wins, whoever writes first.
    await this.#database.write(
      `UPDATE repositories SET problem = $3, problem_since = CASE WHEN problem_since IS NULL THEN $4 ELSE problem_since END
       WHERE workspace = $1 AND uuid = $2`,
      [workspace, uuid, problem, now],
      tx,
    );
  }

  async clearProblem(workspace: string, uuid: string, tx?: Transaction): Promise<void> {
    const set = { problem: null, problemSince: null };
    await this.#database.update(repositories, { where: { workspace, uuid }, set }, tx);
  }
}
