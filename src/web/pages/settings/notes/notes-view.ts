import { longestNote, mostNotesDrawn } from '../../../../domain/corrections/note';
import type { NoteItem } from '../../../../reporting/corrections/corrections-report';
import { toSeen } from '../../../presentation/forms/edit';
import { toField, type FieldView } from '../../../presentation/forms/field-view';
import { findProblems, toStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import { toDate, toDateTime } from '../../../presentation/format/dates';
import { noteForm, readNoteFields, toComparedNote, type NoteFields } from './note-form';

export interface NotesView {
  readonly sentence: string;
  readonly list: readonly NoteView[];
  readonly form: NoteFormView;
}

export interface NoteView {
  readonly id: string;
  readonly date: string;
  readonly text: string;
  readonly by: string;
  readonly changeHref: string;
  readonly seen: string;
}

export interface NoteFormView {
  readonly title: string;
  /** `''`: a new one. */
  readonly id: string;
  readonly seen: string;
  readonly fields: readonly FieldView[];
  readonly stored: readonly string[];
}

export interface NotesMaterial {
  readonly notes: readonly NoteItem[];
  readonly timezone: string;
  readonly typed: TypedForm | null;
  /** Id of the note whose form was asked for; `null`: a new one. */
  readonly open: string | null;
  readonly toFormHref: (id: string) => string;
}

/** The notes, newest date first, and the form for one. */
export function toNotesView(material: NotesMaterial): NotesView {
  const { notes, typed } = material;
  return {
    sentence: `What happened on a day stands as a line on the charts: at most ${mostNotesDrawn} of them, the newest.`,
    list: notes.map((note) => toNote(note, material)),
    form: toForm(typed === null ? toFields(material) : readNoteFields(typed.parameters), material),
  };
}

function toNote(note: NoteItem, { timezone, toFormHref }: NotesMaterial): NoteView {
  const { id, date, text, madeBy, madeAt, editedBy, editedAt } = note;
  const made = `${toName(madeBy)}, ${toDateTime(madeAt, timezone)}`;
  return {
    id,
    date: toDate(date),
    text,
    by: editedAt === null ? made : `${made}; changed by ${toName(editedBy)}, ${toDateTime(editedAt, timezone)}`,
    changeHref: toFormHref(id),
    seen: toSeen(toComparedNote(note)),
  };
}

function toName(person: NoteItem['madeBy']): string {
  return person === null ? 'Somebody whom Bitbucket did not name' : (person.displayName ?? person.uuid);
}

function toFields({ notes, open }: NotesMaterial): NoteFields {
  const note = notes.find(({ id }) => id === open);
  return note === undefined ? { id: null, date: '', text: '' } : { id: note.id, date: note.date, text: note.text };
}

function toForm({ id, date, text }: NoteFields, { notes, typed }: NotesMaterial): NoteFormView {
  const problems = findProblems(typed);
  const stored = notes.find((note) => note.id === id) ?? null;
  return {
    title: stored === null ? 'Add a note' : 'Change a note',
    id: id ?? '',
    seen: stored === null ? '' : toSeen(toComparedNote(stored)),
    fields: [
      toField(noteForm, problems, { name: 'date', label: 'Day', value: date, type: 'date' }),
      toField(noteForm, problems, {
        name: 'text',
        label: 'What happened',
        value: text,
        hint: `1 to ${longestNote} characters, such as "New test stage".`,
      }),
    ],
    stored: toStoredNow(typed, stored, (now) => [`${toDate(now.date)}: ${now.text}`]),
  };
}
