import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { factMonths, pullRequests, type PullRequestRow } from '../schema/pull-requests';
import { WorkspaceStore } from '../workspaces/workspace-store';

export interface RepositoryKey {
  readonly workspace: string;
  readonly repositoryUuid: string;
}

/** A row as it was (`null`: not there) and as it is now; the same twice where only its lists changed. */
export interface RowChange {
  readonly before: PullRequestRow | null;
  readonly after: PullRequestRow;
}

const fields = Object.keys(pullRequests.columns) as readonly (keyof PullRequestRow)[];

/**
 * Reads, changes and writes rows of pull requests. Every writer first holds the workspace, so between
 * the reading and the writing nobody else changes them, on either database.
 */
export class PullRequestRows {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  async hold(workspace: string, tx: Transaction): Promise<void> {
    await this.#workspaces.hold(workspace, tx);
  }

  /** The rows of those numbers that exist. */
  async load(key: RepositoryKey, numbers: readonly number[], tx: Transaction): Promise<Map<number, PullRequestRow>> {
    const { workspace, repositoryUuid } = key;
    const query = { where: { workspace, repositoryUuid }, field: 'number', among: [...new Set(numbers)] } as const;
    const rows = await this.#database.findAmong(pullRequests, query, tx);
    return new Map(rows.map((row) => [row.number, row]));
  }

  /**
   * Turns each number's row into what `change` makes of it and its rows in `changes`; writes what
   * differs. `null` from `change`: leave it.
   */
  async change<T extends { readonly number: number }>(
    key: RepositoryKey,
    options: {
      rows: readonly T[];
      change: (before: PullRequestRow | null, row: T) => PullRequestRow | null;
      tx: Transaction;
    },
  ): Promise<void> {
    const { rows, change, tx } = options;
    await this.hold(key.workspace, tx);
    const before = await this.load(
      key,
      rows.map((row) => row.number),
      tx,
    );
    const after = new Map<number, PullRequestRow>(before);
    for (const row of rows) {
      const next = change(after.get(row.number) ?? null, row);
      if (next !== null) {
        after.set(row.number, next);
      }
    }
    const changed = [...after.values()]
      .map((row) => ({ before: before.get(row.number) ?? null, after: row }))
      .filter((pair) => pair.before === null || differs(pair.before, pair.after));
    await this.save(key, changed, tx);
  }

  /** Writes the rows as they are now, under a new version of the workspace. */
  async save(key: RepositoryKey, changes: readonly RowChange[], tx: Transaction): Promise<void> {
    if (changes.length === 0) return;
    const version = await this.#beginVersion(key.workspace, changes, tx);
    const rows = changes.map((change) => ({ ...change.after, changedIn: version }));
    await this.#database.insert(pullRequests, rows, { onConflict: 'overwrite', tx });
  }

  /** Says of rows, of which only lists have changed, that they are of a new version of the workspace. */
  async touch(key: RepositoryKey, rows: readonly PullRequestRow[], tx: Transaction): Promise<void> {
    if (rows.length === 0) return;
    const changes = rows.map((row) => ({ before: row, after: row }));
    const changedIn = await this.#beginVersion(key.workspace, changes, tx);
    const { workspace, repositoryUuid } = key;
    const number = rows.map((row) => row.number);
    await this.#database.update(pullRequests, { where: { workspace, repositoryUuid, number }, set: { changedIn } }, tx);
  }

  /** A new version for the workspace, and for each month that one of the rows lies, or lay, in. */
  async #beginVersion(workspace: string, changes: readonly RowChange[], tx: Transaction): Promise<number> {
    const version = await this.#workspaces.bumpVersion(workspace, tx);
    const instants = changes.flatMap(({ before, after }) => [before?.mergedAt ?? null, after.mergedAt]);
    const months = new Set(instants.filter((at) => at !== null).map(toMonth));
    const rows = [...months].map((month) => ({ workspace, month, version }));
    await this.#database.insert(factMonths, rows, { onConflict: 'overwrite', tx });
    return version;
  }
}

/** `YYYY-MM` in UTC. */
function toMonth(at: Instant): string {
  return new Date(at).toISOString().slice(0, 7);
}

function differs(a: PullRequestRow, b: PullRequestRow): boolean {
  return fields.some((field) => a[field] !== b[field]);
}
