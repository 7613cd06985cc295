import { toDayNumber } from '../../../../domain/calendar/civil-day';
import { earliestDate, latestDate } from '../../../../domain/calendar/date-range';
import { longestNote } from '../../../../domain/corrections/note';
import { countCharacters, formatShown } from '../../../presentation/forms/field-view';
import { checkFields, type Checked } from '../../../presentation/forms/form-action';
import type { NoteItem } from '../../../../reporting/corrections/corrections-report';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';
import { noteWords } from './words';

export const noteForm = 'note';
const words = noteWords.problems;

/** What a form changes of a note. */
export type NoteContent = Pick<NoteItem, 'date' | 'text'>;

export interface NoteFields extends NoteContent {
  /** `null`: a new one. */
  readonly id: string | null;
}

/** What is compared to know whether a note was changed meanwhile. */
export function buildComparedNote({ date, text }: NoteContent): NoteContent {
  return { date, text };
}

export function readNoteFields(parameters: PageParameters): NoteFields {
  const read = (name: string) => readText(parameters, name);
  return { id: read('id') || null, date: read('date'), text: read('text') };
}

export function checkNote({ date, text }: NoteContent): Checked<NoteContent> {
  return checkFields({ date: findDateProblem(date), text: findTextProblem(text) }, { date, text });
}

function findDateProblem(date: string): string | null {
  if (date === '') {
    return words.noDate;
  }
  const isDate = toDayNumber(date) !== null && date >= earliestDate && date <= latestDate;
  return isDate ? null : words.badDate(formatShown(date));
}

function findTextProblem(text: string): string | null {
  const length = countCharacters(text);
  if (length === 0 || length > longestNote) {
    return words.badLength(longestNote, length);
  }
  return /\p{Cc}/u.test(text) ? words.controls : null;
}
