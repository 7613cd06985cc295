import { countCharacters } from '../../../presentation/forms/field-view';
import { refuse, refuseAtOnce, succeed, type Action, type ActionResult } from '../../../presentation/forms/form-action';
import { doOnce, hasMark } from '../../../presentation/forms/submission';
import type { FormRequest, RoomsDependencies } from '../../../presentation/frame/page-dependencies';
import { readOne } from '../../../presentation/filter/page-parameters';
import { findMaker } from './token-makers';
import { tokenWords } from './words';

export const tokenForm = 'token';
const longestName = 80;
const words = tokenWords.outcome;

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
    return refuse(words.refused, { form: tokenForm, parameters, problems: { name: problem } });
  }
  const scope = readOne(parameters, 'scope') === 'read_write' ? 'read_write' : 'read';
  const { administration } = dependencies;
  const done = await doOnce(request, dependencies, async () =>
    administration.createToken(caller.workspace, { name, scope, ...(await findMaker(caller, dependencies)) }),
  );
  if (done === null) {
    return succeed(words.made(name), words.again);
  }
  return {
    outcome: { tone: 'success', title: words.made(name), text: words.copy, secret: done.made.token },
    typed: null,
  };
}

function findNameProblem(name: string, request: FormRequest): string | null {
  if (name === '' || countCharacters(name) > longestName) {
    return words.badName(longestName);
  }
  return hasMark(request) ? null : words.incomplete;
}

async function revokeToken(
  { caller, parameters }: FormRequest,
  { administration }: RoomsDependencies,
): Promise<ActionResult> {
  const id = readOne(parameters, 'id') ?? '';
  const token = (await administration.listTokens(caller.workspace)).find((candidate) => candidate.id === id);
  if (token === undefined) {
    return refuseAtOnce(words.notRevoked, words.notThere);
  }
  if (token.revokedAt === null) {
    await administration.revokeToken(caller.workspace, id);
  }
  return succeed(words.revoked(token.name), words.closed);
}
