import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { factMonths, pullRequests, type PullRequestRow } from '../schema/pull-requests';
import { WorkspaceStore } from '../workspaces/workspace-store';
import { findOfKeys } from './find-of-keys';
import { countChanges, type RowChange } from './pull-request-counts';
import type { PullRequestKey } from './read-recorded';

export interface RepositoryKey {
  readonly workspace: string;
  readonly repositoryUuid: string;
}

/** By what `formatDeployId` makes of their keys: of whatever repositories. */
export type Rows = ReadonlyMap<string, PullRequestRow>;

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

  /** The rows of those keys that exist; each key once. */
  async load(workspace: string, keys: readonly PullRequestKey[], tx?: Transaction): Promise<Rows> {
    const rows = await findOfKeys(this.#database, pullRequests, { workspace, keys }, tx);
    return new Map(rows.map((row) => [formatDeployId(row), row]));
  }

  /** Turns each row that exists of those numbers into what `change` makes of it, and writes what differs. */
  async change(
    { workspace, repositoryUuid }: RepositoryKey,
    options: { numbers: readonly number[]; change: (row: PullRequestRow) => PullRequestRow; tx: Transaction },
  ): Promise<void> {
    const { numbers, change, tx } = options;
    await this.hold(workspace, tx);
    const keys = [...new Set(numbers)].map((number) => ({ repositoryUuid, number }));
    const before = await this.load(workspace, keys, tx);
    const after = new Map([...before].map(([id, row]) => [id, change(row)]));
    await this.save(workspace, listChanges(before, after), tx);
  }

  /** Writes the rows as they are now, under a new version of the workspace and of each month that one lies, or lay, in. */
  async save(workspace: string, changes: readonly RowChange[], tx: Transaction): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    const version = await this.#workspaces.bumpVersion(workspace, tx);
    const rows = changes.map(({ after }) => ({ ...after, changedIn: version }));
    await this.#database.insert(pullRequests, rows, { onConflict: 'overwrite', tx });
    await countChanges(this.#database, changes, { workspace, tx });
    const instants = changes.flatMap(({ before, after }) => [before?.mergedAt ?? null, after.mergedAt]);
    const months = new Set(instants.filter((at) => at !== null).map(toMonth));
    const monthRows = [...months].map((month) => ({ workspace, month, version }));
    await this.#database.insert(factMonths, monthRows, { onConflict: 'overwrite', tx });
  }
}

/** What differs between the rows; beside it, the same twice, those of `touched`, of which only lists changed. */
export function listChanges(before: Rows, after: Rows, touched: ReadonlySet<string> = new Set()): RowChange[] {
  return [...after].flatMap(([id, row]): RowChange[] => {
    const known = before.get(id) ?? null;
    if (known === null || differs(known, row)) return [{ before: known, after: row }];
    return touched.has(id) ? [{ before: known, after: row }] : [];
  });
}

/** `YYYY-MM` in UTC. */
function toMonth(at: Instant): string {
  return new Date(at).toISOString().slice(0, 7);
}

function differs(a: PullRequestRow, b: PullRequestRow): boolean {
  return fields.some((field) => a[field] !== b[field]);
}
