import type { SignIn, WindowWorkspace } from '../../doors/own-window';
import type { BarView } from '../presentation/frame/page-frame';
import type { Links } from '../routing/paths';

const ways = {
  bitbucket: 'Signed in with Bitbucket',
  link: 'Signed in by a link',
  proxy: 'Signed in by your proxy',
} as const;

/** Of a page of a workspace: where one is, who one is, and the ways on. */
export function buildWorkspaceBar(
  signIn: SignIn,
  { workspace, all }: { readonly workspace: string; readonly all: readonly WindowWorkspace[] },
  links: Links,
): BarView {
  const present = all.find(({ uuid }) => uuid === workspace);
  return {
    ...buildBar(signIn, links),
    homeHref: links.page('workspace'),
    workspace: {
      name: present?.name ?? '',
      others: all.length > 1 ? links.window('home') : null,
      settings: present?.isAdministrator === true ? links.page('settings') : null,
    },
  };
}

/** Of a page of no workspace. */
export function buildBar(signIn: SignIn | null, links: Links): BarView {
  return {
    homeHref: links.window('home'),
    workspace: null,
    account: signIn === null ? null : toAccount(signIn),
    // Whom a proxy names at every request, only that proxy can sign out.
    signOut: signIn === null || signIn.way === 'proxy' ? null : links.window('signOut'),
    signIn: null,
  };
}

export function toAccount({ name, way }: SignIn): string {
  return name ?? ways[way];
}
