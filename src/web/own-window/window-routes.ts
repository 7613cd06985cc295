import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { LinkProblem, OwnWindow, SignIn } from '../../doors/own-window';
import { createGate, GateBusy, type Gate } from '../../machine/gate';
import { readHead } from '../middleware/credentials';
import { retryAfterSeconds } from '../middleware/problem';
import { createRefusedRequests, type RefusedRequests } from '../middleware/refused-often';
import { createLinks, ownWindowPaths } from '../routing/paths';
import { assetVersion } from '../routing/static-assets';
import type { WebDependencies } from '../routing/web-dependencies';
import { buildFirstPageView } from './first-page-view';
import { readOwnPath } from './own-path';
import {
  failedTooOften,
  foreignForm,
  linkRefusals,
  noWorkspace,
  signInRefusals,
  tooManyAtOnce,
  wrongLinksTooOften,
} from './refusals';
import { isFromOwnPage } from './same-origin';
import { buildChoiceView, buildLinkView, buildSignInView } from './sign-in-view';
import { toAccount } from './top-bar';
import type { WindowPages } from './window-pages';

interface WindowRoutesNeeds extends Pick<
  WebDependencies,
  'settings' | 'ownWindow' | 'installation' | 'viewers' | 'clock'
> {
  readonly pages: WindowPages;
  readonly refused: RefusedRequests;
}

interface RouteNeeds extends WindowRoutesNeeds {
  readonly failedSignIns: RefusedRequests;
  readonly enter: Gate;
}

/**
 * Who comes back from Bitbucket makes us ask it, and anybody can begin and come back with a code that is none: Bitbucket
 * is asked for one address once a second in the mean, however often it fails, and for so many at once in all.
 */
const usualAdmission = { mostFailedAMinute: 60, most: 8, longestWaitMs: 5_000 };

type Answer = (
  exchange: { readonly request: Request; readonly response: Response },
  needs: RouteNeeds,
) => Promise<void>;

/** How soon the first page looks whether a workspace has been connected meanwhile, in seconds. */
const liveSeconds = 5;

/** The routes of our own window beside the pages themselves: home, the ways in, the way out. */
export function createWindowRoutes(given: WindowRoutesNeeds, admission = usualAdmission): Router {
  const failedSignIns = createRefusedRequests(given.clock, admission.mostFailedAMinute);
  const needs: RouteNeeds = { ...given, failedSignIns, enter: createGate(admission) };
  const router = Router({ caseSensitive: true, strict: true });
  const { home, signIn, bitbucket, callback, link, signOut } = ownWindowPaths;
  const handle = (answer: Answer): RequestHandler => {
    return (request: Request, response: Response, next: NextFunction) =>
      void answer({ request, response }, needs).catch(next);
  };
  router.get(home, handle(openHome));
  router.get(signIn, handle(showSignIn));
  router.get(bitbucket, handle(begin));
  router.get(callback, handle(finish));
  router.get(`${link}/:token`, handle(showLink));
  router.post(`${link}/:token`, handle(fromOwnPage(useLink)));
  // Mail programs put a dot or a slash at the end of an address.
  router.use(link, handle(refuseUnknownLink));
  router.post(signOut, handle(fromOwnPage(leave)));
  return router;
}

/** Signed in: their workspace or a choice of them; not: how to sign in; nothing connected: how to connect. */
const openHome: Answer = async (exchange, needs) => {
  const { request, response } = exchange;
  const { ownWindow, installation, settings, pages } = needs;
  const found = (await installation.isConnected()) ? await ownWindow.identify(readHead(request)) : null;
  if (found === null) return showWaysIn({ ...exchange, signIn: null, to: null, hasToAskAgain: false }, needs);
  const { signIn } = found;
  const workspaces = await ownWindow.listWorkspaces(signIn);
  const toHref = (workspace: string) => createLinks(settings.baseUrl, assetVersion, { workspace }).page('workspace');
  const [only] = workspaces;
  if (only === undefined) return pages.refuse(response, noWorkspace, { signIn });
  if (workspaces.length === 1) response.redirect(toHref(only.uuid));
  else await pages.send(response, { template: 'choose-workspace', view: buildChoiceView(workspaces, toHref), signIn });
};

const showSignIn: Answer = async (exchange, needs) => {
  const { request, response } = exchange;
  const to = readOwnPath(request.query['to'], needs.settings.baseUrl);
  const signIn = (await needs.ownWindow.identify(readHead(request)))?.signIn ?? null;
  const hasToAskAgain = signIn !== null && to !== null && (await isStale(signIn, to, needs));
  const beginning = hasToAskAgain && signIn.way === 'bitbucket' ? needs.ownWindow.beginSignIn(to) : null;
  if (beginning === null) await showWaysIn({ ...exchange, signIn, to, hasToAskAgain }, needs);
  else goTo(response, beginning);
};

/** What is known of the rights of somebody signed in is too old for the page they want to see. */
async function isStale(signIn: SignIn, to: string, { ownWindow, viewers }: RouteNeeds): Promise<boolean> {
  const workspace = new URLSearchParams(to.split('?', 2)[1]).get('workspace');
  const caller = workspace === null ? null : await ownWindow.toCaller(signIn, workspace);
  if (caller === null) return false;
  const sight = await viewers.see({ ...caller, isAdministrator: caller.role === 'administrator' });
  return sight.kind === 'stale';
}

interface Arrival {
  readonly request: Request;
  readonly response: Response;
  readonly signIn: SignIn | null;
  readonly to: string | null;
  readonly hasToAskAgain: boolean;
}

/** The ways in that are configured; with none, how an installation is opened. */
async function showWaysIn({ request, response, signIn, to, hasToAskAgain }: Arrival, needs: RouteNeeds): Promise<void> {
  const { ownWindow, installation, settings, pages } = needs;
  const { ways } = ownWindow;
  const isConnected = await installation.isConnected();
  if (isConnected && (ways.bitbucket || ways.proxy || signIn !== null)) {
    const isSignedOut = request.query['signed-out'] !== undefined;
    const account = signIn === null ? null : toAccount(signIn);
    const view = buildSignInView({ ways, to, account, isSignedOut, hasToAskAgain }, pages.links);
    return pages.send(response, { template: 'sign-in', view, signIn, address: pages.links.window('signIn', { to }) });
  }
  const check = isConnected ? [] : await installation.listLastCheck();
  const callbackUrl = `${settings.baseUrl.replace(/\/+$/u, '')}${ownWindowPaths.callback}`;
  const view = buildFirstPageView({ isConnected, check, callbackUrl });
  return pages.send(response, { template: 'first-page', view, live: liveSeconds });
}

const begin: Answer = async ({ request, response }, { ownWindow, settings, pages }) => {
  const to = readOwnPath(request.query['to'], settings.baseUrl) ?? pages.links.window('home');
  const beginning = ownWindow.beginSignIn(to);
  if (beginning === null) await pages.refuse(response, signInRefusals.not_configured);
  else goTo(response, beginning);
};

/** Counted as failed until it is known to be right: of many at once none goes before it is counted. */
const finish: Answer = async ({ request, response }, needs) => {
  const { failedSignIns, settings, pages } = needs;
  if (failedSignIns.isTooOften(request, response)) return pages.refuse(response, failedTooOften);
  const verdict = await finishInTurn(request, needs);
  if (verdict === null) {
    response.setHeader('Retry-After', retryAfterSeconds);
    return pages.refuse(response, tooManyAtOnce);
  }
  for (const cookie of verdict.cookies) response.append('Set-Cookie', cookie);
  if (verdict.kind === 'refused') return pages.refuse(response, signInRefusals[verdict.reason]);
  failedSignIns.forgive(request);
  response.redirect(readOwnPath(verdict.to, settings.baseUrl) ?? pages.links.window('home'));
};

/** `null`: its turn did not come in time. */
async function finishInTurn(
  { originalUrl, headers }: Request,
  { ownWindow, enter }: RouteNeeds,
): Promise<Awaited<ReturnType<OwnWindow['finishSignIn']>> | null> {
  const query = originalUrl.split(/\?(.*)/su, 2)[1] ?? '';
  try {
    return await enter(() => ownWindow.finishSignIn({ query, cookieHeader: headers.cookie }));
  } catch (error) {
    if (error instanceof GateBusy) return null;
    throw error;
  }
}

/** Looking does not use it up: programs that read mail for people open the links in it. */
const showLink: Answer = async (exchange, needs) => {
  const { request, response } = exchange;
  const { ownWindow, pages } = needs;
  const found = await ownWindow.readLink(request.params['token'] ?? '');
  return 'problem' in found
    ? refuseLink(exchange, found.problem, needs)
    : pages.send(response, { template: 'sign-in-link', view: buildLinkView(found) });
};

const refuseUnknownLink: Answer = (exchange, needs) => refuseLink(exchange, 'unknown', needs);

/** Those that are none are counted with wrong sessions and tokens; a right one is let in whatever was counted. */
function refuseLink(
  { request, response }: Parameters<Answer>[0],
  problem: LinkProblem,
  { refused, pages }: RouteNeeds,
): Promise<void> {
  const isTooOften = problem === 'unknown' && refused.isTooOften(request, response);
  return pages.refuse(response, isTooOften ? wrongLinksTooOften : linkRefusals[problem]);
}

const useLink: Answer = async (exchange, needs) => {
  const { request, response } = exchange;
  const { ownWindow, settings, pages } = needs;
  const verdict = await ownWindow.useLink(request.params['token'] ?? '');
  if (verdict.kind === 'refused') return refuseLink(exchange, verdict.reason, needs);
  response.append('Set-Cookie', verdict.cookie);
  response.redirect(303, readOwnPath(verdict.to, settings.baseUrl) ?? pages.links.window('home'));
};

const leave: Answer = async ({ request, response }, { ownWindow, pages }) => {
  response.append('Set-Cookie', await ownWindow.signOut(request));
  response.redirect(303, pages.links.window('signIn', { 'signed-out': 'yes' }));
};

function fromOwnPage(answer: Answer): Answer {
  return async (exchange, needs) => {
    if (isFromOwnPage(exchange.request, needs.settings.baseUrl)) return answer(exchange, needs);
    const stepHref = needs.pages.links.window('home');
    return needs.pages.refuse(exchange.response, foreignForm, { stepHref });
  };
}

function goTo(response: Response, { location, cookie }: { readonly location: string; readonly cookie: string }): void {
  response.append('Set-Cookie', cookie);
  response.redirect(location);
}
