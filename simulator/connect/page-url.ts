import { presentAccount, presentTeam, presentWorkspace, type Json } from '../present/account';
import { presentPullRequest } from '../present/pull-request';
import { presentRepository } from '../present/repository';
import { toAppAddress, type AppDescriptor, type AppPage } from './app-descriptor';
import { meets } from './conditions';
import { signForApp } from './tokens';
import type { Addresses } from '../present/links';
import type { Account, Clock, PullRequest, Repository, Workspace } from '../world/model';
import type { Installation } from './installations';

/** The places of Bitbucket where an app shows pages. */
export const pagePlaces = ['workspace', 'repository', 'repository-panel', 'pull-request-panel', 'settings'] as const;
export type PagePlace = (typeof pagePlaces)[number];

/** What a page is opened on. Names are slugs or uuids; everything has a default. */
export interface PageRequest {
  readonly workspace?: string;
  /** Default: the first repository. */
  readonly repository?: string;
  /** Default: the newest pull request of the repository. */
  readonly pullRequest?: number;
  /** Default: the workspace's owner. */
  readonly user?: string;
}

export interface PageView {
  readonly viewer: Account | null;
  readonly repository: Repository | null;
  readonly pullRequest: PullRequest | null;
}

const overviewPanel = 'org.bitbucket.repository.overview.informationPanel';
const pullRequestPanel = 'org.bitbucket.pullrequest.overview.informationPanel';

/** The module of the descriptor that is shown at a place, if the app has one. */
export function findPage(descriptor: AppDescriptor, place: PagePlace): AppPage | null {
  const { modules } = descriptor;
  const panelAt = (location: string): AppPage | undefined => modules.webPanels.find((one) => one.location === location);
  const pages: Record<PagePlace, AppPage | undefined> = {
    workspace: modules.profileTabs[0],
    repository: modules.repoPages.find(({ location }) => location === 'org.bitbucket.repository.navigation'),
    'repository-panel': panelAt(overviewPanel),
    'pull-request-panel': panelAt(pullRequestPanel),
    settings: modules.configurePage,
  };
  return pages[place] ?? null;
}

/** Whether the app is there, and somebody meets the conditions of its page. */
export function isShown(installation: Installation | null, place: PagePlace, viewerUuid: string): boolean {
  if (installation?.isInstalled !== true) return false;
  const page = findPage(installation.descriptor, place);
  return page !== null && meets(page.conditions, { workspace: installation.workspace, viewerUuid });
}

/** The signed address of a page for one view of it: context parameters filled in, `jwt` last. */
export function toPageUrl(
  installation: Installation & { readonly secret: string },
  page: AppPage,
  from: { readonly view: PageView; readonly addresses: Addresses; readonly clock: Clock },
): string {
  const { descriptor, clientKey, secret, workspace } = installation;
  const context = toContext(workspace, from.view, from.addresses);
  const url = fillIn(toAppAddress(descriptor, page.url), context, descriptor.scopes);
  const token = signForApp({ method: 'GET', url, baseUrl: descriptor.baseUrl }, { clientKey, secret }, from.clock);
  return `${url}${url.includes('?') ? '&' : '?'}jwt=${token}`;
}

function toContext(workspace: Workspace, view: PageView, addresses: Addresses): Json {
  const { viewer, repository, pullRequest } = view;
  const place = repository === null ? null : { addresses, workspace, repository };
  return {
    user: viewer === null ? undefined : presentAccount(addresses, viewer),
    target_user: presentTeam(addresses, workspace),
    principal: presentTeam(addresses, workspace),
    workspace: presentWorkspace(addresses, workspace),
    repository: place === null ? undefined : presentRepository(addresses, workspace, place.repository),
    pullrequest: place === null || pullRequest === null ? undefined : presentPullRequest(place, pullRequest),
  };
}

const neededScope: Record<string, readonly string[]> = {
  user: ['account'],
  target_user: ['account'],
  principal: ['account'],
  workspace: ['account'],
  repository: ['repository', 'pullrequest'],
  pullrequest: ['pullrequest'],
};

/** Without the scope, or without a value, a placeholder is sent as it stands. */
function fillIn(template: string, context: Json, scopes: readonly string[]): string {
  return template.replaceAll(/\{([a-z_.]+)\}/gu, (placeholder, path: string) => {
    const names = path.split('.');
    const isAllowed = neededScope[names[0] ?? '']?.some((scope) => scopes.includes(scope)) ?? false;
    const value = isAllowed ? readPath(context, names) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? encodeStrictly(String(value)) : placeholder;
  });
}

function readPath(from: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, from);
}

/** RFC 3986: also `! ' ( ) *`. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
