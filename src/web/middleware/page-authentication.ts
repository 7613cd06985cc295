import type { ParsedUrlQuery } from 'node:querystring';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Caller, CallerVerdict, RequestHead } from '../../doors/door';
import type { IssuedSession, Session } from '../../doors/sessions';
import { bindSight, type OpenSight, type Sight } from '../../domain/people/visible-repositories';
import { pagesPath, buildPageName, type PageName } from '../routing/paths';
import type { PageCaller, WebDependencies, WebLocals } from '../routing/web-dependencies';
import { getBearerToken, getField, hasAuthorization, readHead } from './credentials';
import { isOwnWindowVisit } from './own-window-visit';
import { decideAccess, isWithin, readUuid, type PageAccess } from './page-access';
import { findRowRight, findWritingRight, isStranger, type Writer, type WritingRight } from './writing-right';

export type PageNeeds = Pick<
  WebDependencies,
  'doors' | 'sessions' | 'log' | 'clock' | 'administrators' | 'viewers' | 'ownWindow'
>;

/**
 * Why a page cannot be seen: no (valid) token, a token ahead of its time, for administrators only, for nobody whom Bitbucket
 * does not name, nothing there; and by what the viewer may see: no right at all, nobody but administrators, or not known
 * just now.
 */
export type Refusal =
  'session-ended' | 'clocks-differ' | 'administrators-only' | 'stranger' | 'not-found' | SightRefusal;
type SightRefusal = 'no-right' | 'rights-closed' | 'rights-unknown';
type RefusePage = (request: Request, response: Response, refusal: Refusal) => Promise<void>;

/** What of a request tells who asks for a page. A request of Express is one. */
export interface PageAsk extends RequestHead, Pick<Request, 'headers' | 'socket'> {
  readonly query: unknown;
  readonly body?: unknown;
}

/** Whoever may see the page, before the session that it carries is made. */
export interface Recognised extends Omit<PageCaller, 'session'>, Pick<Identified, 'issue'> {}

/** Whoever was let in by a door or a session, before it is known what they may see. */
interface Identified extends PageAccess, Writer, Pick<PageCaller, 'canWrite'> {
  readonly viewer: string | null;
  readonly role: Caller['role'];
  /** The repository that its session shows, alone; `null`: the whole workspace. */
  readonly boundTo: string | null;
  /** Bitbucket shows this page itself, of this repository. */
  readonly shown: string | null;
  /** The session that the page gets; `null` where there is none for it any more. */
  readonly issue: () => Promise<PageSession | null>;
}

type PageSession = Pick<IssuedSession, 'session'>;

/**
 * Lets a request for a page through with `res.locals.page`, or refuses it. There are four ways in and a request
 * uses exactly one: through a door, our script with a session, a form of ours with a session, or in our own window a
 * cookie.
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
  const found = page === null || !isKnownMethod ? 'not-found' : await recognise(page, request, needs);
  const caller = typeof found === 'string' ? found : await begin(found);
  if (typeof caller === 'string') {
    await refuse(request, response, caller);
    return;
  }
  (response.locals as WebLocals).page = caller;
  next();
}

async function begin({ issue, ...caller }: Recognised): Promise<PageCaller | Refusal> {
  const issued = await issue();
  return issued === null ? 'session-ended' : { ...caller, session: issued.session };
}

/** Who asks for a page, and what they may see; or why they may not. Nothing is made or changed by it. */
export async function recognise(page: PageName, request: PageAsk, needs: PageNeeds): Promise<Recognised | Refusal> {
  const identified = await identify(page, request, needs);
  if (typeof identified === 'string') return identified;
  if (page === 'corrections' && request.method !== 'POST') return 'not-found';
  if (isStranger(identified)) return 'stranger';
  const right = await findRight(page, identified, needs);
  const told = await findAdministrator(identified, needs);
  const refusal = findSettingsRefusal(right, told);
  if (refusal !== null) return refusal;
  const { workspace, viewer, signIn, shown, canWrite } = identified;
  // Where Bitbucket does not tell, it has itself shown the settings to administrators alone.
  const isAdministrator = canWrite ? told !== false : told;
  const seen = await needs.viewers.see({ workspace, viewer, signIn, shown, isAdministrator });
  return seen.kind === 'open'
    ? show(identified, { sight: bindSight(seen, identified.boundTo), told, right })
    : toRefusal(seen);
}

/** `null`: the page changes nothing. */
async function findRight(page: PageName, identified: Identified, needs: PageNeeds): Promise<WritingRight | null> {
  if (page === 'corrections') return findRowRight(identified, needs);
  return page === 'settings' ? findWritingRight(identified, needs) : null;
}

/** `right`: `null` for any page that changes nothing. */
function findSettingsRefusal(right: WritingRight | null, told: boolean | null): Refusal | null {
  if (right === null) return null;
  if (right === 'outlived') return 'session-ended';
  return right === 'refused' || told === false ? 'administrators-only' : null;
}

interface Seen {
  readonly sight: OpenSight;
  readonly told: boolean | null;
  readonly right: WritingRight | null;
}

function show(identified: Identified, { sight, told, right }: Seen): Recognised | Refusal {
  if (!isWithin(sight, identified)) return 'not-found';
  if (right === null) return toRecognised(identified, { sight });
  const isOwnWindow = identified.signIn !== null;
  const isKnownAdministrator = (isOwnWindow ? sight.isAdministrator : told) === true;
  // In our own window only whoever is known as an administrator gets to the settings.
  return isOwnWindow && !isKnownAdministrator
    ? 'administrators-only'
    : toRecognised(identified, { sight, isKnownAdministrator, isUnconfirmed: right === 'unconfirmed' });
}

function toRefusal(sight: Exclude<Sight, OpenSight>): SightRefusal {
  if (sight.kind === 'stale') return 'rights-unknown';
  return sight.basis === 'administrators' ? 'rights-closed' : 'no-right';
}

/**
 * As the door says, or Bitbucket of whoever holds a session that may write: asked at every visit, so that who stops being
 * one stops here as well. `null`: nobody tells; in our own window the sight does.
 */
async function findAdministrator(
  { workspace, userUuid, signIn, canWrite, role }: Identified,
  { administrators }: PageNeeds,
): Promise<boolean | null> {
  if (signIn !== null) return null;
  if (role !== null) return role === 'administrator';
  return canWrite && userUuid !== null ? administrators.isAdministrator(workspace, userUuid) : null;
}

function toRecognised(
  { workspace, repositoryUuid, userUuid, viewer, signIn, canWrite, issue }: Identified,
  seen: Pick<PageCaller, 'sight' | 'isKnownAdministrator' | 'isUnconfirmed'>,
): Recognised {
  return { workspace, repositoryUuid, userUuid, viewer, signIn, canWrite, ...seen, issue };
}

async function identify(page: PageName, request: PageAsk, needs: PageNeeds): Promise<Identified | Refusal> {
  for (const door of needs.doors) {
    const verdict = await door.identifyCaller(request);
    if (verdict !== null) return letIn({ page, request, verdict }, needs);
  }
  const query = request.query as ParsedUrlQuery;
  const form = request.method === 'POST' && !hasAuthorization(request) ? getField(request.body, 'session') : null;
  const token = getBearerToken(request) ?? form;
  return token === null
    ? identifyByCookie(page, request, needs)
    : identifyBySession(page, { token, query: mergeFields(query, request.body) }, needs);
}

/** For looking alone, in our own window: whatever is done there is done with the session that its pages carry. */
async function identifyByCookie(page: PageName, request: PageAsk, needs: PageNeeds): Promise<Identified | Refusal> {
  const workspace = isOwnWindowVisit(request) ? readUuid(request.query as ParsedUrlQuery, 'workspace') : null;
  const found = workspace === null ? null : await needs.ownWindow.identify(readHead(request));
  if (workspace === null || found === null) return 'session-ended';
  const caller = await needs.ownWindow.toCaller(found.signIn, workspace);
  return caller === null ? 'no-right' : letIn({ page, request, verdict: { isTrusted: true, caller } }, needs);
}

interface DoorVisit {
  readonly page: PageName;
  readonly request: PageAsk;
  readonly verdict: CallerVerdict;
}

function letIn({ page, request, verdict }: DoorVisit, needs: PageNeeds): Identified | Refusal {
  if (!verdict.isTrusted) {
    needs.log.info({ reason: verdict.reason }, 'page refused');
    return verdict.doClocksDiffer ? 'clocks-differ' : 'session-ended';
  }
  // Rows are put right by the session of the page that they stand on, and by nothing else.
  if (page === 'corrections') return 'not-found';
  const { caller } = verdict;
  const canWrite = page === 'settings';
  const visitor = { workspace: caller.workspace, repositoryUuid: null, canWrite };
  const access = decideAccess(page, visitor, request.query as ParsedUrlQuery);
  if (access === null) return 'not-found';
  const grant = { ...access, ...toGrant(caller), page, role: canWrite ? 'write' : 'read' } as const;
  const shown = caller.signIn === null ? access.repositoryUuid : null;
  const boundTo = access.repositoryUuid;
  const loadedAt = needs.clock.now();
  return { ...caller, ...access, canWrite, boundTo, shown, loadedAt, issue: () => needs.sessions.issue(grant) };
}

function toGrant({ workspace, userUuid, viewer, signIn }: Caller) {
  return { workspace, userUuid, viewer, signIn };
}

/** A session reaches as far as on the page it came from, and no further by being shown again. */
async function identifyBySession(
  page: PageName,
  { token, query }: { readonly token: string; readonly query: ParsedUrlQuery },
  needs: PageNeeds,
): Promise<Identified | Refusal> {
  const session = await needs.sessions.verify(token);
  if (session === null) return 'session-ended';
  const canWrite = session.role === 'write';
  const access = decideAccess(page, { ...session, canWrite }, query);
  if (access === null) return 'not-found';
  const { workspace, userUuid, viewer, signIn, loadedAt } = session;
  const who = { workspace, userUuid, viewer, signIn, role: null, loadedAt };
  const boundTo = session.repositoryUuid;
  return { ...who, ...access, canWrite, boundTo, shown: null, issue: () => renew(session, token, needs) };
}

/** One that writes goes on as long as its holder may; else it goes on to read, or until it is known, as it is. */
async function renew(session: Session, token: string, needs: PageNeeds): Promise<PageSession | null> {
  const right = session.role === 'write' ? await findWritingRight(session, needs) : 'granted';
  if (right === 'unconfirmed') return { session: token };
  return needs.sessions.extend(right === 'granted' ? session : { ...session, role: 'read' });
}

/** The address and the fields of a form together; a field wins. */
function mergeFields(query: ParsedUrlQuery, body: unknown): ParsedUrlQuery {
  return typeof body === 'object' && body !== null ? { ...query, ...(body as ParsedUrlQuery) } : query;
}
