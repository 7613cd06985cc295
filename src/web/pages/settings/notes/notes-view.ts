import { longestNote, mostNotesDrawn } from '../../../../domain/corrections/note';
import type { NoteItem } from '../../../../reporting/corrections/corrections-report';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField } from '../../../presentation/forms/field-view';
import { buildStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import { formatDate, formatDateTime } from '../../../presentation/format/dates';
import { noteForm, readNoteFields, buildComparedNote, type NoteFields } from './note-form';
import { noteWords as words } from './words';

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
    intro: words.intro(mostNotesDrawn),
    list: notes.map((note) => buildNote(note, material)),
    form: buildForm(typed === null ? buildFields(material) : readNoteFields(typed.parameters), material),
  };
}

function buildNote(note: NoteItem, { timezone, toFormHref }: NotesMaterial) {
  const { id, date, text, madeBy, madeAt, editedBy, editedAt } = note;
  const made = words.made(formatName(madeBy), formatDateTime(madeAt, timezone));
  return {
    id,
    date: formatDate(date),
    text,
    by: editedAt === null ? made : words.edited(made, formatName(editedBy), formatDateTime(editedAt, timezone)),
    changeHref: toFormHref(id),
    seen: formatSeen(buildComparedNote(note)),
  };
}

function formatName(person: NoteItem['madeBy']): string {
  return person === null ? words.nobody : (person.displayName ?? person.uuid);
}

function buildFields({ notes, open }: NotesMaterial): NoteFields {
  return notes.find(({ id }) => id === open) ?? { id: null, date: '', text: '' };
}

function buildForm({ id, date, text }: NoteFields, { notes, typed }: NotesMaterial) {
  const problems = typed?.problems ?? {};
  const stored = notes.find((note) => note.id === id) ?? null;
  return {
    title: stored === null ? words.add : words.change,
    id: id ?? '',
    seen: stored === null ? '' : formatSeen(buildComparedNote(stored)),
    fields: [
      buildField(noteForm, problems, { name: 'date', label: words.fields.date, value: date, type: 'date' }),
      buildField(noteForm, problems, {
        name: 'text',
        label: words.fields.text,
        value: text,
        hint: words.hint(longestNote),
      }),
    ],
    stored: buildStoredNow(typed, stored, (now) => [`${formatDate(now.date)}: ${now.text}`]),
  };
}
