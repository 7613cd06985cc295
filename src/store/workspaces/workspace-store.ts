import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { tenantTables } from './tenant-tables';

export interface Workspace {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  /** Grows with every change of its facts, teams and settings. */
  readonly version: number;
  readonly connectedAt: Instant;
  /** How far back its history is complete; `null` until a history import has ended. */
  readonly importedSince: Instant | null;
  /** Up to when all its repositories were compared with Bitbucket. */
  readonly verifiedAt: Instant | null;
  /** When the last whole reading of the list of its repositories began. */
  readonly repositoriesReadAt: Instant | null;
  readonly groupsReadAt: Instant | null;
  /** Why its groups could not be read, in words. */
  readonly groupsProblem: string | null;
  /** When Bitbucket last told who administers it; `null`: never. */
  readonly administratorsReadAt: Instant | null;
  /** When it is to be erased; `null` while it is connected. */
  readonly eraseAt: Instant | null;
}

export type WorkspaceChange = Partial<
  Pick<
    Workspace,
    | 'slug'
    | 'name'
    | 'importedSince'
    | 'verifiedAt'
    | 'repositoriesReadAt'
    | 'groupsReadAt'
    | 'groupsProblem'
    | 'administratorsReadAt'
    | 'eraseAt'
  >
>;

const columnOf: Readonly<Record<keyof WorkspaceChange, string>> = {
  slug: 'slug',
  name: 'name',
  importedSince: 'imported_since',
  verifiedAt: 'verified_at',
  repositoriesReadAt: 'repositories_read_at',
  groupsReadAt: 'groups_read_at',
  groupsProblem: 'groups_problem',
  administratorsReadAt: 'administrators_read_at',
  eraseAt: 'erase_at',
};

const select = `SELECT uuid, slug, name, version, connected_at AS "connectedAt", imported_since AS "importedSince",
  verified_at AS "verifiedAt", repositories_read_at AS "repositoriesReadAt", groups_read_at AS "groupsReadAt", groups_problem AS "groupsProblem",
  administrators_read_at AS "administratorsReadAt", erase_at AS "eraseAt" FROM workspaces`;

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
    await this.#database.write(
      `INSERT INTO workspaces (uuid, slug, name, version, connected_at) VALUES ($1, $2, $3, 0, $4)
       ON CONFLICT (uuid) DO UPDATE SET
         slug = excluded.slug, name = excluded.name, connected_at = excluded.connected_at, erase_at = NULL`,
      [workspace.uuid, workspace.slug, workspace.name, workspace.connectedAt],
      tx,
    );
  }

  async get(uuid: string, tx?: Transaction): Promise<Workspace | null> {
    return this.#database.readOne<Workspace>(`${select} WHERE uuid = $1`, [uuid], tx);
  }

  /** In the order of their UUIDs. */
  async list(tx?: Transaction): Promise<Workspace[]> {
    return this.#database.read<Workspace>(`${select} ORDER BY uuid`, [], tx);
  }

  /** Changes what is named, and nothing of an unknown workspace. */
  async update(uuid: string, change: WorkspaceChange, tx?: Transaction): Promise<void> {
    const fields = Object.keys(columnOf).filter((field): field is keyof WorkspaceChange => field in change);
    if (fields.length === 0) {
      return;
    }
    const sets = fields.map((field, index) => `${columnOf[field]} = $${index + 2}`);
    const values = fields.map((field) => change[field] ?? null);
    await this.#database.write(`UPDATE workspaces SET ${sets.join(', ')} WHERE uuid = $1`, [uuid, ...values], tx);
  }

  /** Compared with Bitbucket up to that moment; never moves backwards. */
  async moveVerifiedAt(uuid: string, at: Instant, tx?: Transaction): Promise<void> {
    await this.#database.write(
      'UPDATE workspaces SET verified_at = $2 WHERE uuid = $1 AND (verified_at IS NULL OR verified_at < $2)',
      [uuid, at],
      tx,
    );
  }

  /** Says that what pages show of the workspace may have changed; gives the new version. */
  async bumpVersion(uuid: string, tx?: Transaction): Promise<number> {
    return this.#database.within(tx, async (own) => {
      const row = await this.#database.readOne<{ version: number }>(
        'UPDATE workspaces SET version = version + 1 WHERE uuid = $1 RETURNING version',
        [uuid],
        own,
      );
      if (row === null) {
        throw new Error(`The workspace ${uuid} is not known.`);
      }
      return row.version;
    });
  }

  async listDueForErasure(now: Instant, tx?: Transaction): Promise<Workspace[]> {
    return this.#database.read<Workspace>(`${select} WHERE erase_at <= $1 ORDER BY uuid`, [now], tx);
  }

  /** Deletes all that is kept of a workspace, itself included; tells how many rows of which table. */
  async erase(uuid: string, tx?: Transaction): Promise<Record<string, number>> {
    return this.#database.within(tx, async (own) => {
      const counts: Record<string, number> = {};
      for (const { name, workspaceColumn } of tenantTables) {
        counts[name] = await this.#database.write(`DELETE FROM ${name} WHERE ${workspaceColumn} = $1`, [uuid], own);
      }
      return counts;
    });
  }

  /** Makes writers of one workspace wait for each other; an unknown workspace is an error. */
  async hold(uuid: string, tx: Transaction): Promise<void> {
    const suffix = this.#database.dialect === 'postgres' ? ' FOR NO KEY UPDATE' : '';
    const row = await this.#database.readOne(`SELECT uuid FROM workspaces WHERE uuid = $1${suffix}`, [uuid], tx);
    if (row === null) {
      throw new Error(`The workspace ${uuid} is not known.`);
    }
  }
}
