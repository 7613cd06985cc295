import type { Correction } from '../../../domain/corrections/correction';
import type { NoteItem } from '../../../reporting/corrections/corrections-report';
import { formatSeen } from '../forms/edit';

/** What is stored of what can be changed in rows. */
export interface RowsStored {
  /** Undone ones too. */
  readonly corrections: readonly Pick<Correction, 'id' | 'subject' | 'undoneAt'>[];
  /** Patterns of the settings. */
  readonly bots: readonly string[];
  readonly notes: readonly Pick<NoteItem, 'id' | 'date' | 'text'>[];
}

/**
 * Marks of what a button was made from. A body is kept and shown to several, so it has no mark of its own; with this
 * one, what comes again, late or after an undo finds that something has changed, and does nothing.
 */
export const toSeen = {
  corrections: ({ corrections }: RowsStored, subjects: readonly string[]): string =>
    formatSeen(
      corrections
        .filter(({ subject }) => subjects.includes(subject))
        .map(({ id, undoneAt }) => [id, undoneAt])
        .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    ),
  bots: ({ bots }: RowsStored): string => formatSeen(bots),
  notes: ({ notes }: RowsStored, date: string): string =>
    formatSeen(notes.filter((note) => note.date === date).map(({ id, text }) => [id, text])),
};

/** What can be changed in rows, of what a snapshot tells. */
export function toStored({
  corrections,
  settings,
  listNotes,
}: {
  readonly corrections: RowsStored['corrections'];
  readonly settings: { readonly exclusions: { readonly bots: readonly string[] } };
  readonly listNotes: () => readonly NoteItem[];
}): RowsStored {
  return { corrections, bots: settings.exclusions.bots, notes: listNotes() };
}
