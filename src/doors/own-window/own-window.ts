import { computeAge } from '../../domain/instant';
import { findOpenConnection } from '../open-connection';
import type { OwnWindow, SignIn, WindowCaller, WindowWorkspace } from '../own-window';
import { createBitbucketSignIn } from './bitbucket-sign-in';
import { createProxySignIn } from './proxy-sign-in';
import { createSignInLinks } from './sign-in-links';
import { createSignIns } from './sign-ins';
import { readCookieHeader } from './signed-cookies';
import type { WindowNeeds } from './window-needs';

/** Our own window, with the ways in that are configured. */
export function createOwnWindow(needs: WindowNeeds): OwnWindow {
  const signIns = createSignIns(needs);
  const listWorkspaces = (signIn: Pick<SignIn, 'viewer'>): Promise<WindowWorkspace[]> => listOpen(signIn, needs);
  const proxy = createProxySignIn(needs);
  return {
    ways: { bitbucket: needs.oauthKey !== null && needs.oauthSecret !== null, proxy: proxy !== null },
    identify: async (request) => {
      const signIn = await signIns.find(readCookieHeader(request.rawHeaders));
      const found = signIn ?? (await proxy?.identify(request)) ?? null;
      return found && { signIn: found };
    },
    ...createBitbucketSignIn({ ...needs, signIns, listWorkspaces }),
    ...createSignInLinks({ ...needs, signIns }),
    signOut: ({ rawHeaders }) => signIns.end(readCookieHeader(rawHeaders)),
    listWorkspaces,
    toCaller: (signIn, workspace) => toCaller(signIn, workspace, needs),
  };
}

type RightsNeeds = Pick<WindowNeeds, 'viewers' | 'connections' | 'workspaces' | 'clock' | 'viewerRightsMinutes'>;

async function listOpen({ viewer }: Pick<SignIn, 'viewer'>, needs: RightsNeeds): Promise<WindowWorkspace[]> {
  const { viewers, connections, workspaces } = needs;
  const found: WindowWorkspace[] = [];
  for (const uuid of await viewers.listWorkspaces(viewer)) {
    const rights = await viewers.getRights(uuid, viewer);
    const workspace = await workspaces.get(uuid);
    if (rights === null || workspace === null || (await findOpenConnection(connections, uuid)) === null) continue;
    const { slug, name } = workspace;
    found.push({ uuid, slug, name, isAdministrator: rights.isAdministrator });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.uuid.localeCompare(b.uuid, 'en'));
}

async function toCaller(signIn: SignIn, workspace: string, needs: RightsNeeds): Promise<WindowCaller | null> {
  const { viewer, userUuid, way, id } = signIn;
  const rights = await needs.viewers.getRights(workspace, viewer);
  if (rights === null || (await findOpenConnection(needs.connections, workspace)) === null) return null;
  // What a link opens stands in the link; what Bitbucket said may have changed since.
  const isFresh = way === 'link' || computeAge(rights.readAt, needs.clock.now()) <= needs.viewerRightsMinutes * 60_000;
  const role = rights.isAdministrator && isFresh ? 'administrator' : 'member';
  return { workspace, userUuid, role, viewer, signIn: id };
}
