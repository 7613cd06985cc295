import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { nameDeployed } from '../../presentation/rows/name-deployed';
import { unseen, type RowAct, type RowCommand, type RowSaid } from '../../presentation/rows/row-editing';
import { toStored, type RowsStored } from '../../presentation/rows/row-seen';
import { saidTexts } from '../../presentation/rows/words';

/** What a button of a row has at hand. */
export interface ActParts {
  readonly command: RowCommand;
  readonly request: FormRequest;
  readonly administration: RoomsDependencies['administration'];
  /** As it was when the button was pressed. */
  readonly snapshot: WholeSnapshot;
  readonly stored: RowsStored;
  /** "#407". */
  readonly name: string;
  /** As it is after something was changed. */
  readonly openAgain: () => Promise<WholeSnapshot>;
}

export async function openActParts(
  command: RowCommand,
  request: FormRequest,
  { reporting, administration }: RoomsDependencies,
): Promise<ActParts> {
  const { workspace, sight } = request.caller;
  const openAgain = () => reporting.openWhole(workspace, sight.repositories);
  const snapshot = await openAgain();
  const { name } = nameDeployed(command.row);
  return { command, request, administration, snapshot, stored: toStored(snapshot), name, openAgain };
}

/** It is done; `undo`: what takes it back. */
export function sayDone(
  { command: { row } }: Pick<ActParts, 'command'>,
  text: string,
  undo: { readonly act: RowAct; readonly subjects: readonly string[] } | null = null,
): RowSaid {
  const isThere = undo !== null && undo.subjects.length > 0;
  return { row, tone: 'success', text, undo: isThere ? { ...undo, row, seen: unseen } : null, ask: null };
}

/** Nothing was changed. */
export function sayRefused({ command: { row } }: Pick<ActParts, 'command'>, text: string): RowSaid {
  return { row, tone: 'error', text, undo: null, ask: null };
}

export function sayOvertaken({ command: { row } }: Pick<ActParts, 'command'>): RowSaid {
  return { row, tone: 'warning', text: saidTexts.overtaken, undo: null, ask: null };
}
