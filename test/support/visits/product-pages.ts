import type { Page, Response } from 'playwright-core';
import { sectionNames, type SectionName } from '../../../src/web/pages/settings/sections';
import type { RunningProduct } from '../product/start-product';

const nameSection = (section: SectionName) => `settings, ${section}` as const;

/** Every page of the product, by what it shows. */
export const productPages = [
  ...['overview', 'reviews', 'work in progress', 'merged pull requests', 'open pull requests'],
  ...['deployments', 'incidents', 'getting started', 'a merged pull request', 'an open pull request'],
  ...['data quality', 'a repository', 'reviews of a repository', 'work in progress of a repository'],
  ...['a day', 'a day of a repository', 'a release', 'repository panel', 'pull request panel', 'saved views'],
  ...sectionNames.map(nameSection),
] as const;

type Things = { readonly items: readonly { readonly id: number; readonly system: { readonly uuid: string } }[] };

/** The addresses of all pages; those of one thing show the newest merged and the newest open pull request. */
export async function listPages(product: Pick<RunningProduct, 'get'>): Promise<ReadonlyMap<string, string>> {
  const pick = async (state: string) => {
    const { items } = await product.get<Things>(`/pull-requests?state=${state}&limit=1`);
    const [found] = items;
    if (found === undefined) throw new Error(`No pull request is ${state}.`);
    return { repository: found.system.uuid, number: found.id };
  };
  const [merged, open, release] = await Promise.all([pick('merged'), pick('open'), pickFailure(product)]);
  const about = (name: string, query: Readonly<Record<string, string | number>>) =>
    `/pages/${name}?${Object.entries(query)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join('&')}`;
  const { repository } = merged;
  return new Map([
    ...listWorkspacePages(),
    ['a merged pull request', about('pull-request', merged)],
    ['an open pull request', about('pull-request', open)],
    ['a repository', about('repository', { repository })],
    ['reviews of a repository', about('reviews', { repository })],
    ['work in progress of a repository', about('work-in-progress', { repository })],
    ['a day', about('day', { day: release.day })],
    ['a day of a repository', about('day', { repository: release.repository, day: release.day })],
    ['a release', about('release', { repository: release.repository, release: release.number })],
    ['repository panel', about('repository-panel', { repository })],
    ['saved views', about('views', { page: 'workspace', query: 'range=30' })],
    ...sectionNames.map((section) => [nameSection(section), about('settings', { section })] as const),
    ['pull request panel', about('pull-request-panel', { repository: open.repository, pull_request: open.number })],
  ]);
}

type Deployments = {
  readonly items: readonly {
    readonly deploy_id: string | null;
    readonly time_created: string;
    readonly system: { readonly uuid: string };
  }[];
};

/** The newest deployment that failed, which has the most to tell; without any the newest. */
async function pickFailure(product: Pick<RunningProduct, 'get'>) {
  const [incidents, deployments] = await Promise.all([
    product.get<Deployments>('/incidents?limit=100'),
    product.get<Deployments>('/deployments?limit=1'),
  ]);
  const found = incidents.items.find(({ deploy_id: id }) => id !== null) ?? deployments.items[0];
  if (found === undefined) throw new Error('Nothing was deployed.');
  const [repository = '', , number = ''] = (found.deploy_id ?? '').split('/');
  return { repository, number, day: found.time_created.slice(0, 10) };
}

/** Those that every workspace has, whatever is in it. */
export function listWorkspacePages(): Map<string, string> {
  return new Map([
    ['overview', '/pages/workspace'],
    ['reviews', '/pages/reviews'],
    ['work in progress', '/pages/work-in-progress'],
    ['merged pull requests', '/pages/pull-requests'],
    ['open pull requests', '/pages/pull-requests?state=open'],
    ['deployments', '/pages/deployments'],
    ['incidents', '/pages/incidents'],
    ['data quality', '/pages/data-quality'],
    ['getting started', '/pages/getting-started'],
    ['settings', '/pages/settings'],
  ]);
}

/** Opens an address of ours as a link of an open page does: with its session in a header. */
export async function openAddress(page: Page, product: RunningProduct, address: string): Promise<Response | null> {
  const session = await product.openPage(address.startsWith('/pages/settings') ? 'settings' : 'workspace');
  await page.setExtraHTTPHeaders({ authorization: `Bearer ${session}` });
  const response = await page.goto(`${product.app.url}${address}`);
  await page.locator('#page').waitFor();
  // A page looks again by itself after a while; on a slow machine that would come in the middle of a test.
  await page.evaluate(`document.querySelector('meta[name="live"]')?.remove()`);
  return response;
}
