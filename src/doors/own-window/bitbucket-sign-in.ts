import type { ViewerRights } from '../../store/viewers/viewer-store';
import { findOpenConnection } from '../open-connection';
import type { OwnWindow, SignIn, SignInProblem, WindowWorkspace } from '../own-window';
import { createBegunSignIn } from './begun-sign-in';
import { createOauthClient, type OauthClient } from './oauth-client';
import { toBasePath, toOwnPath } from './own-path';
import { readViewer, type ReadViewer } from './read-viewer';
import { SignInRefused } from './sign-in-refused';
import type { SignIns } from './sign-ins';
import { deriveCookieKey } from './signed-cookies';
import { createViewerApi } from './viewer-api';
import type { WindowNeeds } from './window-needs';

type BitbucketSignIn = Pick<OwnWindow, 'beginSignIn' | 'finishSignIn'>;

interface SignInNeeds extends WindowNeeds {
  readonly signIns: SignIns;
  listWorkspaces(signIn: Pick<SignIn, 'viewer'>): Promise<WindowWorkspace[]>;
}

/** A person waits for it before a page that loads. */
const usualTimeoutMs = 10_000;

/** Signing in with Bitbucket: OAuth 2.0, authorization code (docs/decisions/0023-how-somebody-signs-in.md). */
export function createBitbucketSignIn(needs: SignInNeeds): BitbucketSignIn {
  const oauth = openOauth(needs);
  const begun = createBegunSignIn({ ...needs, key: deriveCookieKey(needs.encryptionKey) });
  return {
    beginSignIn: (to) => {
      if (oauth === null) return null;
      const { state, cookie } = begun.begin(toOwnPath(to, needs.baseUrl));
      return { location: oauth.toAuthorizeAddress(state), cookie };
    },
    finishSignIn: async ({ query, cookieHeader }) => {
      const callback = new URLSearchParams(query);
      const beginning = begun.use(cookieHeader, callback.getAll('state'));
      const used = begun.clear();
      try {
        if (oauth === null) throw new SignInRefused('not_configured');
        if (beginning === null) throw new SignInRefused('not_begun_here');
        const viewer = await askBitbucket(oauth, { callback, state: beginning.state }, needs);
        const cookie = await letIn(viewer, cookieHeader, needs);
        const workspaces = await needs.listWorkspaces({ viewer: viewer.uuid });
        return { kind: 'signed-in', cookies: [cookie, used], to: beginning.to, workspaces };
      } catch (error) {
        return { kind: 'refused', reason: toReason(error, needs), cookies: [used] };
      }
    },
  };
}

function openOauth({ oauthKey, oauthSecret, ...needs }: SignInNeeds): OauthClient | null {
  if (oauthKey === null || oauthSecret === null) return null;
  const redirectUri = `${new URL(needs.baseUrl).origin}${toBasePath(needs.baseUrl)}/sign-in/callback`;
  const { bitbucketUrl, timeoutMs = usualTimeoutMs } = needs;
  return createOauthClient({ bitbucketUrl, oauthKey, oauthSecret, redirectUri, timeoutMs });
}

/** The person's token lives in this function alone. */
async function askBitbucket(
  oauth: OauthClient,
  { callback, state }: { readonly callback: URLSearchParams; readonly state: string },
  { timeoutMs = usualTimeoutMs, bitbucketApiUrl, connections }: SignInNeeds,
): Promise<ReadViewer> {
  const token = await oauth.exchange(callback, state);
  const isConnected = async (workspace: string): Promise<boolean> =>
    (await findOpenConnection(connections, workspace)) !== null;
  return readViewer(createViewerApi(token, { bitbucketApiUrl, timeoutMs }), isConnected);
}

/** Keeps what the person may see in the place of what was kept, and gives the cookie. */
async function letIn(viewer: ReadViewer, cookieHeader: string | undefined, needs: SignInNeeds): Promise<string> {
  const { viewers, signIns, clock } = needs;
  const readAt = clock.now();
  const rights = new Map<string, ViewerRights>();
  for (const [workspace, one] of viewer.rights) rights.set(workspace, { ...one, readAt });
  await viewers.replaceRights(viewer.uuid, rights);
  if (rights.size === 0) throw new SignInRefused(viewer.isRefused ? 'scope_missing' : 'no_workspace');
  const former = await signIns.find(cookieHeader);
  // Somebody else at the same browser: what the former has open in other tabs ends. The same person's goes on.
  if (former !== null && former.viewer !== viewer.uuid) await signIns.end(cookieHeader);
  const { uuid, name } = viewer;
  const newcomer = { way: 'bitbucket', viewer: uuid, userUuid: uuid, name, endsAt: signIns.usualEnd() } as const;
  const { signIn, cookie } = signIns.make(newcomer);
  await viewers.deleteEnded(readAt);
  await viewers.saveSignIn(signIn);
  return cookie;
}

function toReason(error: unknown, { log }: SignInNeeds): SignInProblem {
  if (!(error instanceof SignInRefused)) throw error;
  log.info({ reason: error.reason, detail: error.detail }, 'Somebody could not sign in with Bitbucket.');
  return error.reason;
}
