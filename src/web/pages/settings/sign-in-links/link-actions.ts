import { lookUp } from '../../../../domain/look-up';
import { countCharacters } from '../../../presentation/forms/field-view';
import { refuse, refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne, readText } from '../../../presentation/filter/page-parameters';
import { formatDateTime } from '../../../presentation/format/dates';

export const linkForm = 'sign-in-link';
const longestName = 100;
const hour = 3_600_000;

/** How long a link may be valid, in milliseconds by the value of the field. */
export const validities: Readonly<Record<string, { readonly text: string; readonly ms: number }>> = {
  day: { text: 'A day', ms: 24 * hour },
  quarter: { text: '15 minutes', ms: hour / 4 },
  month: { text: '30 days, for a screen on a wall', ms: 30 * 24 * hour },
  year: { text: '365 days, for a screen on a wall', ms: 365 * 24 * hour },
};

export const linkActions: Readonly<Record<string, Action>> = { 'create-link': createLink, 'revoke-link': revokeLink };

/** A link of an administrator is made on the command line alone: a page must not be able to make more of its own kind. */
async function createLink(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const name = readText(parameters, 'link_name');
  const chosen = readOne(parameters, 'valid') ?? '';
  const validity = lookUp(validities, chosen);
  const problems = findProblems(request, name, validity !== undefined);
  if (validity === undefined || Object.keys(problems).length > 0) {
    return refuse('No link was made', { form: linkForm, parameters, problems });
  }
  const wish = { workspace: caller.workspace, validMs: validity.ms, name };
  const done = await doOnce(request, dependencies, () => dependencies.ownWindow.makeLink(wish));
  if (done === null) {
    return succeed(
      `The link for ${name} is made`,
      'It was made and shown already, and is not shown again. If it was not copied, revoke it below and make another.',
    );
  }
  const text = `Copy it now: it is shown this once. It signs one browser in, until ${formatDateTime(done.made.validUntil, 'UTC')} UTC, and shows all repositories.`;
  return {
    outcome: { tone: 'success', title: `The link for ${name} is made`, text, secret: done.made.url },
    typed: null,
  };
}

function findProblems(request: FormRequest, name: string, hasValidity: boolean): Record<string, string> {
  const isName = name !== '' && countCharacters(name) <= longestName && !/\p{Cc}/u.test(name);
  return {
    ...(isName
      ? {}
      : { link_name: `Say in 1 to ${longestName} characters for whom it is, so that you know it again.` }),
    ...(hasValidity ? {} : { valid: 'Choose one of the list.' }),
    ...(hasMark(request) ? {} : { link_name: 'The form was incomplete: make the link again.' }),
  };
}

async function revokeLink(
  { caller, parameters }: FormRequest,
  { ownWindow }: RoomsDependencies,
): Promise<ActionResult> {
  const isRevoked = await ownWindow.revokeLink(caller.workspace, readOne(parameters, 'id') ?? '');
  return isRevoked
    ? succeed('The link is revoked', 'It opens nothing any more, and whoever came in with it is signed out.')
    : refuseAtOnce('No link was revoked', 'It is revoked already, or no longer there.');
}
