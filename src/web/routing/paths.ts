/**
 * Every address of ours but those of doors, in one place: used to route, to link, and compared with the descriptor by a
 * test.
 * All are relative to the path of BASE_URL; `createLinks` puts it in front.
 */

/** What a page is about, and so which caller may see it. */
export type PageReach = 'workspace' | 'repository' | 'either' | 'settings';

export const pagePaths = {
  workspace: '/pages/workspace',
  repository: '/pages/repository',
  repositoryPanel: '/pages/repository-panel',
  pullRequestPanel: '/pages/pull-request-panel',
  settings: '/pages/settings',
  deployments: '/pages/deployments',
  incidents: '/pages/incidents',
  reviews: '/pages/reviews',
  workInProgress: '/pages/work-in-progress',
  pullRequests: '/pages/pull-requests',
  pullRequest: '/pages/pull-request',
  dataQuality: '/pages/data-quality',
  day: '/pages/day',
  release: '/pages/release',
  gettingStarted: '/pages/getting-started',
  /** Only sent to, by buttons in rows: answered with the page that they stand on. */
  corrections: '/pages/corrections',
  views: '/pages/views',
} as const;
export type PageName = keyof typeof pagePaths;

/** `either`: of the whole workspace, or of one repository when `repository` is named. */
export const pageReach: Readonly<Record<PageName, PageReach>> = {
  workspace: 'workspace',
  repository: 'repository',
  repositoryPanel: 'repository',
  pullRequestPanel: 'repository',
  settings: 'settings',
  deployments: 'either',
  incidents: 'either',
  reviews: 'either',
  workInProgress: 'either',
  pullRequests: 'either',
  pullRequest: 'repository',
  dataQuality: 'either',
  day: 'either',
  release: 'repository',
  gettingStarted: 'workspace',
  corrections: 'workspace',
  views: 'either',
};

export const operationPaths = { live: '/livez', ready: '/readyz', metrics: '/metrics' } as const;

/** Our own window, outside of Bitbucket's frame. */
export const ownWindowPaths = {
  home: '/',
  signIn: '/sign-in',
  bitbucket: '/sign-in/bitbucket',
  callback: '/sign-in/callback',
  /** Followed by the secret of a link. */
  link: '/sign-in/link',
  signOut: '/sign-out',
} as const;
export type OwnWindowPlace = keyof typeof ownWindowPaths;

/** The one script of Bitbucket's, in pages in its frame: it tells the host how high they are. */
export function toHostScript(bitbucketUrl: string): string {
  return `${bitbucketUrl}/atlassian-connect/all.js`;
}

export const apiPath = '/api/v1';
export const publicPath = '/public';
export const pagesPath = '/pages';

/** Which page an address (without BASE_URL's path and without a query) is, or `null`. */
export function buildPageName(path: string): PageName | null {
  const found = Object.entries(pagePaths).find(([, value]) => value === path);
  return found === undefined ? null : (found[0] as PageName);
}

/** The values of a query by name, in order; `null` is left out. */
export type LinkQuery = Readonly<Record<string, string | number | readonly string[] | null>>;

/**
 * An address with its query: repeated names for lists, in the order given; nothing at all for an empty query. It
 * follows whatever query the path has already.
 */
export function toAddress(path: string, query: LinkQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null) continue;
    for (const one of typeof value === 'object' ? value : [String(value)]) search.append(name, one);
  }
  const text = search.toString();
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

interface OwnWindowLinks {
  /** Its UUID with braces; `null`: not of a workspace yet. */
  readonly workspace: string | null;
}

export interface Links {
  /** They lead on in our own window, not in Bitbucket's frame. */
  readonly isOwnWindow: boolean;
  page(name: PageName, query?: LinkQuery): string;
  /** The absolute address of a page of a workspace in our own window: what one person hands to another. */
  shared(name: PageName, workspace: string, query: LinkQuery): string;
  /** A place of our own window. */
  window(place: OwnWindowPlace, query?: LinkQuery): string;
  /** `route` begins with a slash: `/metrics/accelerate`. */
  api(route: string): string;
  /** `file` relative to `public/`, with the version that lets browsers keep it for ever. */
  asset(file: string): string;
}

/**
 * Links as a browser needs them: with the path of BASE_URL in front. `version` changes with each release. In our own
 * window nothing but the address of a page says which workspace it is of: every one names it.
 */
export function createLinks(baseUrl: string, version: string, ownWindow: OwnWindowLinks | null = null): Links {
  const base = formatBasePath(baseUrl);
  const own = ownWindow === null ? {} : { workspace: ownWindow.workspace };
  return {
    isOwnWindow: ownWindow !== null,
    page: (name, query = {}) => toAddress(`${base}${pagePaths[name]}`, { ...own, ...query }),
    shared: (name, workspace, query) =>
      toAddress(`${new URL(baseUrl).origin}${base}${pagePaths[name]}`, { workspace, ...query }),
    window: (place, query = {}) => toAddress(`${base}${ownWindowPaths[place]}`, query),
    api: (route) => `${base}${apiPath}${route}`,
    asset: (file) => `${base}${publicPath}/${file}?v=${encodeURIComponent(version)}`,
  };
}

/** The path of an absolute address without a trailing slash: `''` or `/drumbeat`. */
export function formatBasePath(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/, '');
}
