import { refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { PageCaller } from '../../../routing/web-dependencies';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';
import { importWords } from './words';

export const importActions: Readonly<Record<string, Action>> = { 'restart-import': restartImport };

const words = importWords.outcome;

async function restartImport(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const uuid = readOne(parameters, 'repository');
  const system = uuid === null ? null : await findSystem(caller, uuid, dependencies);
  if (system === undefined) {
    return refuseAtOnce(words.refused, words.notThere);
  }
  if (!hasMark(request)) {
    return refuseAtOnce(words.refused, words.incomplete);
  }
  await doOnce(request, dependencies, () => dependencies.imports.restart(caller.workspace, uuid));
  return succeed(system === null ? words.allAgain : words.again(system.name), words.text);
}

async function findSystem({ workspace, sight }: PageCaller, uuid: string, { reporting }: RoomsDependencies) {
  return (await reporting.open(workspace, sight.repositories)).systems.find((candidate) => candidate.uuid === uuid);
}
