import { toDayNumber } from '../../../../domain/calendar/civil-day';
import { earliestDate, latestDate } from '../../../../domain/calendar/date-range';
import { longestNote } from '../../../../domain/corrections/note';
import { countCharacters, formatShown } from '../../../presentation/forms/field-view';
import type { Problems } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';

export const noteForm = 'note';

export interface NoteFields {
  /** `null`: a new one. */
  readonly id: string | null;
  readonly date: string;
  readonly text: string;
}

/** What a form changes of a note. */
export interface NoteContent {
  readonly date: string;
  readonly text: string;
}

/** What is compared to know whether a note was changed meanwhile. */
export function buildComparedNote({ date, text }: NoteContent): NoteContent {
  return { date, text };
}

export function readNoteFields(parameters: PageParameters): NoteFields {
  const id = readText(parameters, 'id');
  return {
    id: id === '' ? null : id,
    date: readText(parameters, 'date'),
    text: readText(parameters, 'text'),
  };
}

export function checkNote({
  date,
  text,
}: NoteFields): { readonly value: NoteContent } | { readonly problems: Problems } {
  const dateProblem = findDateProblem(date);
  const textProblem = findTextProblem(text);
  return dateProblem === null && textProblem === null
    ? { value: { date, text } }
    : {
        problems: {
          ...(dateProblem === null ? {} : { date: dateProblem }),
          ...(textProblem === null ? {} : { text: textProblem }),
        },
      };
}

function findDateProblem(date: string): string | null {
  if (date === '') {
    return 'A note stands on a day: give its date.';
  }
  const isDate = toDayNumber(date) !== null && date >= earliestDate && date <= latestDate;
  return isDate ? null : `"${formatShown(date)}" is no date; a date reads 2026-11-03.`;
}

function findTextProblem(text: string): string | null {
  const length = countCharacters(text);
  if (length === 0 || length > longestNote) {
    return `A note has 1 to ${longestNote} characters; this one has ${length}.`;
  }
  return /\p{Cc}/u.test(text) ? 'A note is one line, without control characters.' : null;
}
