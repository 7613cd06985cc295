import { refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { PageCaller } from '../../../routing/web-dependencies';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';

export const importActions: Readonly<Record<string, Action>> = { 'restart-import': restartImport };

const text = 'What is already known stays and is brought up to date.';

async function restartImport(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const uuid = readOne(parameters, 'repository');
  const system = uuid === null ? null : await findSystem(caller, uuid, dependencies);
  if (system === undefined) {
    return refuseAtOnce('Nothing was imported', 'This repository is not there.');
  }
  if (!hasMark(request)) {
    return refuseAtOnce('Nothing was imported', 'The form was incomplete: press the button again.');
  }
  await doOnce(request, dependencies, () => dependencies.imports.restart(caller.workspace, uuid));
  return succeed(system === null ? 'All repositories are imported again' : `${system.name} is imported again`, text);
}

async function findSystem({ workspace, sight }: PageCaller, uuid: string, { reporting }: RoomsDependencies) {
  return (await reporting.open(workspace, sight.repositories)).systems.find((candidate) => candidate.uuid === uuid);
}
