import { randomUUID } from 'node:crypto';
import type { LocalDate } from '../../domain/calendar/civil-day';
import type { Note } from '../../domain/corrections/note';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
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
    await this.#change(workspace, tx, (own) =>
      this.#database.write(
        'INSERT INTO notes (workspace, id, date, text, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [workspace, id, note.date, note.text, note.by, note.now],
        own,
      ),
    );
    return id;
  }

  /** `false` when it is no longer there. */
  async edit(workspace: string, note: NoteText & { readonly id: string }, tx?: Transaction): Promise<boolean> {
    return this.#change(workspace, tx, (own) =>
      this.#database.write(
        `UPDATE notes SET date = $3, text = $4, edited_by = $5, edited_at = $6 WHERE workspace = $1 AND id = $2`,
        [workspace, note.id, note.date, note.text, note.by, note.now],
        own,
      ),
    );
  }

  /** `false` when it is no longer there. */
  async delete(workspace: string, id: string, tx?: Transaction): Promise<boolean> {
    return this.#change(workspace, tx, (own) =>
      this.#database.write('DELETE FROM notes WHERE workspace = $1 AND id = $2', [workspace, id], own),
    );
  }

  /** Newest day first, of one day the last made first. */
  async list(workspace: string, tx?: Transaction): Promise<Note[]> {
    return this.#database.read<Note>(
      `SELECT id, date, text, made_by AS "madeBy", made_at AS "madeAt", edited_by AS "editedBy",
         edited_at AS "editedAt"
       FROM notes WHERE workspace = $1 ORDER BY date DESC, made_at DESC, id`,
      [workspace],
      tx,
    );
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
