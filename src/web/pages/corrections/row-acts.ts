import type { FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import type { RowAct, RowCommand, RowSaid } from '../../presentation/rows/row-editing';
import { openActParts, type ActParts } from './act-parts';
import { makeBot, undoBot } from './bot-acts';
import { chooseCause, linkIncident } from './cause-acts';
import { leaveOut, undoCorrections } from './correction-acts';
import { askNote, removeNote, saveNote } from './note-acts';

const acts: Readonly<Record<RowAct, (parts: ActParts) => Promise<RowSaid> | RowSaid>> = {
  'leave-out-deployment': (parts) => leaveOut(parts, 'leave_out_deployment'),
  'leave-out-pull-request': (parts) => leaveOut(parts, 'leave_out_pull_request'),
  'not-incident': (parts) => leaveOut(parts, 'leave_out_incident'),
  'choose-cause': chooseCause,
  'caused-by': linkIncident,
  bot: makeBot,
  'write-note': askNote,
  note: saveNote,
  undo: undoCorrections,
  'undo-bot': undoBot,
  'undo-note': removeNote,
};

/** Does what a button in a row says, once, and tells what came of it. */
export async function runRowAct(
  command: RowCommand,
  request: FormRequest,
  dependencies: RoomsDependencies,
): Promise<RowSaid> {
  return acts[command.act](await openActParts(command, request, dependencies));
}
