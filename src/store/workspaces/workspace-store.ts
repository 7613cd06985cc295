import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { onceWithin, type Transaction } from '../database/transaction';
import { workspaces, type Workspace } from '../schema/workspaces';

export type { Workspace } from '../schema/workspaces';

export type WorkspaceChange = Partial<Omit<Workspace, 'uuid' | 'version' | 'peopleChangedIn' | 'connectedAt'>>;

const unknown = {
  ...{ importedSince: null, verifiedAt: null, repositoriesReadAt: null, groupsReadAt: null, groupsProblem: null },
  ...{ administratorsReadAt: null, polledAt: null, requestLimit: null, eraseAt: null },
  bitbucketAheadSeconds: null,
};

/** The workspaces we know, connected or not yet erased. */
export class WorkspaceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A workspace (re)connected: keeps all that is known of it and takes back a planned erasure. */
  async save(
    workspace: { uuid: string; slug: string; name: string; connectedAt: Instant },
    tx?: Transaction,
  ): Promise<void> {
    const row = { ...unknown, ...workspace, version: 0, peopleChangedIn: 0 };
    const onConflict = ['slug', 'name', 'connectedAt', 'eraseAt'] as const;
    await this.#database.insert(workspaces, [row], { onConflict, tx });
  }

  async get(uuid: string, tx?: Transaction): Promise<Workspace | null> {
    return this.#database.findOne(workspaces, { uuid }, tx);
  }

  /** In the order of their UUIDs. */
  async list(tx?: Transaction): Promise<Workspace[]> {
    return this.#database.find(workspaces, { where: {}, order: ['uuid'] }, tx);
  }

  /** Changes what is named, and nothing of an unknown workspace. */
  async update(uuid: string, change: WorkspaceChange, tx?: Transaction): Promise<void> {
    await this.#database.update(workspaces, { where: { uuid }, set: change }, tx);
  }

  /** Compared with Bitbucket up to that moment; never moves backwards. */
  async moveVerifiedAt(uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    // Newer wins, whoever writes first.
    await this.#database.write(
      'UPDATE workspaces SET verified_at = $2 WHERE uuid = $1 AND (verified_at IS NULL OR verified_at < $2)',
      [uuid, at],
      tx,
    );
  }

  /**
   * Says that what pages show of the workspace may have changed; gives the new version. What one transaction writes is
   * seen at once: it has one, however often it says so.
   */
  async bumpVersion(uuid: string, tx?: Transaction): Promise<number> {
    return this.#database.within(tx, (own) => onceWithin(own, `version of ${uuid}`, () => this.#countUp(uuid, own)));
  }

  /** As `bumpVersion`, where people or the members of teams are others. */
  async bumpPeople(uuid: string, tx: Transaction): Promise<void> {
    // Set to what the row says: an erased workspace has none.
    await this.bumpVersion(uuid, tx);
    await this.#database.write('UPDATE workspaces SET people_changed_in = version WHERE uuid = $1', [uuid], tx);
  }

  /** The same, without telling the version; nothing of an unknown workspace. */
  async noteChange(uuid: string, tx: Transaction): Promise<void> {
    // Counted up by the database: two writers never get the same version.
    await this.#database.write('UPDATE workspaces SET version = version + 1 WHERE uuid = $1', [uuid], tx);
  }

  /** Makes writers of one workspace wait for each other; an unknown workspace is an error. */
  async hold(uuid: string, tx: Transaction): Promise<void> {
    await onceWithin(tx, `hold of ${uuid}`, () => this.#lock(uuid, tx));
  }

  async #countUp(uuid: string, tx: Transaction): Promise<number> {
    // Counted up and told in one statement: two writers never get the same version.
    const row = await this.#database.readOne<{ version: number }>(
      'UPDATE workspaces SET version = version + 1 WHERE uuid = $1 RETURNING version',
      [uuid],
      tx,
    );
    if (row === null) {
      throw new Error(`The workspace ${uuid} is not known.`);
    }
    return row.version;
  }

  async #lock(uuid: string, tx: Transaction): Promise<void> {
    // The lock is the point of it.
    const suffix = this.#database.dialect === 'postgres' ? ' FOR NO KEY UPDATE' : '';
    const row = await this.#database.readOne(`SELECT uuid FROM workspaces WHERE uuid = $1${suffix}`, [uuid], tx);
    if (row === null) {
      throw new Error(`The workspace ${uuid} is not known.`);
    }
  }
}
