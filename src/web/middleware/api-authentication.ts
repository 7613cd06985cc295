import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { ApiCaller, WebDependencies, WebLocals } from '../routing/web-dependencies';
import { getBearerToken } from './credentials';
import { sendProblem } from './problem';

type ApiNeeds = Pick<WebDependencies, 'sessions' | 'apiTokens'>;

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
  const caller = token === null ? null : await findCaller(token, needs);
  if (caller === null) {
    response.setHeader('WWW-Authenticate', 'Bearer');
    sendProblem(response, 401, 'Send "Authorization: Bearer" with a session of a page or an API token.');
    return;
  }
  if (!caller.canWrite && !isReading(request)) {
    sendProblem(response, 403, 'This token may read only.');
    return;
  }
  (response.locals as WebLocals).caller = caller;
  next();
}

/** Renewing a session changes nothing. */
function isReading(request: Request): boolean {
  return ['GET', 'HEAD'].includes(request.method) || (request.method === 'POST' && request.path === '/session');
}

async function findCaller(token: string, { sessions, apiTokens }: ApiNeeds): Promise<ApiCaller | null> {
  if (token.startsWith('dbt_')) {
    const found = await apiTokens.find(token);
    if (found === null) return null;
    return { workspace: found.workspace, repositoryUuid: null, canWrite: found.canWrite, sessionToken: null };
  }
  const session = await sessions.verify(token);
  if (session === null) return null;
  const { workspace, repositoryUuid, role } = session;
  return { workspace, repositoryUuid, canWrite: role === 'write', sessionToken: token };
}
