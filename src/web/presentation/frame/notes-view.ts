import { mostNotesDrawn } from '../../../domain/corrections/note';
import type { NoteItem } from '../../../reporting/corrections/corrections-report';
import type { NumberedNote } from '../charts/bucket-axis';
import { formatDate } from '../format/dates';
import { formatCount } from '../format/numbers';

/** The notes of a range that are drawn, in the order of their dates: of too many the newest. */
export function pickNotes(notes: readonly NoteItem[], { from, to }: { from: string; to: string }): NoteItem[] {
  return notes
    .filter(({ date }) => from <= date && date <= to)
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.madeAt - b.madeAt)
    .slice(-mostNotesDrawn);
}

export function buildNumbered(picked: readonly NoteItem[]): NumberedNote[] {
  return picked.map(({ date }, index) => ({ date, number: index + 1 }));
}

/** The texts behind the lines of the charts, each with the way to its day; `null` where there is no note. */
export function buildNotesView(
  notes: readonly NoteItem[],
  range: { from: string; to: string },
  toDayHref: (day: string) => string,
) {
  const picked = pickNotes(notes, range);
  if (picked.length === 0) {
    return null;
  }
  const inRange = notes.filter(({ date }) => range.from <= date && date <= range.to).length;
  return {
    notes: picked.map(({ date, text, madeBy, editedBy }, index) => ({
      number: index + 1,
      day: { href: toDayHref(date), text: formatDate(date) },
      text,
      by: formatAuthors(madeBy, editedBy),
    })),
    // That there are more than are drawn.
    more:
      inRange > picked.length
        ? `The newest ${formatCount(picked.length)} of ${formatCount(inRange)} notes are shown. A shorter range shows the others.`
        : null,
  };
}

type Writer = NoteItem['madeBy'];

function formatAuthors(madeBy: Writer, editedBy: Writer): string {
  const name = (person: Writer) => person?.displayName ?? 'somebody whom Bitbucket did not name';
  return editedBy === null || editedBy.uuid === madeBy?.uuid
    ? `by ${name(madeBy)}`
    : `by ${name(madeBy)}, changed by ${name(editedBy)}`;
}
