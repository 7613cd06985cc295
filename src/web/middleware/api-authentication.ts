import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { bindSight, seesAll } from '../../domain/people/visible-repositories';
import type { Session } from '../../doors/sessions';
import type { ApiCaller, WebDependencies, WebLocals } from '../routing/web-dependencies';
import { getBearerToken } from './credentials';
import { sendProblem } from './problem';

type ApiNeeds = Pick<WebDependencies, 'sessions' | 'apiTokens' | 'administrators' | 'viewers'>;

/** Lets a request of the API through with `res.locals.caller`; nothing of it is read or parsed before. */
export function authenticateApi(needs: ApiNeeds): RequestHandler {
  return (request, response, next) => {
    void admit({ request, response, next }, needs).catch(next);
  };
}

async function admit(
  { request, response, next }: { request: Request; response: Response; next: NextFunction },
  needs: ApiNeeds,
): Promise<void> {
  const token = getBearerToken(request);
  const found = token === null ? null : await findCaller(token, needs);
  if (found === null) {
    response.setHeader('WWW-Authenticate', 'Bearer');
    sendProblem(response, 401, 'Send "Authorization: Bearer" with a session of a page or an API token.');
    return;
  }
  const refusal = typeof found === 'string' ? refusals[found] : findRefusal(found, request);
  if (refusal !== null) {
    sendProblem(response, 403, refusal);
    return;
  }
  if (typeof found !== 'string') (response.locals as WebLocals).caller = found;
  next();
}

const refusals = {
  ended: 'Only an administrator of the workspace may use this session.',
  stale: 'Which repositories you may read has to be asked of Bitbucket again: open the page again.',
  no_right: 'Bitbucket names no right of yours in this workspace.',
  administrators:
    'Bitbucket does not tell which repositories you may read; the administrators of this workspace show the numbers to nobody else then.',
} as const;

function findRefusal(caller: ApiCaller, request: Request): string | null {
  return caller.canWrite || isReading(request) ? null : 'This token may read only.';
}

/** Renewing a session changes nothing. */
function isReading(request: Request): boolean {
  return ['GET', 'HEAD'].includes(request.method) || (request.method === 'POST' && request.path === '/session');
}

async function findCaller(token: string, needs: ApiNeeds): Promise<ApiCaller | keyof typeof refusals | null> {
  if (!token.startsWith('dbt_')) return findBySession(token, needs);
  const found = await needs.apiTokens.find(token);
  if (found === null) return null;
  // A token was made by an administrator, for programs: it sees all.
  const { workspace, canWrite } = found;
  return { workspace, repositoryUuid: null, sight: seesAll, canWrite, sessionToken: null };
}

async function findBySession(token: string, needs: ApiNeeds): Promise<ApiCaller | keyof typeof refusals | null> {
  const session = await needs.sessions.verify(token);
  if (session === null) return null;
  const { workspace, repositoryUuid, role, viewer, signIn } = session;
  const canWrite = role === 'write';
  const isAdministrator = canWrite ? await isStillAdministrator(session, needs) : null;
  if (isAdministrator === false) return 'ended';
  const sight = await needs.viewers.see({ workspace, viewer, signIn, isAdministrator });
  if (sight.kind !== 'open') return sight.kind === 'stale' ? 'stale' : sight.basis;
  const bound = bindSight(sight, repositoryUuid);
  const caller = { workspace, repositoryUuid, sight: bound, canWrite, sessionToken: token };
  return canWrite && sight.isAdministrator !== true ? 'ended' : caller;
}

/** Of a session of the settings only a clear no ends that: Bitbucket itself has shown them to its holder. */
async function isStillAdministrator(
  { workspace, userUuid, signIn }: Session,
  { administrators }: ApiNeeds,
): Promise<boolean> {
  if (signIn !== null || userUuid === null) return true;
  return (await administrators.isAdministrator(workspace, userUuid)) !== false;
}
