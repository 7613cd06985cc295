import type { Browser, Page } from 'playwright-core';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { launchBrowser } from '../support/browser';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { waitUntil } from '../support/product/wait-until';
import { findViolations, findViolationsInBothColours } from '../support/visits/find-violations';
import { addOpenWork } from '../support/visits/open-work';
import { listPages, listWorkspacePages, openAddress, productPages } from '../support/visits/product-pages';
import { createSmallWorld } from '../support/visits/small-world';
import { untilTrue, visit } from '../support/visits/visit';
import { walkByKeyboard } from '../support/visits/walk-by-keyboard';
import { testClock } from '../support/test-clock';

let browser: Browser;
let addresses: ReadonlyMap<string, string>;
const products: Partial<Record<'data' | 'importing' | 'empty', RunningProduct>> = {};

beforeAll(async () => {
  browser = await launchBrowser();
  const data = await startProduct({ world: createSmallWorld(testClock.now(), 12) });
  products.data = data;
  addOpenWork(data.simulator, testClock.now());
  await data.install();
  // So few requests that the import stops soon after its beginning, for an hour.
  const environment = { BITBUCKET_REQUESTS_PER_HOUR: '10' };
  const importing = await startProduct({ world: createSmallWorld(testClock.now(), 12), environment });
  products.importing = importing;
  await importing.install();
  const empty = await startProduct({ world: createEmptyWorld() });
  products.empty = empty;
  await empty.install();
  await Promise.all([data.untilImported(), empty.untilImported(), untilStopped(importing)]);
  addresses = await listPages(data);
});

afterAll(async () => {
  await browser.close();
  for (const product of Object.values(products)) await product.close();
});

function find(state: keyof typeof products): RunningProduct {
  const product = products[state];
  if (product === undefined) throw new Error(`No product is ${state}.`);
  return product;
}

async function untilStopped(product: RunningProduct): Promise<void> {
  const look = async () => {
    const reply = await product.api('/import').catch(() => null);
    const status = reply?.body as { state: string; requests: { used: number } } | undefined;
    return status?.state === 'running' && status.requests.used >= 8 ? true : null;
  };
  await waitUntil(look, { withinMs: 30_000, what: 'the budget to be spent' });
}

const noViolation = { light: [], dark: [] };

describe.each(productPages)('The page: %s', (name) => {
  it('can be read in light and in dark colours, and used with the keyboard alone', async () => {
    const viewport = { width: 1200, height: 900 };
    await visit(browser, { colorScheme: 'light', viewport }, async ({ page, trouble }) => {
      const answer = await openAddress(page, find('data'), addresses.get(name) ?? '');
      expect(answer?.status()).toBe(200);
      expect(await findViolationsInBothColours(page)).toStrictEqual(noViolation);
      const { met, unreached } = await walkByKeyboard(page);
      expect(met.length).toBeGreaterThan(0);
      expect(unreached).toStrictEqual([]);
      expect(met.filter(({ hasVisibleFocus }) => !hasVisibleFocus).map((one) => one.name)).toStrictEqual([]);
      expect(met.filter(({ size }) => size < 24).map((one) => `${one.name}: ${one.size}`)).toStrictEqual([]);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });
});

/** What a page says where it has nothing to show; the text of its step tells the states apart. */
const readEmpty = `document.querySelector('.empty h2')?.textContent ?? null`;

/** Opens each page and looks at it. @returns what stands in place of numbers, by page */
async function lookAt(page: Page, product: RunningProduct, pages: ReadonlyMap<string, string>) {
  const said: Record<string, string | null> = {};
  for (const [name, address] of pages) {
    await openAddress(page, product, address);
    expect({ name, violations: await findViolations(page) }).toStrictEqual({ name, violations: [] });
    said[name] = await page.evaluate<string | null>(readEmpty);
  }
  return said;
}

const numberPages = ['overview', 'reviews', 'work in progress', 'merged pull requests', 'deployments', 'incidents'];

describe('Every page can be read', () => {
  it('of a workspace without a repository', async () => {
    await visit(browser, { colorScheme: 'light' }, async ({ page, trouble }) => {
      const said = await lookAt(page, find('empty'), listWorkspacePages());
      for (const name of numberPages) expect(said[name]).toMatch(/^(?:No|Nothing)/u);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('of a workspace that is being imported', async () => {
    const product = find('importing');
    const { items } = await product.get<{ items: { uuid: string }[] }>('/systems');
    const repository = encodeURIComponent(items[0]?.uuid ?? '');
    // Those that say something of the import; the others are the same as for an empty workspace.
    const telling = ['overview', 'reviews', 'deployments', 'settings', 'getting started'];
    const pages = new Map([
      ...[...listWorkspacePages()].filter(([name]) => telling.includes(name)),
      ['a repository', `/pages/repository?repository=${repository}`],
      ['repository panel', `/pages/repository-panel?repository=${repository}`],
    ]);
    await visit(browser, { colorScheme: 'light' }, async ({ page, trouble }) => {
      const said = await lookAt(page, product, pages);
      for (const name of ['overview', 'reviews', 'deployments', 'a repository']) expect(said[name]).toMatch(/import/u);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('where the range holds nothing, and where the filters leave nothing', async () => {
    const product = find('data');
    const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
    const quiet = items.find(({ name }) => name === 'Quiet')?.uuid ?? '';
    const with_ = (query: string) =>
      new Map(numberPages.map((name) => [name, `${listWorkspacePages().get(name) ?? ''}?${query}`]));
    await visit(browser, { colorScheme: 'dark' }, async ({ page, trouble }) => {
      const before = await lookAt(page, product, with_('from=2020-01-01&to=2020-01-31'));
      const filtered: Record<string, string | null> = {};
      for (const [name, address] of with_(`system=${encodeURIComponent(quiet)}`)) {
        await openAddress(page, product, address);
        filtered[name] = await page.evaluate<string | null>(readEmpty);
      }
      // Open work is about now: no range holds less of it.
      const { 'work in progress': open, ...others } = before;
      expect(open).toBeNull();
      expect(Object.values(others)).not.toContain(null);
      expect(Object.values(filtered)).not.toContain(null);
      expect(filtered['reviews']).not.toBe(before['reviews']);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('that refuses something, or has failed', async () => {
    await visit(browser, { colorScheme: 'light' }, async ({ page }) => {
      const product = find('data');
      const wrong = [...listWorkspacePages()].filter(([name]) => name !== 'settings' && name !== 'getting started');
      for (const [name, address] of wrong) {
        const answer = await openAddress(page, product, `${address}${address.includes('?') ? '&' : '?'}team=nobody`);
        expect({ name, status: answer?.status() }).toStrictEqual({ name, status: 400 });
        expect(await page.locator('#page').innerText()).toContain('team "nobody"');
      }
      expect(await findViolationsInBothColours(page)).toStrictEqual(noViolation);
      const gone = await openAddress(page, product, '/pages/nothing');
      expect(gone?.status()).toBe(404);
      expect(await findViolations(page)).toStrictEqual([]);
      await page.setExtraHTTPHeaders({});
      const ended = await page.goto(`${product.app.url}/pages/reviews`);
      expect(ended?.status()).toBe(401);
      expect(await findViolations(page)).toStrictEqual([]);
    });
  });
});

describe('A workspace that is being imported', () => {
  it('says how far it is on its page and on the settings page, and how many requests it may make', async () => {
    const { simulator } = find('importing');
    await visit(browser, {}, async ({ page }) => {
      await page.goto(simulator.pageUrl('workspace'));
      await page.getByText('The history is being imported').waitFor();
      await page.goto(simulator.pageUrl('settings'));
      await page.getByText('Drumbeat is installed').waitFor();
      expect(await page.locator('.settings .facts').innerText()).toMatch(
        /Requests to Bitbucket this hour\s+\d+ of 10/u,
      );
    });
    expect.hasAssertions();
  });
});

/** By the tabulator key to the control that says so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const isThere = () => page.evaluate<boolean>(`document.activeElement.textContent.trim() === ${JSON.stringify(name)}`);
  for (let steps = 0; steps < 30 && !(await isThere()); steps += 1) await page.keyboard.press('Tab');
  expect(await isThere()).toBe(true);
}

describe('With the keyboard alone', () => {
  it('filters are chosen, act at once, and keep the focus', async () => {
    await visit(browser, {}, async ({ page }) => {
      await page.goto(find('data').simulator.pageUrl('workspace'));
      await page.locator('canvas').first().waitFor();
      const menu = (name: string) => page.locator(`[data-menu="${name}"] > summary`);
      const focused = () => page.evaluate<string>(`document.activeElement.closest('[data-menu]')?.dataset.menu ?? ''`);
      await menu('period').focus();
      await page.keyboard.press('Enter');
      const chosen = page.getByRole('button', { name: 'Last 30 days' });
      await untilTrue(page, `document.querySelector('[data-menu="period"]').open`);
      await tabTo(page, 'Last 30 days');
      await page.keyboard.press('Enter');
      await page.waitForURL(/range=30/u);
      expect(await focused()).toBe('period');
      await menu('period').getByText('Last 30 days').waitFor();
      await page.keyboard.press('Enter');
      expect(await chosen.getAttribute('aria-pressed')).toBe('true');
      await page.keyboard.press('Escape');
      expect(await page.locator('details[data-menu][open]').count()).toBe(0);
      expect(await focused()).toBe('period');
      await menu('system').focus();
      for (const key of ['Enter', 'Tab', 'Space']) await page.keyboard.press(key);
      await page.waitForURL(/range=30&system=/u);
      expect(await focused()).toBe('system');
      expect(await page.evaluate('document.activeElement.checked')).toBe(true);
    });
  });

  it('a page too narrow for its table can still be read', async () => {
    await visit(browser, { viewport: { width: 320, height: 900 } }, async ({ page }) => {
      for (const name of ['work in progress', 'an open pull request', 'pull request panel']) {
        await openAddress(page, find('data'), addresses.get(name) ?? '');
        expect({ name, found: await findViolations(page) }).toStrictEqual({ name, found: [] });
      }
    });
  });
});
