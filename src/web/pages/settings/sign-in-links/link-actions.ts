import { lookUp } from '../../../../domain/look-up';
import { countCharacters } from '../../../presentation/forms/field-view';
import { refuse, refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne, readText } from '../../../presentation/filter/page-parameters';
import { formatDateTime } from '../../../presentation/format/dates';
import { linkWords } from './words';

export const linkForm = 'sign-in-link';
const longestName = 100;
const hour = 3_600_000;
const words = linkWords.outcome;

/** How long a link may be valid, in milliseconds by the value of the field. */
export const validities: Readonly<Record<string, { readonly text: string; readonly ms: number }>> = {
  day: { text: linkWords.validities.day, ms: 24 * hour },
  quarter: { text: linkWords.validities.quarter, ms: hour / 4 },
  month: { text: linkWords.validities.month, ms: 30 * 24 * hour },
  year: { text: linkWords.validities.year, ms: 365 * 24 * hour },
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
    return refuse(words.refused, { form: linkForm, parameters, problems });
  }
  const wish = { workspace: caller.workspace, validMs: validity.ms, name };
  const done = await doOnce(request, dependencies, () => dependencies.ownWindow.makeLink(wish));
  if (done === null) {
    return succeed(words.made(name), words.again);
  }
  const text = words.copy(formatDateTime(done.made.validUntil, 'UTC'));
  return {
    outcome: { tone: 'success', title: words.made(name), text, secret: done.made.url },
    typed: null,
  };
}

function findProblems(request: FormRequest, name: string, hasValidity: boolean): Record<string, string> {
  const isName = name !== '' && countCharacters(name) <= longestName && !/\p{Cc}/u.test(name);
  return {
    ...(isName ? {} : { link_name: words.badName(longestName) }),
    ...(hasValidity ? {} : { valid: words.badValidity }),
    ...(hasMark(request) ? {} : { link_name: words.incomplete }),
  };
}

async function revokeLink(
  { caller, parameters }: FormRequest,
  { ownWindow }: RoomsDependencies,
): Promise<ActionResult> {
  const isRevoked = await ownWindow.revokeLink(caller.workspace, readOne(parameters, 'id') ?? '');
  return isRevoked ? succeed(words.revoked, words.closed) : refuseAtOnce(words.notRevoked, words.notThere);
}
