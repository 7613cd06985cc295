import type { BarView } from '../presentation/frame/page-frame';
import { createLinks, type Links } from '../routing/paths';
import { assetVersion } from '../routing/static-assets';
import type { PageCaller, WebDependencies } from '../routing/web-dependencies';
import { buildWorkspaceBar } from './top-bar';

/** What is different about a page in our own window: its addresses name the workspace, and a bar stands above it. */
interface OpenOwnWindow {
  readonly links: Links;
  readonly bar: BarView;
}

type WindowNeeds = Pick<WebDependencies, 'settings' | 'signIns' | 'ownWindow'>;

/** `null`: the page is inside Bitbucket's frame, or its sign-in has ended a moment ago. */
export async function openOwnWindow(
  { workspace, signIn: id }: Pick<PageCaller, 'workspace' | 'signIn'>,
  { settings, signIns, ownWindow }: WindowNeeds,
): Promise<OpenOwnWindow | null> {
  const signIn = id === null ? null : await signIns.getSignIn(id);
  if (signIn === null) return null;
  const links = createLinks(settings.baseUrl, assetVersion, { workspace });
  const all = await ownWindow.listWorkspaces(signIn);
  return { links, bar: buildWorkspaceBar(signIn, { workspace, all }, links) };
}
