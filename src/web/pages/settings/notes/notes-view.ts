import { longestNote, mostNotesDrawn } from '../../../../domain/corrections/note';
import type { NoteItem } from '../../../../reporting/corrections/corrections-report';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField } from '../../../presentation/forms/field-view';
import { buildStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import { formatDate, formatDateTime } from '../../../presentation/format/dates';
import { noteForm, readNoteFields, buildComparedNote, type NoteFields } from './note-form';

interface NotesMaterial {
  readonly notes: readonly NoteItem[];
  readonly timezone: string;
  readonly typed: TypedForm | null;
  /** Id of the note whose form was asked for; `null`: a new one. */
  readonly open: string | null;
  readonly toFormHref: (id: string) => string;
}

/** The notes, newest date first, and the form for one. */
export function buildNotesView(material: NotesMaterial) {
  const { notes, typed } = material;
  return {
    sentence: `What happened on a day stands as a line on the charts: at most ${mostNotesDrawn} of them, the newest.`,
    list: notes.map((note) => buildNote(note, material)),
    form: buildForm(typed === null ? buildFields(material) : readNoteFields(typed.parameters), material),
  };
}

function buildNote(note: NoteItem, { timezone, toFormHref }: NotesMaterial) {
  const { id, date, text, madeBy, madeAt, editedBy, editedAt } = note;
  const made = `${formatName(madeBy)}, ${formatDateTime(madeAt, timezone)}`;
  return {
    id,
    date: formatDate(date),
    text,
    by: editedAt === null ? made : `${made}; changed by ${formatName(editedBy)}, ${formatDateTime(editedAt, timezone)}`,
    changeHref: toFormHref(id),
    seen: formatSeen(buildComparedNote(note)),
  };
}

function formatName(person: NoteItem['madeBy']): string {
  return person === null ? 'Somebody whom Bitbucket did not name' : (person.displayName ?? person.uuid);
}

function buildFields({ notes, open }: NotesMaterial): NoteFields {
  return notes.find(({ id }) => id === open) ?? { id: null, date: '', text: '' };
}

function buildForm({ id, date, text }: NoteFields, { notes, typed }: NotesMaterial) {
  const problems = typed?.problems ?? {};
  const stored = notes.find((note) => note.id === id) ?? null;
  return {
    title: stored === null ? 'Add a note' : 'Change a note',
    id: id ?? '',
    seen: stored === null ? '' : formatSeen(buildComparedNote(stored)),
    fields: [
      buildField(noteForm, problems, { name: 'date', label: 'Day', value: date, type: 'date' }),
      buildField(noteForm, problems, {
        name: 'text',
        label: 'What happened',
        value: text,
        hint: `1 to ${longestNote} characters, such as "New test stage".`,
      }),
    ],
    stored: buildStoredNow(typed, stored, (now) => [`${formatDate(now.date)}: ${now.text}`]),
  };
}
