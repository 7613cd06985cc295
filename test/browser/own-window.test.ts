import type { Browser, Page } from 'playwright-core';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { createOwnWindow } from '../../src/doors/own-window/own-window';
import { makeAdministratorLink } from '../../src/doors/own-window/sign-in-links';
import { createSilentLog } from '../../src/machine/log';
import { launchBrowser } from '../support/browser';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import { testEncryptionKey } from '../support/test-database';
import { findViolations, findViolationsInBothColours } from '../support/visits/find-violations';
import { openSection } from '../support/visits/open-section';
import { createSmallWorld } from '../support/visits/small-world';
import { untilTrue, visit, type Trouble } from '../support/visits/visit';
import { walkByKeyboard } from '../support/visits/walk-by-keyboard';

let browser: Browser;
let product: RunningProduct;
let workspace: string;

beforeAll(async () => {
  browser = await launchBrowser();
  product = await startProduct({ world: createSmallWorld(testClock.now(), 12) });
  await product.install();
  await product.untilImported();
  workspace = (await product.stores.workspaces.list())[0]?.uuid ?? '';
});

afterAll(async () => {
  await browser.close();
  await product.close();
});

/** As the command line makes one: over the same database with the same key. */
async function makeLink(isAdministrator = false): Promise<string> {
  const closed = { oauthKey: null, oauthSecret: null, trustedUserHeader: null, trustedProxies: null };
  const addresses = {
    baseUrl: product.app.url,
    bitbucketUrl: product.simulator.url,
    bitbucketApiUrl: product.simulator.url,
  };
  const terms = { signInHours: 8, viewerRightsMinutes: 60, askMember: async () => null };
  const machine = { encryptionKey: testEncryptionKey, clock: testClock, log: createSilentLog() };
  const needs = { ...closed, ...addresses, ...terms, ...machine, ...product.stores };
  const wish = { workspace, name: 'Ada Lovelace' };
  const made = isAdministrator ? makeAdministratorLink(wish, needs) : createOwnWindow(needs).makeLink(wish);
  return (await made).url;
}

async function signIn(page: Page, isAdministrator = false): Promise<void> {
  await page.goto(await makeLink(isAdministrator));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Delivery performance' }).waitFor();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

function expectNoTrouble({ said, failed, asked }: Trouble): void {
  expect({ said, failed }).toStrictEqual({ said: [], failed: [] });
  // Nothing of Bitbucket's is loaded, and no token stands in an address.
  expect(asked.filter((address) => !address.startsWith(product.app.url))).toStrictEqual([]);
  expect(asked.filter((address) => /jwt=|session=/u.test(address))).toStrictEqual([]);
}

describe('In our own window', () => {
  it('somebody comes in by a link, goes from page to page, reloads, opens a copied address, and leaves', async () => {
    await visit(browser, { colorScheme: 'light' }, async ({ page, context, trouble }) => {
      await signIn(page);
      const banner = page.getByRole('banner').first();
      await banner.getByText('Acme').waitFor();
      await banner.getByText('Ada Lovelace').waitFor();
      expect(await banner.getByText('Settings').count()).toBe(0);
      await page.getByRole('link', { name: 'Changes & reviews', exact: true }).click();
      await heading(page, 'Changes & reviews').waitFor();
      await page.locator('.menu-period > summary').click();
      await page.getByRole('button', { name: 'Last 30 days' }).click();
      await page.waitForURL(/\/pages\/reviews\?workspace=.*range=30/u);
      await page.getByRole('link', { name: 'Deployments', exact: true }).click();
      await heading(page, 'Deployments').waitFor();
      await page.reload();
      await heading(page, 'Deployments').waitFor();
      const copied = await context.newPage();
      await copied.goto(page.url());
      await heading(copied, 'Deployments').waitFor();
      expect(await copied.locator('tbody tr').count()).toBeGreaterThan(0);
      await page.goBack();
      await heading(page, 'Changes & reviews').waitFor();
      expectNoTrouble(trouble);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'A workspace is connected').waitFor();
      await page.goBack();
      await page.waitForURL(/\/sign-in\?to=/u);
      expect(await page.content()).not.toContain('Ada Lovelace');
      // The other tab has the page still; its next step leads to the way in.
      await copied.getByRole('link', { name: 'Incidents', exact: true }).click();
      await copied.waitForURL(/\/sign-in\?to=/u);
    });
  });

  it('a session that has ended is renewed by the cookie, where somebody stays signed in', async () => {
    await visit(browser, {}, async ({ page }) => {
      await signIn(page);
      await page.evaluate(`document.querySelector('meta[name="live"]')?.remove()`);
      // As after a night: what the page holds opens nothing any more.
      await page.route('**/pages/incidents?*', async (route) => {
        const isByScript = route.request().headers()['authorization'] !== undefined;
        await (isByScript ? route.fulfill({ status: 401, body: 'ended' }) : route.continue());
      });
      await page.getByRole('link', { name: 'Incidents', exact: true }).click();
      await heading(page, 'Incidents').waitFor();
      expect(page.url()).toMatch(/\/pages\/incidents\?workspace=/u);
    });
  });

  it('works without JavaScript', async () => {
    await visit(browser, { javaScriptEnabled: false }, async ({ page, trouble }) => {
      await signIn(page);
      await page.getByRole('link', { name: 'Work in progress' }).click();
      await heading(page, 'Work in progress').waitFor();
      await page.getByRole('link', { name: 'Delivery performance' }).click();
      await heading(page, 'Delivery performance').waitFor();
      await page.locator('.menu-period > summary').click();
      await page.getByRole('button', { name: 'Last 30 days' }).click();
      await page.locator('.menu-period > summary').getByText('Last 30 days').waitFor();
      await page.getByText('Acme').first().waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).first().click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.csv$/u);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'A workspace is connected').waitFor();
      expectNoTrouble(trouble);
    });
  });

  it('an administrator makes a link for somebody, who comes in, and takes it back', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      await signIn(page, true);
      await page.getByRole('banner').first().getByRole('link', { name: 'Settings', exact: true }).click();
      await heading(page, 'Drumbeat settings').waitFor();
      await openSection(page, 'Sign-in links');
      await page.getByLabel('For whom').fill('The wall');
      await page.getByRole('button', { name: 'Make a sign-in link' }).click();
      await page.getByText('The link for The wall is made').waitFor();
      const made = await page.locator('#outcome code').innerText();
      await visit(browser, {}, async ({ page: wall }) => {
        await wall.goto(made);
        await wall.getByText('Made for The wall.').waitFor();
        await wall.getByRole('button', { name: 'Sign in' }).click();
        await heading(wall, 'Delivery performance').waitFor();
        await page.getByRole('button', { name: /^Revoke.*The wall/u }).click();
        await page.getByText('The link is revoked').waitFor();
        await wall.reload();
        await wall.waitForURL(/\/sign-in\?to=/u);
      });
      expectNoTrouble(trouble);
    });
  });

  it('can be read in light and in dark colours, used with the keyboard alone, and fits', async () => {
    await visit(browser, { colorScheme: 'light' }, async ({ page }) => {
      await signIn(page, true);
      await page.evaluate(`document.querySelector('meta[name="live"]')?.remove()`);
      expect(await findViolationsInBothColours(page)).toStrictEqual({ light: [], dark: [] });
      const { met, unreached } = await walkByKeyboard(page);
      expect(unreached).toStrictEqual([]);
      expect(met.filter(({ hasVisibleFocus }) => !hasVisibleFocus)).toStrictEqual([]);
      expect(met.filter(({ size }) => size < 24)).toStrictEqual([]);
      for (const width of [320, 400, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    });
  });
});

describe('The first page', () => {
  it('can be read, copies commands, and shows by itself that a workspace is connected', async () => {
    const empty = await startProduct({ world: createEmptyWorld() });
    try {
      await visit(browser, { permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page, trouble }) => {
        await page.goto(empty.app.url);
        await heading(page, 'Connect your workspace').waitFor();
        expect(await findViolations(page)).toStrictEqual([]);
        await page.getByRole('button', { name: /connect acme$/u }).click();
        await page.getByText('Copied').waitFor();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe('npx drumbeat connect acme');
        await empty.install();
        await heading(page, 'A workspace is connected').waitFor();
        expect(await findViolations(page)).toStrictEqual([]);
        await untilTrue(page, `document.querySelectorAll('.way-number.is-done').length === 2`);
        expect(trouble).toMatchObject({ said: [], failed: [] });
      });
    } finally {
      await empty.close();
    }
  });
});
