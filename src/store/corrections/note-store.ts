import { randomUUID } from 'node:crypto';
import type { LocalDate } from '../../domain/calendar/civil-day';
import type { Note } from '../../domain/corrections/note';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { notes } from '../schema/corrections';
import { WorkspaceStore } from '../workspaces/workspace-store';

/** What a note says, who says it and when. */
export interface NoteText {
  readonly date: LocalDate;
  readonly text: string;
  /** Uuid with braces; `null` where Bitbucket did not name the viewer. */
  readonly by: string | null;
  readonly now: Instant;
}

/** The notes on the charts. Every change gives the workspace a new version. */
export class NoteStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  /** The id of the new note. */
  async add(workspace: string, note: NoteText, tx?: Transaction): Promise<string> {
    const id = randomUUID();
    const row = { workspace, id, date: note.date, text: note.text, madeBy: note.by, madeAt: note.now };
    await this.#change(workspace, tx, (own) =>
      this.#database.insert(notes, [{ ...row, editedBy: null, editedAt: null }], { onConflict: 'keep', tx: own }),
    );
    return id;
  }

  /** `false` when it is no longer there. */
  async edit(workspace: string, note: NoteText & { readonly id: string }, tx?: Transaction): Promise<boolean> {
    const set = { date: note.date, text: note.text, editedBy: note.by, editedAt: note.now };
    return this.#change(workspace, tx, (own) =>
      this.#database.update(notes, { where: { workspace, id: note.id }, set }, own),
    );
  }

  /** `false` when it is no longer there. */
  async delete(workspace: string, id: string, tx?: Transaction): Promise<boolean> {
    return this.#change(workspace, tx, (own) => this.#database.delete(notes, { workspace, id }, own));
  }

  /** Newest day first, of one day the last made first. */
  async list(workspace: string, tx?: Transaction): Promise<Note[]> {
    const order = [['date', 'DESC'], ['madeAt', 'DESC'], 'id'] as const;
    return this.#database.find(notes, { where: { workspace }, without: ['workspace'], order }, tx);
  }

  /** Whether a row was changed by `write`. */
  async #change(
    workspace: string,
    tx: Transaction | undefined,
    write: (own: Transaction) => Promise<number>,
  ): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      await this.#workspaces.hold(workspace, own);
      const count = await write(own);
      if (count > 0) await this.#workspaces.bumpVersion(workspace, own);
      return count > 0;
    });
  }
}
