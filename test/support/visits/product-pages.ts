import type { Page, Response } from 'playwright-core';
import type { RunningProduct } from '../product/start-product';

/** Every page of the product, by what it shows. */
export const productPages = [
  ...['overview', 'reviews', 'work in progress', 'merged pull requests', 'open pull requests'],
  ...['deployments', 'incidents', 'getting started', 'a merged pull request', 'an open pull request'],
  ...['data quality', 'a repository', 'reviews of a repository', 'work in progress of a repository'],
  ...['repository panel', 'pull request panel', 'settings'],
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
  const [merged, open] = await Promise.all([pick('merged'), pick('open')]);
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
    ['repository panel', about('repository-panel', { repository })],
    ['pull request panel', about('pull-request-panel', { repository: open.repository, pull_request: open.number })],
  ]);
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
