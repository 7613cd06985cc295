import { countCharacters } from '../../../presentation/forms/field-view';
import { refuse, refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';
import { findMaker } from './token-makers';

export const tokenForm = 'token';
const longestName = 80;

export const tokenActions: Readonly<Record<string, Action>> = {
  'create-token': createToken,
  'revoke-token': revokeToken,
};

/** A token is shown in the answer to the click that made it, and never again: not to the second click either. */
async function createToken(request: FormRequest, dependencies: RoomsDependencies): Promise<ActionResult> {
  const { caller, parameters } = request;
  const name = (readOne(parameters, 'name') ?? '').trim();
  const problem = findNameProblem(name, request);
  if (problem !== null) {
    return refuse('No token was made', { form: tokenForm, parameters, problems: { name: problem } });
  }
  const scope = readOne(parameters, 'scope') === 'read_write' ? 'read_write' : 'read';
  const { administration } = dependencies;
  const done = await doOnce(request, dependencies, async () =>
    administration.createToken(caller.workspace, { name, scope, ...(await findMaker(caller, dependencies)) }),
  );
  if (done === null) {
    return succeed(
      `The token ${name} is made`,
      'It was made and shown already, and is not shown again. If it was not copied, revoke it below and make another.',
    );
  }
  const text =
    'Copy it now: it is shown this once and never again. Send it as "Authorization: Bearer" with each request.';
  return {
    outcome: { tone: 'success', title: `The token ${name} is made`, text, secret: done.made.token },
    typed: null,
  };
}

function findNameProblem(name: string, request: FormRequest): string | null {
  if (name === '' || countCharacters(name) > longestName) {
    return `A token has a name of 1 to ${longestName} characters, so that you know it again.`;
  }
  return hasMark(request) ? null : 'The form was incomplete: make the token again.';
}

async function revokeToken(
  { caller, parameters }: FormRequest,
  { administration }: RoomsDependencies,
): Promise<ActionResult> {
  const id = readOne(parameters, 'id') ?? '';
  const token = (await administration.listTokens(caller.workspace)).find((candidate) => candidate.id === id);
  if (token === undefined) {
    return refuseAtOnce('No token was revoked', 'This token is no longer there.');
  }
  if (token.revokedAt === null) {
    await administration.revokeToken(caller.workspace, id);
  }
  return succeed(`The token ${token.name} is revoked`, 'It opens nothing any more.');
}
