import type { LocalDate } from '../domain/calendar/civil-day';
import type { Clock } from '../domain/clock';
import type { Stores } from '../store/stores';

export interface NewNote {
  /** `null`: a new one. */
  readonly id: string | null;
  readonly date: LocalDate;
  readonly text: string;
  /** Uuid of the viewer; `null` where Bitbucket did not name one. */
  readonly by: string | null;
}

/** The notes on the charts, each change with who made it and when. */
export interface NoteKeeping {
  /** Writes a note down, or changes the one of that id; `false` when that one is no longer there. */
  saveNote(workspace: string, note: NewNote): Promise<boolean>;
  deleteNote(workspace: string, id: string): Promise<boolean>;
}

export function createNoteKeeping(notes: Stores['notes'], clock: Clock): NoteKeeping {
  return {
    async saveNote(workspace, { id, ...note }) {
      const said = { ...note, now: clock.now() };
      if (id !== null) return notes.edit(workspace, { id, ...said });
      await notes.add(workspace, said);
      return true;
    },
    deleteNote: (workspace, id) => notes.delete(workspace, id),
  };
}
