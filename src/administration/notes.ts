import type { Clock } from '../domain/clock';
import type { Note } from '../domain/corrections/note';
import type { Stores } from '../store/stores';

interface NewNote extends Pick<Note, 'date' | 'text'> {
  /** `null`: a new one. */
  readonly id: string | null;
  /** Uuid of the viewer; `null` where Bitbucket did not name one. */
  readonly by: string | null;
}

/** The notes on the charts, each change with who made it and when. */
export function createNoteKeeping(notes: Stores['notes'], clock: Clock) {
  return {
    /** Writes a note down, or changes the one of that id; `false` when that one is no longer there. */
    async saveNote(workspace: string, { id, ...note }: NewNote): Promise<boolean> {
      const said = { ...note, now: clock.now() };
      if (id !== null) return notes.edit(workspace, { id, ...said });
      await notes.add(workspace, said);
      return true;
    },
    deleteNote: (workspace: string, id: string): Promise<boolean> => notes.delete(workspace, id),
  };
}
