import { toDayNumber } from '../../../domain/calendar/civil-day';
import { longestNote } from '../../../domain/corrections/note';
import { readText } from '../../presentation/filter/page-parameters';
import { countCharacters } from '../../presentation/forms/field-view';
import { formatDate } from '../../presentation/format/dates';
import type { RowSaid } from '../../presentation/rows/row-editing';
import { toSeen } from '../../presentation/rows/row-seen';
import { askTexts, saidTexts } from '../../presentation/rows/words';
import { sayDone, sayOvertaken, sayRefused, type ActParts } from './act-parts';

/** Asks for a note on the day of the row, below it. */
export function askNote(parts: ActParts): RowSaid {
  return ask(parts, '', 'neutral');
}

function ask(parts: ActParts, text: string, tone: RowSaid['tone']): RowSaid {
  const { command, request } = parts;
  const [date = ''] = command.subjects;
  if (toDayNumber(date) === null) return sayRefused(parts, saidTexts.gone);
  const title = askTexts.note(formatDate(date));
  const value = Array.from(readText(request.parameters, 'text'))
    .slice(0, 2 * longestNote)
    .join('');
  return {
    ...{ row: command.row, tone, text, undo: null },
    ask: {
      command: { ...command, act: 'note' },
      ...{ title, choices: null },
      field: { label: title, name: 'text', value, most: longestNote },
    },
  };
}

/** A note that stands there already was written by this button before. */
export async function saveNote(parts: ActParts): Promise<RowSaid> {
  const { command, request, stored, administration } = parts;
  const [date = ''] = command.subjects;
  const text = readText(request.parameters, 'text');
  if (toDayNumber(date) === null) return sayRefused(parts, saidTexts.gone);
  const length = countCharacters(text);
  if (length === 0 || length > longestNote || /\p{Cc}/u.test(text)) {
    return ask(parts, saidTexts.badNote(longestNote), 'error');
  }
  const isThere = stored.notes.some((note) => note.date === date && note.text === text);
  if (!isThere) {
    if (command.seen !== toSeen.notes(stored, date)) return sayOvertaken(parts);
    const note = { id: null, date, text, by: request.caller.userUuid };
    await administration.saveNote(request.caller.workspace, note);
  }
  const notes = (await parts.openAgain()).listNotes();
  const made = notes.filter((note) => note.date === date && note.text === text).slice(0, 1);
  return sayDone(parts, saidTexts.noted(formatDate(date)), { act: 'undo-note', subjects: made.map(({ id }) => id) });
}

/** A note that is gone already is removed: that was asked. */
export async function removeNote(parts: ActParts): Promise<RowSaid> {
  const { command, stored, administration, request } = parts;
  const note = stored.notes.find(({ id }) => id === command.subjects[0]);
  if (note === undefined) return sayRefused(parts, saidTexts.gone);
  await administration.deleteNote(request.caller.workspace, note.id);
  return sayDone(parts, saidTexts.undoneNote(formatDate(note.date)));
}
