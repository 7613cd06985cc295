import { randomUUID } from 'node:crypto';
import type { Correction } from '../../domain/corrections/correction';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { WorkspaceStore } from '../workspaces/workspace-store';

/** A correction to be made; it is in force from then on. */
export type CorrectionToMake = Pick<Correction, 'kind' | 'subject' | 'target' | 'reason' | 'madeBy' | 'madeAt'>;

/** What administrators put right by hand. Every change gives the workspace a new version. */
export class CorrectionStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  /** The id of it; `null` when one of the same kind and subject is in force already. */
  async add(workspace: string, correction: CorrectionToMake, tx?: Transaction): Promise<string | null> {
    const id = randomUUID();
    const { kind, subject, target, reason, madeBy, madeAt } = correction;
    return this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      const count = await this.#database.write(
        `INSERT INTO corrections (workspace, id, kind, subject, target, reason, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [workspace, id, kind, subject, target, reason, madeBy, madeAt],
        own,
      );
      if (count === 0) return null;
      await this.#workspaces.bumpVersion(workspace, own);
      return id;
    });
  }

  /** `false` when it is not there or undone already. */
  async undo(
    workspace: string,
    change: { id: string; by: string | null; now: Instant },
    tx?: Transaction,
  ): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      const count = await this.#database.write(
        `UPDATE corrections SET undone_at = $3, undone_by = $4
         WHERE workspace = $1 AND id = $2 AND undone_at IS NULL`,
        [workspace, change.id, change.now, change.by],
        own,
      );
      if (count > 0) await this.#workspaces.bumpVersion(workspace, own);
      return count > 0;
    });
  }

  /** Newest first, undone ones too. */
  async list(workspace: string, tx?: Transaction): Promise<Correction[]> {
    return this.#database.read<Correction>(
      `SELECT id, kind, subject, target, reason, made_by AS "madeBy", made_at AS "madeAt",
         undone_at AS "undoneAt", undone_by AS "undoneBy"
       FROM corrections WHERE workspace = $1 ORDER BY made_at DESC, id`,
      [workspace],
      tx,
    );
  }
}
