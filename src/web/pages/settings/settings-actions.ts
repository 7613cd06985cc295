import { correctionActions } from './corrections/correction-actions';
import { noAction, type Action, type ActionResult } from '../../presentation/forms/form-action';
import { noteActions } from './notes/note-actions';
import type { FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { rulesActions } from './rules/rules-actions';
import { teamActions } from './teams/team-actions';
import { linkActions } from './sign-in-links/link-actions';
import { tokenActions } from './tokens/token-actions';
import { importActions } from './import/import-actions';

const actions: Readonly<Record<string, Action>> = {
  ...importActions,
  ...rulesActions,
  ...teamActions,
  ...tokenActions,
  ...linkActions,
  ...correctionActions,
  ...noteActions,
};

/** Does what the pressed button says; a request that only looks changes nothing. */
export async function runAction(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const name = readOne(request.parameters, 'action') ?? '';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  return action === undefined || !request.isPost || !request.caller.canWrite ? noAction : action(request, dependencies);
}
