import type { WholeSnapshot } from '../../../../reporting/snapshot';
import {
  refuse,
  refuseAtOnce,
  succeed,
  type Action,
  type ActionResult,
  type Checked,
  type Problems,
} from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';
import { checkCorrection, correctionForm, readCorrectionFields, type CheckedCorrection } from './correction-form';
import type { FoundPullRequest } from './find-subject';
import { correctionWords } from './words';

export const correctionActions: Readonly<Record<string, Action>> = {
  correct: addCorrection,
  'undo-correction': undoCorrection,
};

const { outcome: words, problems: problemWords } = correctionWords;

async function addCorrection(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const refuseFor = (problems: Problems) => refuse(words.refused, { form: correctionForm, parameters, problems });
  const checked = await check(request, dependencies);
  if ('problems' in checked) {
    return refuseFor(checked.problems);
  }
  const { kind, subject, target, reason } = checked.value;
  const correction = { kind, subject: subject.deployId, target: target?.deployId ?? null, reason, by: caller.userUuid };
  const { administration } = dependencies;
  const result = await doOnce(request, dependencies, () => administration.correct(caller.workspace, correction));
  return result === null || result.made
    ? succeed(words.made, words.madeText)
    : refuseFor({ subject: problemWords.inForce });
}

async function check(request: FormRequest, dependencies: RoomsDependencies): Promise<Checked<CheckedCorrection>> {
  const snapshot = await dependencies.reporting.openWhole(request.caller.workspace, request.caller.sight.repositories);
  const checked = checkCorrection(readCorrectionFields(request.parameters), snapshot.systems);
  if ('problems' in checked) {
    return checked;
  }
  const missing = await findMissing(checked.value, snapshot);
  const problems = hasMark(request) ? missing : { ...missing, reason: problemWords.incomplete };
  return Object.keys(problems).length > 0 ? { problems } : checked;
}

/** Which of the pull requests is not known here; a correction of nothing would only confuse. */
async function findMissing({ subject, target }: CheckedCorrection, snapshot: WholeSnapshot): Promise<Problems> {
  const find = async (name: string, found: FoundPullRequest | null): Promise<Problems> => {
    const isThere = found === null || (await snapshot.readTimeLine(found.repositoryUuid, found.number)) !== null;
    return isThere ? {} : { [name]: problemWords.missing(found.number) };
  };
  return { ...(await find('subject', subject)), ...(await find('target', target)) };
}

/** Undone twice is undone: the second click finds it so. */
async function undoCorrection(
  { caller, parameters }: FormRequest,
  { administration, reporting }: RoomsDependencies,
): Promise<ActionResult> {
  const id = readOne(parameters, 'id') ?? '';
  const corrections = (await reporting.openWhole(caller.workspace, caller.sight.repositories)).listCorrections();
  const correction = corrections.find((one) => one.id === id);
  if (correction === undefined) {
    return refuseAtOnce(words.notUndone, words.notThere);
  }
  if (correction.undoneAt === null) {
    await administration.undoCorrection(caller.workspace, id, caller.userUuid);
  }
  return succeed(words.undone, words.undoneText(correction.subjectName));
}
