import { lookUp } from '../../../domain/look-up';
import { correctionActions } from './corrections/correction-actions';
import { correctionForm } from './corrections/correction-form';
import { noAction, type Action, type ActionResult } from '../../presentation/forms/form-action';
import { noteActions } from './notes/note-actions';
import { noteForm } from './notes/note-form';
import type { FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { exclusionsForm } from './rules/exclusions-form';
import { generalForm } from './rules/general-form';
import { incidentRulesForm } from './rules/incident-rules-form';
import { rulesActions } from './rules/rules-actions';
import { teamActions } from './teams/team-actions';
import { teamForm } from './teams/team-form';
import { linkActions, linkForm } from './sign-in-links/link-actions';
import { tokenActions, tokenForm } from './tokens/token-actions';
import { viewersForm } from './viewers/viewers-form';
import { workActions } from './work/work-actions';
import { importActions } from './import/import-actions';
import { pageWords } from './words';

const actions: Readonly<Record<string, Action>> = {
  ...importActions,
  ...rulesActions,
  ...teamActions,
  ...tokenActions,
  ...linkActions,
  ...correctionActions,
  ...noteActions,
  ...workActions,
};

/** Everything that a button of the settings can say. */
export const actionNames: readonly string[] = Object.keys(actions);

/** Does what the pressed button says; a request that only looks changes nothing. */
export async function runAction(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const name = readOne(request.parameters, 'action') ?? '';
  const action = lookUp(actions, name);
  if (action === undefined || !request.isPost || !request.caller.canWrite) return noAction;
  const isRefused = request.caller.isUnconfirmed === true && !onlyShowing.has(name);
  return isRefused ? refuseUnconfirmed(name, request) : action(request, dependencies);
}

/** Buttons that change nothing. */
const onlyShowing: ReadonlySet<string> = new Set(['preview-incident-rules', 'preview-exclusions', 'find-members']);

/** Which form a button belongs to, where something is typed into it. */
const formsOfActions: Readonly<Record<string, string>> = {
  'save-general': generalForm,
  'save-incident-rules': incidentRulesForm,
  'save-exclusions': exclusionsForm,
  'save-viewers': viewersForm,
  'save-team': teamForm,
  'create-token': tokenForm,
  'create-link': linkForm,
  correct: correctionForm,
  'save-note': noteForm,
};

/** Nothing is done on the word of what was so before; what was typed is shown again. */
function refuseUnconfirmed(name: string, { parameters }: FormRequest): ActionResult {
  const form = lookUp(formsOfActions, name);
  const { title, text, kept } = pageWords.unconfirmed;
  return {
    outcome: { tone: 'error', title, text: form === undefined ? text : `${text} ${kept}`, secret: null },
    typed: form === undefined ? null : { form, parameters, problems: {}, isStale: false, isPreview: false },
  };
}
