import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../../test/support/browser';
import { sampleSystem } from '../../../test/support/pages/sample-overview';
import { buildAccelerateReport } from '../../../test/support/pages/sample-report';
import { ada } from '../../../test/support/web/nobody-named';
import { createSampleRooms } from '../../../test/support/pages/sample-rooms';
import { openSection } from '../../../test/support/visits/open-section';
import { readTables } from '../../../test/support/visits/read-tables';
import { askAxe } from '../../../test/support/visits/find-violations';
import { createTestWeb, type TestWeb } from '../../../test/support/web/test-web';
import { createWebApp } from '../web-app';

const tenant = {
  workspace: '{5e6a2f9e-2c1d-4f7f-9d55-6c6a4d1b0a01}',
  clientKey: 'connection:1',
  secret: 'a-secret-of-more-than-sixteen-characters',
};
const repository = encodeURIComponent(sampleSystem.uuid);
const addresses = {
  overview: '/pages/workspace',
  repository: `/pages/repository?repository=${repository}`,
  deployments: '/pages/deployments',
  incidents: '/pages/incidents',
  failed: '/pages/deployments?outcome=failed',
  reviews: '/pages/reviews',
  reviewsOfRepository: `/pages/reviews?repository=${repository}`,
  workInProgress: '/pages/work-in-progress',
  pullRequests: '/pages/pull-requests',
  openPullRequests: '/pages/pull-requests?state=open',
  pullRequest: `/pages/pull-request?repository=${repository}&number=7`,
  raw: '/pages/incidents?data=raw',
  settings: '/pages/settings',
  repositoryPanel: `/pages/repository-panel?repository=${repository}`,
  pullRequestPanel: `/pages/pull-request-panel?repository=${repository}&pull_request=7`,
  wrongFilter: '/pages/workspace?team=nobody',
};

/** Run in the page: what is folded away has to be readable and to fit as well. */
const openAllDetails = "document.querySelectorAll('details').forEach((part) => { part.open = true; })";

let browser: Browser;
let web: TestWeb;
const servers: Server[] = [];
const origins = { data: '' };

beforeAll(async () => {
  browser = await launchBrowser();
  web = await createTestWeb();
  await web.addTenant(tenant);
  origins.data = await serve(buildAccelerateReport());
});

afterAll(async () => {
  await browser.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await web.close();
});

async function serve(report: ReturnType<typeof buildAccelerateReport>): Promise<string> {
  const server = createServer(createWebApp({ ...web.needs, ...createSampleRooms(report) }));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** As Bitbucket opens a page in a frame: the address signed. */
async function open(context: BrowserContext, origin: string, address: string): Promise<Page> {
  const page = await context.newPage();
  const url = `${address}${address.includes('?') ? '&' : '?'}user=${ada}`;
  await page.goto(`${origin}${url}&jwt=${web.sign(tenant, { method: 'GET', url })}`);
  return page;
}

async function withContext<T>(
  options: Parameters<Browser['newContext']>[0],
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** The last 30 days, from the menu of periods. */
async function chooseMonth(page: Page): Promise<void> {
  await page.locator('[data-menu="period"] > summary').click();
  await page.getByRole('button', { name: /^Last 30 days/u }).click();
}

describe('every page', () => {
  // The pages themselves are tried in `web/browser`, on the whole product; here what that has no occasion for.
  const cases = (['light', 'dark'] as const).map((colorScheme) => ({ name: 'raw', colorScheme }) as const);

  it.each(cases)('can be read by everybody: $name, $colorScheme', async ({ name, colorScheme }) => {
    const violations = await withContext({ colorScheme }, async (context) => {
      const page = await open(context, origins.data, addresses[name]);
      await page.evaluate(openAllDetails);
      // Rows of a table are alike: a page of a dozen tables would take a minute.
      return askAxe(page, { exclude: ['tbody tr:nth-child(n + 3)'] });
    });
    expect(violations).toEqual([]);
  });

  it('would be found out if it could not be read by everybody', async () => {
    await withContext({}, async (context) => {
      const page = await context.newPage();
      await page.setContent('<html lang="en"><title>Wrong</title><main><h1>Wrong</h1><img src="data:,"></main></html>');
      expect(await askAxe(page)).toEqual(['image-alt: <img src="data:,">']);
      expect(await askAxe(page, { exclude: ['img'] })).toEqual([]);
      expect(await askAxe(page, { rules: ['color-contrast'] })).toEqual([]);
    });
  });

  it.each([320, 1024])('fits a frame of %d pixels', async (width) => {
    const wide = await withContext({ viewport: { width, height: 600 } }, async (context) => {
      const tooWide: string[] = [];
      for (const [name, address] of Object.entries(addresses)) {
        const page = await open(context, origins.data, address);
        await page.evaluate(openAllDetails);
        const content = await page.evaluate<number>('document.documentElement.scrollWidth');
        if (content > width) tooWide.push(`${name}: ${content}`);
        await page.close();
      }
      return tooWide;
    });
    expect(wide).toEqual([]);
  });
});

describe('with JavaScript', () => {
  it('never keeps a token in the address, and back and reload show the same view', async () => {
    await withContext({}, async (context) => {
      const page = await open(context, origins.data, addresses.overview);
      await page.waitForURL(/\/pages\/workspace\?range=90$/u);
      await chooseMonth(page);
      await page.waitForURL(/range=30/u);
      await page.getByRole('link', { name: 'All deployments' }).click();
      await page.getByRole('heading', { level: 1, name: 'Deployments' }).waitFor();
      expect(page.url()).toMatch(/\/pages\/deployments\?range=30$/u);
      await page.goBack();
      await page.getByRole('heading', { name: 'Delivery performance' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Delivery performance' }).waitFor();
      expect(page.url()).toMatch(/\/pages\/workspace\?range=30$/u);
      await page.locator('canvas').first().waitFor();
    });
  });

  it('keeps what was typed beside the reason why it was refused', async () => {
    await withContext({}, async (context) => {
      const page = await open(context, origins.data, `${addresses.settings}?section=incidents`);
      await page.getByLabel('Branch prefixes of fixes').fill('no way');
      await page.getByRole('button', { name: 'Save the rules of incidents' }).click();
      await page.getByText('A branch prefix has no space').waitFor();
      expect(await page.getByLabel('Branch prefixes of fixes').inputValue()).toBe('no way');
      await openSection(page, 'API tokens');
      await page.getByLabel('Name', { exact: true }).fill('nightly');
      await page.getByRole('button', { name: 'Make a token' }).click();
      await page.getByText('dbt_shown_once').waitFor();
    });
  });
});

describe('what is folded away', () => {
  it('is made when it is opened, as it stands in the page without scripts', async () => {
    const read = (javaScriptEnabled: boolean) =>
      withContext({ javaScriptEnabled }, async (context) =>
        readTables(await open(context, origins.data, addresses.reviews)),
      );
    const made = await read(true);
    // Two waterfalls, the metrics, the chosen chart, the repositories and the pull requests.
    expect(Object.keys(made)).toHaveLength(6);
    expect(made).toEqual(await read(false));
  });

  it('is text alone until then, on the first page and on the next', async () => {
    await withContext({}, async (context) => {
      const page = await open(context, origins.data, addresses.overview);
      const countFolded = () => page.evaluate<number>(`document.querySelectorAll('noscript *, .numbers table').length`);
      expect(await countFolded()).toBe(0);
      await chooseMonth(page);
      await page.waitForURL(/range=30/u);
      expect(await countFolded()).toBe(0);
      for (const name of ['system', 'team']) {
        const picker = page.locator(`.picker[data-menu="${name}"]`);
        expect(await picker.locator('label').count()).toBe(0);
        await picker.locator('summary').click();
        await picker.locator('label').first().waitFor();
        expect(await picker.locator('label').count()).toBe(1);
      }
    });
  });
});

describe('without JavaScript', () => {
  it('filters, goes to the rows and saves settings', async () => {
    await withContext({ javaScriptEnabled: false }, async (context) => {
      const page = await open(context, origins.data, addresses.overview);
      await chooseMonth(page);
      await page.locator('[data-menu="period"] > summary', { hasText: 'Last 30 days' }).waitFor();
      await page.getByRole('button', { name: 'All deployments' }).click();
      await page.getByRole('heading', { level: 1, name: 'Deployments' }).waitFor();
      expect(page.url()).not.toContain('session');
      const settings = await open(context, origins.data, `${addresses.settings}?section=incidents`);
      await settings.getByRole('button', { name: 'Save the rules of incidents' }).click();
      await settings.getByText('The settings are saved').waitFor();
    });
  });

  it('gives the rows as a file', async () => {
    await withContext({ javaScriptEnabled: false }, async (context) => {
      const page = await open(context, origins.data, addresses.deployments);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('deployments-2026-08-21-2026-11-18.csv');
    });
  });
});
