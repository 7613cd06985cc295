import type { CorrectionKind } from '../../../domain/corrections/correction';
import { parseDeployId } from '../../../domain/deployments/deploy-id';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { everyIncident } from '../../presentation/rows/list-by-incident';
import type { RowSaid } from '../../presentation/rows/row-editing';
import { toSeen } from '../../presentation/rows/row-seen';
import { reasonInRow, saidTexts } from '../../presentation/rows/words';
import { sayDone, sayOvertaken, sayRefused, type ActParts } from './act-parts';

type LeavingOut = Exclude<CorrectionKind, 'link_incident'>;

/** A button that comes again finds its work done; one of before something else was changed changes nothing. */
export async function leaveOut(parts: ActParts, kind: LeavingOut): Promise<RowSaid> {
  const { command, snapshot, stored, name } = parts;
  const { subjects, seen } = command;
  const text = kind === 'leave_out_incident' ? saidTexts.noIncident(name) : saidTexts.leftOut(name);
  if (listInForce(snapshot, kind, subjects).length === subjects.length) return sayMade(parts, kind, text);
  if (seen !== toSeen.corrections(stored, subjects)) return sayOvertaken(parts);
  if (!(await areThere(snapshot, kind, subjects))) return sayRefused(parts, saidTexts.gone);
  for (const subject of subjects) await correct(parts, { kind, subject, target: null });
  return sayMade(parts, kind, text);
}

/** Done, with the way back: the corrections as they are stored now. */
export async function sayMade(parts: ActParts, kind: CorrectionKind, text: string): Promise<RowSaid> {
  const made = listInForce(await parts.openAgain(), kind, parts.command.subjects);
  return sayDone(parts, text, { act: 'undo', subjects: made.map(({ id }) => id) });
}

export function listInForce(
  { corrections }: Pick<WholeSnapshot, 'corrections'>,
  kind: CorrectionKind,
  subjects: readonly string[],
) {
  return corrections.filter((one) => one.undoneAt === null && one.kind === kind && subjects.includes(one.subject));
}

export async function correct(
  { administration, request: { caller } }: ActParts,
  correction: { readonly kind: CorrectionKind; readonly subject: string; readonly target: string | null },
): Promise<void> {
  await administration.correct(caller.workspace, { ...correction, reason: reasonInRow, by: caller.userUuid });
}

/** Whether what is to be put right is known here: a correction of nothing would only confuse. */
async function areThere(snapshot: WholeSnapshot, kind: LeavingOut, subjects: readonly string[]): Promise<boolean> {
  if (kind === 'leave_out_incident') {
    const known = new Set(everyIncident(snapshot).map(({ incident_id: id }) => id));
    return subjects.every((subject) => known.has(subject));
  }
  for (const subject of subjects) {
    const key = parseDeployId(subject);
    const isOfOurs = snapshot.systems.some(({ uuid }) => uuid === key?.repositoryUuid);
    if (key === null || !isOfOurs) return false;
    if ((await snapshot.readTimeLine(key.repositoryUuid, key.number)) === null) return false;
  }
  return true;
}

/** Undone twice is undone. */
export async function undoCorrections(parts: ActParts): Promise<RowSaid> {
  const { command, snapshot, administration, request, name } = parts;
  const { workspace, userUuid } = request.caller;
  const found = snapshot.corrections.filter(({ id }) => command.subjects.includes(id));
  if (found.length === 0) return sayRefused(parts, saidTexts.gone);
  for (const { id, undoneAt } of found) {
    if (undoneAt === null) await administration.undoCorrection(workspace, id, userUuid);
  }
  return sayDone(parts, saidTexts.undone(name));
}
