import { randomUUID } from 'node:crypto';
import type { Correction } from '../../domain/corrections/correction';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { corrections } from '../schema/corrections';
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
    const row = { workspace, id, ...correction, undoneAt: null, undoneBy: null };
    return this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      const count = await this.#database.insert(corrections, [row], { onConflict: 'keep', tx: own });
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
      const where = { workspace, id: change.id, undoneAt: null };
      const set = { undoneAt: change.now, undoneBy: change.by };
      const count = await this.#database.update(corrections, { where, set }, own);
      if (count > 0) await this.#workspaces.bumpVersion(workspace, own);
      return count > 0;
    });
  }

  /** Newest first, undone ones too. */
  async list(workspace: string, tx?: Transaction): Promise<Correction[]> {
    return this.#database.find(
      corrections,
      { where: { workspace }, without: ['workspace'], order: [['madeAt', 'DESC'], 'id'] },
      tx,
    );
  }
}
