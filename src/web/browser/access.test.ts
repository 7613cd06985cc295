import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { createEmptyWorld } from '../../simulator/world/sample-world';
import { launchBrowser } from '../../testing/browser';
import { startHouse, type House } from '../../testing/house/house';
import { waitUntil } from '../../testing/house/wait-until';
import { createSmallWorld } from '../../testing/visits/small-world';
import { visit } from '../../testing/visits/visit';
import { walkByKeyboard } from '../../testing/visits/walk-by-keyboard';

let browser: Browser;
const houses: Partial<Record<'data' | 'importing' | 'empty', House>> = {};

beforeAll(async () => {
  browser = await launchBrowser();
  const data = await startHouse({ world: createSmallWorld(Date.now(), 12) });
  houses.data = data;
  await data.install();
  // So few requests that the import stops soon after its beginning, for an hour.
  const environment = { BITBUCKET_REQUESTS_PER_HOUR: '10' };
  const importing = await startHouse({ world: createSmallWorld(Date.now(), 12), environment });
  houses.importing = importing;
  await importing.install();
  const empty = await startHouse({ world: createEmptyWorld() });
  houses.empty = empty;
  await empty.install();
  await Promise.all([data.untilImported(), empty.untilImported(), untilStopped(importing)]);
});

afterAll(async () => {
  await browser.close();
  for (const house of Object.values(houses)) await house.close();
});

function find(state: keyof typeof houses): House {
  const house = houses[state];
  if (house === undefined) throw new Error(`No house is ${state}.`);
  return house;
}

async function untilStopped(house: House): Promise<void> {
  const look = async () => {
    const reply = await house.api('/import').catch(() => null);
    const status = reply?.body as { state: string; requests: { used: number } } | undefined;
    return status?.state === 'running' && status.requests.used >= 8 ? true : null;
  };
  await waitUntil(look, { withinMs: 30_000, what: 'the budget to be spent' });
}

const places = ['workspace', 'repository', 'repository-panel', 'pull-request-panel', 'settings'] as const;
/** A workspace without a repository has no place for a repository's pages. */
const shown = {
  data: places,
  importing: ['workspace', 'repository-panel', 'settings'],
  empty: ['workspace', 'settings'],
} as const;

/** Of a dark page what depends on colours: nothing else can differ from the light one. */
async function findViolations(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  // Four hundred time zones take seconds and are all alike.
  const axe = new AxeBuilder({ page }).exclude('select[name="timezone"] option:not(:first-child)');
  if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
}

describe.each(['light', 'dark'] as const)('In %s colours', (colorScheme) => {
  it.each(['data', 'importing', 'empty'] as const)(
    'every page of a workspace that is %s can be read',
    async (state) => {
      const { simulator } = find(state);
      await visit(browser, { colorScheme }, async ({ page, trouble }) => {
        for (const place of shown[state]) {
          const url = simulator.pageUrl(place, state === 'empty' ? {} : { repository: 'pay', pullRequest: 3 });
          await page.goto(url);
          await page.locator('#page').waitFor();
          expect({ place, violations: await findViolations(page, colorScheme) }).toStrictEqual({
            place,
            violations: [],
          });
        }
        expect(trouble.said.filter((line) => !line.includes('404'))).toStrictEqual([]);
      });
    },
  );

  it.each([
    ['the page of a session that has ended', '/pages/workspace', 401],
    ['a page that is not there', '/pages/nothing', 404],
  ])('%s can be read', async (_name, path, status) => {
    await visit(browser, { colorScheme }, async ({ page }) => {
      const response = await page.goto(`${find('data').app.url}${path}`);
      expect(response?.status()).toBe(status);
      expect(await findViolations(page, colorScheme)).toStrictEqual([]);
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
      expect(await page.locator('.facts').innerText()).toMatch(/Requests to Bitbucket this hour\s+\d+ of 10/u);
    });
    expect.hasAssertions();
  });
});

describe('With the keyboard alone', () => {
  it.each(['workspace', 'repository', 'repository-panel', 'pull-request-panel', 'settings'] as const)(
    'every control of the %s is reached, seen and large enough',
    async (place) => {
      await visit(browser, { viewport: { width: 1200, height: 900 } }, async ({ page }) => {
        await page.goto(find('data').simulator.pageUrl(place, { repository: 'pay', pullRequest: 3 }));
        await page.locator('#page').waitFor();
        const { met, unreached } = await walkByKeyboard(page);
        expect(met.length).toBeGreaterThan(0);
        expect(unreached).toStrictEqual([]);
        expect(met.filter(({ hasVisibleFocus }) => !hasVisibleFocus).map(({ name }) => name)).toStrictEqual([]);
        expect(met.filter(({ size }) => size < 24).map(({ name, size }) => `${name}: ${size}`)).toStrictEqual([]);
      });
    },
  );

  it('filters are set and applied', async () => {
    await visit(browser, {}, async ({ page }) => {
      await page.goto(find('data').simulator.pageUrl('workspace'));
      await page.locator('canvas').first().waitFor();
      await page.getByRole('button', { name: '30 days' }).focus();
      await page.keyboard.press('Enter');
      const chosen = page.getByRole('button', { name: '30 days', pressed: true });
      await chosen.waitFor();
      expect(await page.evaluate(`document.activeElement.textContent`)).toBe('30 days');
      await page.getByText('Repositories: All repositories').focus();
      for (const key of ['Enter', 'Tab', 'Space']) await page.keyboard.press(key);
      await page.getByRole('button', { name: 'Apply' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/range=30&interval=week&system=/u);
    });
  });
});
