import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { bindSight, seesAll } from '../../domain/people/visible-repositories';
import type { Session } from '../../doors/sessions';
import type { ApiCaller, WebDependencies, WebLocals } from '../routing/web-dependencies';
import { getBearerToken } from './credentials';
import { sendProblem } from './problem';
import type { RefusedRequests } from './refused-often';
import { nameCaller } from './work-turns';
import { findMakersRight, findWritingRight, isStranger } from './writing-right';

type ApiNeeds = Pick<
  WebDependencies,
  'sessions' | 'apiTokens' | 'administrators' | 'viewers' | 'clock' | 'ownWindow'
> & {
  readonly refused: RefusedRequests;
};

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
  const found = token === null ? null : await findCaller(token, { request, needs });
  if (found === null) {
    refuseUnknown({ request, response }, needs);
    return;
  }
  if (found === 'unconfirmed') response.setHeader('Retry-After', secondsToWait);
  const refusal = typeof found === 'string' ? refusals[found] : findRefusal(found, request);
  if (refusal !== null) {
    sendProblem(response, found === 'unconfirmed' ? 503 : 403, refusal);
    return;
  }
  if (typeof found !== 'string') (response.locals as WebLocals).caller = found;
  next();
}

function refuseUnknown({ request, response }: { request: Request; response: Response }, { refused }: ApiNeeds): void {
  if (refused.isTooOften(request, response)) {
    sendProblem(
      response,
      429,
      'Too many requests without a right from your address: wait as long as Retry-After says.',
    );
    return;
  }
  response.setHeader('WWW-Authenticate', 'Bearer');
  sendProblem(response, 401, 'Send "Authorization: Bearer" with a session of a page or an API token.');
}

/** So soon it is worth trying again when Bitbucket could not be asked. */
const secondsToWait = 30;

const refusals = {
  ended: 'Only an administrator of the workspace may use this session.',
  outlived: 'Bitbucket has shown the settings too long ago: open them there again.',
  unconfirmed:
    'Nothing was changed: Bitbucket could not be asked just now who administers this workspace. Try again in a minute.',
  maker_gone:
    'Whoever made this token administers the workspace no more, so it only reads: an administrator makes another one on the settings page.',
  stranger: 'Bitbucket did not say who opened this page, so it shows nothing of the whole workspace.',
  stale: 'Which repositories you may read has to be asked of Bitbucket again: open the page again.',
  no_right: 'Bitbucket names no right of yours in this workspace.',
  administrators:
    'Bitbucket does not tell which repositories you may read; the administrators of this workspace show the numbers to nobody else then.',
} as const;
type RefusedFor = keyof typeof refusals;

function findRefusal(caller: ApiCaller, request: Request): string | null {
  return caller.canWrite || isReading(request) || isRenewal(request) || isOfViews(caller, request)
    ? null
    : 'This token may read only.';
}

function isReading({ method }: Request): boolean {
  return ['GET', 'HEAD'].includes(method);
}

/** Renewing a session changes nothing; one that may write is asked for as for a change. */
function isRenewal({ method, path }: Request): boolean {
  return method === 'POST' && path === '/session';
}

/** Views are kept by whoever may look, of a session: what each of them may do is decided there. */
function isOfViews({ sessionToken }: ApiCaller, { path }: Request): boolean {
  return sessionToken !== null && (path === '/views' || path.startsWith('/views/'));
}

interface Asked {
  readonly request: Request;
  readonly needs: ApiNeeds;
}

async function findCaller(token: string, asked: Asked): Promise<ApiCaller | RefusedFor | null> {
  if (!token.startsWith('dbt_')) return findBySession(token, asked);
  const found = await asked.needs.apiTokens.find(token);
  if (found === null) return null;
  const right = found.canWrite && !isReading(asked.request) ? await findMakersRight(found, asked.needs) : 'granted';
  if (right !== 'granted') return right === 'unconfirmed' ? right : 'maker_gone';
  // A token was made by an administrator, for programs: it sees all.
  const { workspace, canWrite } = found;
  return { workspace, repositoryUuid: null, sight: seesAll, canWrite, sessionToken: null };
}

async function findBySession(token: string, { request, needs }: Asked): Promise<ApiCaller | RefusedFor | null> {
  const session = await needs.sessions.verify(token);
  if (session === null) return null;
  const refusal = await findSessionRefusal(session, { request, needs });
  if (refusal !== null) return refusal;
  const { workspace, repositoryUuid, role, viewer, signIn } = session;
  const canWrite = role === 'write';
  const sight = await needs.viewers.see({ workspace, viewer, signIn, isAdministrator: canWrite ? true : null });
  if (sight.kind !== 'open') return sight.kind === 'stale' ? 'stale' : sight.basis;
  const bound = bindSight(sight, repositoryUuid);
  const caller = {
    workspace,
    repositoryUuid,
    sight: bound,
    canWrite,
    sessionToken: token,
    viewer,
    userUuid: session.userUuid,
    holder: nameCaller(session),
  };
  return canWrite && sight.isAdministrator !== true ? 'ended' : caller;
}

async function findSessionRefusal(session: Session, asked: Asked): Promise<RefusedFor | null> {
  if (isStranger(session)) return 'stranger';
  return session.role === 'write' ? findWritersRefusal(session, asked) : null;
}

/** To read, a session of the settings ends by a clear no alone: Bitbucket itself has shown them to its holder. */
async function findWritersRefusal(session: Session, { request, needs }: Asked): Promise<RefusedFor | null> {
  if (!isReading(request)) {
    const right = await findWritingRight(session, needs);
    return right === 'granted' ? null : right === 'refused' ? 'ended' : right;
  }
  const { workspace, userUuid, signIn } = session;
  if (signIn !== null || userUuid === null) return null;
  return (await needs.administrators.isAdministrator(workspace, userUuid)) === false ? 'ended' : null;
}
