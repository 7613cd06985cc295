import type { NoteItem } from '../../../../reporting/corrections/corrections-report';
import { isOvertaken, runEdit } from '../../../presentation/forms/edit';
import { overtake, refuse, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';
import { checkNote, noteForm, readNoteFields, buildComparedNote, type NoteContent } from './note-form';
import { noteWords } from './words';

export const noteActions: Readonly<Record<string, Action>> = {
  'save-note': async (request, dependencies) =>
    readNoteFields(request.parameters).id === null ? addNote(request, dependencies) : changeNote(request, dependencies),
  'delete-note': deleteNote,
};

const words = noteWords.outcome;

async function addNote(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const checked = checkNote(readNoteFields(parameters));
  if ('problems' in checked || !hasMark(request)) {
    const problems = 'problems' in checked ? checked.problems : { text: words.incomplete };
    return refuse(words.refused, { form: noteForm, parameters, problems });
  }
  const note = { id: null, ...checked.value, by: caller.userUuid };
  await doOnce(request, dependencies, () => dependencies.administration.saveNote(caller.workspace, note));
  return succeed(words.saved, words.savedText);
}

async function findNote(
  { caller, parameters }: FormRequest,
  { reporting }: RoomsDependencies,
): Promise<NoteItem | null> {
  const id = readOne(parameters, 'id') ?? '';
  const snapshot = await reporting.open(caller.workspace, caller.sight.repositories);
  return snapshot.listNotes().find((note) => note.id === id) ?? null;
}

async function changeNote(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { parameters } = request;
  const note = await findNote(request, dependencies);
  if (note === null) {
    return sayGone(request);
  }
  const outcome = { isGone: false };
  const result = await runEdit({
    form: noteForm,
    parameters,
    stored: buildComparedNote(note),
    checked: checkNote(readNoteFields(parameters)),
    save: async (content) => {
      outcome.isGone = !(await save({ note, content }, request, dependencies));
    },
    words: { refused: words.refused, saved: words.saved, text: words.savedText },
  });
  return outcome.isGone ? sayGone(request) : result;
}

/** `false`: the note is gone. A request that comes again finds its own words stored: then nobody changed anything. */
async function save(
  { note, content }: { note: NoteItem; content: NoteContent },
  { caller }: FormRequest,
  { administration }: RoomsDependencies,
): Promise<boolean> {
  const isChange = content.date !== note.date || content.text !== note.text;
  return !isChange || administration.saveNote(caller.workspace, { id: note.id, ...content, by: caller.userUuid });
}

/** As a new note it can be saved again. */
function sayGone({ parameters }: FormRequest): ActionResult {
  return refuse(words.refused, {
    form: noteForm,
    parameters: { ...parameters, id: [''] },
    problems: { text: words.gone },
  });
}

/** A note that is gone already is removed: that was asked. */
async function deleteNote(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const note = await findNote(request, dependencies);
  if (note !== null && isOvertaken(parameters, buildComparedNote(note))) {
    return overtake({ form: noteForm, parameters, problems: {} });
  }
  if (note !== null) {
    await dependencies.administration.deleteNote(caller.workspace, note.id);
  }
  return succeed(words.removed, words.removedText);
}
