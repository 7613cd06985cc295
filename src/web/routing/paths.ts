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
  gettingStarted: '/pages/getting-started',
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
  gettingStarted: 'workspace',
};

export const operationPaths = { live: '/livez', ready: '/readyz', metrics: '/metrics' } as const;

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

/** An address with its query: repeated names for lists, in the order given; nothing at all for an empty query. */
export function toAddress(path: string, query: LinkQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null) continue;
    for (const one of typeof value === 'object' ? value : [String(value)]) search.append(name, one);
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

export interface Links {
  page(name: PageName, query?: LinkQuery): string;
  /** `route` begins with a slash: `/metrics/accelerate`. */
  api(route: string): string;
  /** `file` relative to `public/`, with the version that lets browsers keep it for ever. */
  asset(file: string): string;
}

/** Links as a browser needs them: with the path of BASE_URL in front. `version` changes with each release. */
export function createLinks(baseUrl: string, version: string): Links {
  const base = formatBasePath(baseUrl);
  return {
    page: (name, query = {}) => toAddress(`${base}${pagePaths[name]}`, query),
    api: (route) => `${base}${apiPath}${route}`,
    asset: (file) => `${base}${publicPath}/${file}?v=${encodeURIComponent(version)}`,
  };
}

/** The path of an absolute address without a trailing slash: `''` or `/drumbeat`. */
export function formatBasePath(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/, '');
}
