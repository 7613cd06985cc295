import { createHash } from 'node:crypto';
import { isRefusal } from '../../bitbucket/client/errors';
import type { ViewerRights } from '../../store/viewers/viewer-store';
import type { SignIn, WindowRequest } from '../own-window';
import { createProxyList, readEmail, readHeaders } from './trusted-proxy';
import { hourMs } from './sign-ins';
import type { Member, WindowNeeds } from './window-needs';

const minuteMs = 60_000;
/** So soon Bitbucket is asked again for somebody when it could not be asked. */
const pauseMs = minuteMs;

type ProxyNeeds = Pick<
  WindowNeeds,
  | 'trustedUserHeader'
  | 'trustedProxies'
  | 'viewers'
  | 'connections'
  | 'askMember'
  | 'clock'
  | 'log'
  | 'signInHours'
  | 'viewerRightsMinutes'
>;

/** What came of asking for somebody in one workspace; `unknown`: nobody could be asked. */
type Verdict = Member | 'none' | 'unknown';

/**
 * Whom a listed reverse proxy names by e-mail; `null` when no proxy is configured. A member of a workspace sees all of
 * it, since nobody tells which repositories somebody else may see, and administers nothing.
 */
export function createProxySignIn(needs: ProxyNeeds) {
  const { trustedUserHeader: header, trustedProxies } = needs;
  if (header === null || trustedProxies === null) return null;
  const isProxy = createProxyList(trustedProxies);
  const underWay = new Map<string, Promise<SignIn>>();
  let isWarned = false;
  const warnOnce = (): void => {
    if (isWarned) return;
    isWarned = true;
    needs.log.warn({ header }, 'A header that names a user came from an address that is no trusted proxy: ignored.');
  };
  return {
    identify: async (request: WindowRequest): Promise<SignIn | null> => {
      if (readHeaders(request.rawHeaders, header).length === 0) return null;
      if (!isProxy(request.remoteAddress)) {
        warnOnce();
        return null;
      }
      const email = readEmail(request.rawHeaders, header);
      if (email === null) return null;
      const known = await findFresh(email, needs);
      if (known !== null) return known;
      // A page comes with its frames: those who ask at once wait for one answer.
      const reading = underWay.get(email) ?? readMember(email, needs).finally(() => underWay.delete(email));
      underWay.set(email, reading);
      return reading;
    },
  };
}

function toEmailViewer(email: string): string {
  return `email:${createHash('sha256').update(email).digest('hex')}`;
}

/** A proxy says with each request who it is; the row tells when Bitbucket was asked. No cookie opens it. */
async function findFresh(email: string, { viewers, clock, viewerRightsMinutes }: ProxyNeeds): Promise<SignIn | null> {
  const signIn = await viewers.getSignIn(toEmailViewer(email));
  const isFresh = signIn !== null && signIn.startedAt + viewerRightsMinutes * minuteMs > clock.now();
  return isFresh ? signIn : null;
}

/** Keeps what Bitbucket says of somebody; where it could not be asked, what was kept stays as it was. */
async function readMember(email: string, needs: ProxyNeeds): Promise<SignIn> {
  const { viewers, clock } = needs;
  const viewer = toEmailViewer(email);
  const now = clock.now();
  const verdicts = await askAll(email, needs);
  const rights = new Map<string, ViewerRights>();
  for (const [workspace, verdict] of verdicts) {
    const isMember = typeof verdict !== 'string';
    const former = verdict === 'unknown' ? await viewers.getRights(workspace, viewer) : null;
    const one = isMember ? { isAdministrator: false, repositories: null, readAt: now } : former;
    if (one !== null) rights.set(workspace, one);
  }
  await viewers.replaceRights(viewer, rights);
  const signIn = toSignIn(viewer, [...verdicts.values()], needs);
  await viewers.deleteEnded(now);
  await viewers.saveSignIn(signIn);
  return signIn;
}

function toSignIn(viewer: string, verdicts: readonly Verdict[], needs: ProxyNeeds): SignIn {
  const now = needs.clock.now();
  const [member] = verdicts.filter((verdict) => typeof verdict !== 'string');
  const askAgainInMs = verdicts.includes('unknown') ? pauseMs : needs.viewerRightsMinutes * minuteMs;
  return {
    ...{ id: viewer, way: 'proxy', viewer, userUuid: member?.uuid ?? null, name: member?.name ?? null },
    startedAt: now - needs.viewerRightsMinutes * minuteMs + askAgainInMs,
    endsAt: now + needs.signInHours * hourMs,
  };
}

/** All at once: somebody waits for a page. */
async function askAll(email: string, needs: ProxyNeeds): Promise<Map<string, Verdict>> {
  const workspaces = await listAskable(needs);
  const verdicts = workspaces.map(async (workspace) => [workspace, await ask(workspace, email, needs)] as const);
  return new Map(await Promise.all(verdicts));
}

/** A Connect app may not look for members by e-mail. */
async function listAskable({ connections }: ProxyNeeds): Promise<string[]> {
  const all = await connections.list();
  return all
    .filter(({ kind, status }) => kind === 'access_token' && status === 'live')
    .map(({ workspace }) => workspace);
}

async function ask(workspace: string, email: string, { askMember, log }: ProxyNeeds): Promise<Verdict> {
  try {
    return (await askMember(workspace, email)) ?? 'none';
  } catch (error) {
    if (isRefusal(error)) return 'none';
    log.warn({ err: error, workspace }, 'Bitbucket could not be asked for the member whom a proxy names.');
    return 'unknown';
  }
}
