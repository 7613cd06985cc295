import type { ParsedUrlQuery } from 'node:querystring';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Caller, CallerVerdict } from '../../doors/door';
import { pagesPath, buildPageName, type PageName } from '../routing/paths';
import type { PageCaller, WebDependencies, WebLocals } from '../routing/web-dependencies';
import { getBearerToken, getField, hasAuthorization } from './credentials';
import { decideAccess, type PageAccess } from './page-access';

type PageNeeds = Pick<WebDependencies, 'doors' | 'sessions' | 'log' | 'administrators'>;

/** Why a page cannot be seen: no (valid) token, a token ahead of its time, for administrators only, nothing there. */
type Refusal = 'session-ended' | 'clocks-differ' | 'administrators-only' | 'not-found';
type RefusePage = (request: Request, response: Response, refusal: Refusal) => Promise<void>;

type Visit = PageCaller | Refusal;

/**
 * Lets a request for a page through with `res.locals.page`, or refuses it. There are three ways in and a request
 * uses exactly one: through a door, our script with a session, a form of ours with a session.
 */
export function authenticatePages(needs: PageNeeds, refuse: RefusePage): RequestHandler {
  return (request, response, next) => {
    void admit({ request, response, next }, needs, refuse).catch(next);
  };
}

async function admit(
  { request, response, next }: { request: Request; response: Response; next: NextFunction },
  needs: PageNeeds,
  refuse: RefusePage,
): Promise<void> {
  const page = buildPageName(`${pagesPath}${request.path}`);
  const isKnownMethod = ['GET', 'HEAD', 'POST'].includes(request.method);
  const visit = page === null || !isKnownMethod ? 'not-found' : await decide(page, request, needs);
  if (typeof visit === 'string') {
    await refuse(request, response, visit);
    return;
  }
  (response.locals as WebLocals).page = visit;
  next();
}

/** The settings, seen or written, are for administrators; every other page is for whoever got in. */
async function decide(page: PageName, request: Request, needs: PageNeeds): Promise<Visit> {
  const visit = await identify(page, request, needs);
  const isOpen = page !== 'settings' || typeof visit === 'string' || visit.isKnownAdministrator === true;
  return isOpen ? visit : askForAdministrator(visit, needs);
}

/**
 * Only a clear no keeps somebody out: where Bitbucket names nobody, or does not tell, it has itself shown this place to
 * administrators alone. Asked at every visit, so that who stops being one stops here as well.
 */
async function askForAdministrator(visit: PageCaller, { administrators }: PageNeeds): Promise<Visit> {
  const { workspace, userUuid } = visit;
  const isAdministrator = userUuid === null ? null : await administrators.isAdministrator(workspace, userUuid);
  return isAdministrator === false
    ? 'administrators-only'
    : { ...visit, isKnownAdministrator: isAdministrator === true };
}

async function identify(page: PageName, request: Request, needs: PageNeeds): Promise<Visit> {
  for (const door of needs.doors) {
    const verdict = await door.identifyCaller(request);
    if (verdict !== null) return letIn({ page, request, verdict }, needs);
  }
  const query = request.query as ParsedUrlQuery;
  const form = request.method === 'POST' && !hasAuthorization(request) ? getField(request.body, 'session') : null;
  const token = getBearerToken(request) ?? form;
  return token === null
    ? 'session-ended'
    : identifyBySession(page, { token, query: mergeFields(query, request.body) }, needs);
}

interface DoorVisit {
  readonly page: PageName;
  readonly request: Request;
  readonly verdict: CallerVerdict;
}

async function letIn({ page, request, verdict }: DoorVisit, needs: PageNeeds): Promise<Visit> {
  if (!verdict.isTrusted) {
    needs.log.info({ reason: verdict.reason }, 'page refused');
    return verdict.doClocksDiffer ? 'clocks-differ' : 'session-ended';
  }
  const { workspace, role, visibleRepositories } = verdict.caller;
  const canWrite = page === 'settings';
  const visitor = { workspace, repositoryUuid: null, canWrite, visibleRepositories };
  const access = decideAccess(page, visitor, request.query as ParsedUrlQuery);
  if (access === null) return 'not-found';
  if (canWrite && role === 'member') return 'administrators-only';
  return beginSession({ page, caller: verdict.caller, ...access }, needs);
}

interface Beginning extends PageAccess {
  readonly page: PageName;
  readonly caller: Caller;
}

async function beginSession({ page, caller, repositoryUuid }: Beginning, needs: PageNeeds): Promise<Visit> {
  const { workspace, userUuid, role } = caller;
  const canWrite = page === 'settings';
  const grant = { workspace, repositoryUuid, userUuid, page } as const;
  const issued = await needs.sessions.issue({ ...grant, role: canWrite ? 'write' : 'read' });
  if (issued === null) return 'session-ended';
  const visit = { workspace, repositoryUuid, userUuid, canWrite, session: issued.session };
  return canWrite && role === 'administrator' ? { ...visit, isKnownAdministrator: true } : visit;
}

/** A session reaches as far as on the page it came from, and no further by being shown again. */
async function identifyBySession(
  page: PageName,
  { token, query }: { readonly token: string; readonly query: ParsedUrlQuery },
  needs: PageNeeds,
): Promise<Visit> {
  const session = await needs.sessions.verify(token);
  const renewed = session === null ? null : await needs.sessions.renew(token);
  if (session === null || renewed === null) return 'session-ended';
  const canWrite = session.role === 'write';
  const access = decideAccess(page, { ...session, canWrite, visibleRepositories: null }, query);
  if (access === null) return 'not-found';
  const { workspace, userUuid } = session;
  return { workspace, repositoryUuid: access.repositoryUuid, userUuid, canWrite, session: renewed.session };
}

/** The address and the fields of a form together; a field wins. */
function mergeFields(query: ParsedUrlQuery, body: unknown): ParsedUrlQuery {
  return typeof body === 'object' && body !== null ? { ...query, ...(body as ParsedUrlQuery) } : query;
}
