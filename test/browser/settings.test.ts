import type { Browser, Page } from 'playwright-core';
import type { RunningProduct } from '../support/product/start-product';
import { askAxe } from '../support/visits/find-violations';
import { openSection } from '../support/visits/open-section';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { findAppFrame, untilTrue, visit } from '../support/visits/visit';
import { testClock } from '../support/test-clock';
import { sectionWords } from '../../src/web/pages/settings/words';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 20, prepare: letAllSpeak });
  ({ browser, product } = shown);
});

/** Whom chance lets write, review and merge in so small a world are now more, now fewer than twenty people. */
function letAllSpeak({ pullRequests, room }: RunningProduct['simulator']): void {
  const repository = 'find';
  const at = testClock.now() - 3_600_000;
  const { id } = pullRequests.openPullRequest({ repository, at }).pullRequest;
  for (const by of room.findWorkspace(undefined).people.keys()) pullRequests.comment({ repository, id, by, at });
}

afterAll(() => shown.close());

async function openSettings(page: Page, section = 'Time zone and levels'): Promise<void> {
  await page.goto(product.simulator.pageUrl('settings'));
  await page.getByRole('heading', { name: 'Drumbeat settings' }).waitFor();
  await openSection(page, section);
}

const countDeployments = async (): Promise<number> =>
  (await product.get<{ deployment_frequency: { deployments: number } }>('/metrics/accelerate')).deployment_frequency
    .deployments;

describe('The settings in Bitbucket', () => {
  it('open for administrators, and for nobody whom Bitbucket does not call one', async () => {
    const people = [...product.simulator.room.findWorkspace(undefined).people.values()];
    const member = people.find(({ displayName }) => displayName === 'Yusuf Demir')?.uuid ?? '';
    await visit(browser, {}, async ({ page }) => {
      const refused = await page.goto(product.simulator.pageUrl('settings', { user: member }));
      expect(refused?.status()).toBe(403);
      await page.getByRole('heading', { name: 'Settings are for administrators' }).waitFor();
      await page.goto(`${product.simulator.url}/acme/workspace/settings/apps?as=${member}`);
      expect(await page.locator('iframe').count()).toBe(0);
      await page.goto(`${product.simulator.url}/acme/workspace/apps/delivery?as=${member}`);
      expect(await page.locator('iframe').count()).toBe(1);
      expect(await page.locator('meta[name="session"]').count()).toBe(0);
      await openSettings(page);
      expect(await page.getByText('does not know who administers').count()).toBe(0);
    });
  });

  it.each([true, false])('take a correction out of the numbers and back, JavaScript %s', async (javaScriptEnabled) => {
    const before = await countDeployments();
    const [row] = (await product.get<{ items: { deploy_id: string }[] }>('/deployments?limit=1')).items;
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await openSettings(page, 'Corrections');
      await page.getByLabel('What is to be put right').selectOption('leave_out_deployment');
      await page.getByLabel('Pull request, deployment or incident').fill(row?.deploy_id ?? '');
      await page.getByLabel('Why', { exact: true }).fill('A test of the pipeline');
      await page.getByRole('button', { name: 'Make the correction' }).click();
      await page.getByText('The correction is made').waitFor();
      expect(await countDeployments()).toBe(before - 1);
      await page.getByRole('button', { name: /^Undo/u }).click();
      await page.getByText('The correction is undone').waitFor();
      expect(await countDeployments()).toBe(before);
      await page.reload();
      expect(trouble.said.filter((line) => !line.includes('401'))).toStrictEqual([]);
    });
    // What a reload sent again without JavaScript was done already.
    expect(await countDeployments()).toBe(before);
  });

  it.each([true, false])('keep teams with their days, and change what was saved, JavaScript %s', async (javaScript) => {
    const name = javaScript ? 'Night watch' : 'Day watch';
    await visit(browser, { javaScriptEnabled: javaScript }, async ({ page }) => {
      await openSettings(page, 'Teams');
      await page.getByText('Make a team').click();
      await page.getByLabel('Name of the team').fill(name);
      const boxes = page.locator('.choice:has([name="member"])');
      const [first = ''] = await boxes.allInnerTexts();
      for (const index of [0, 1]) await boxes.nth(index).getByRole('checkbox').check();
      await page.getByLabel('First day of those ticked').fill('2026-03-29');
      await page.getByText('Save the team').click();
      await page.getByText(`The team ${name} is saved`).waitFor();
      await page.getByText(`Change ${name}`).click();
      expect(await page.getByLabel(`First day of ${first.trim()}`).inputValue()).toBe('2026-03-29');
      await page.getByLabel(`Last day of ${first.trim()}`).fill('2026-03-28');
      await page.getByText('Save the team').click();
      await page.getByText('A membership ends after it begins').waitFor();
      expect(await page.getByLabel(`Last day of ${first.trim()}`).inputValue()).toBe('2026-03-28');
    });
    const teams = (await product.get<{ items: { name: string; members: number }[] }>('/teams')).items;
    expect(teams.find((team) => team.name === name)?.members).toBe(2);
  });

  it('preview rules of incidents and of who is left out, without saving them', async () => {
    const before = await product.get<object>('/settings');
    await visit(browser, {}, async ({ page, trouble }) => {
      await openSettings(page, 'Incidents');
      await page.getByLabel('Title prefixes of fixes').fill('ACME');
      await page.getByRole('button', { name: 'Preview of the rules of incidents' }).click();
      await page.getByText('Nothing is saved yet').waitFor();
      expect(await page.getByText('Found only with what is typed').count()).toBe(1);
      expect(await page.getByLabel('Title prefixes of fixes').inputValue()).toBe('ACME');
      await openSection(page, 'People and bots');
      expect(await page.locator('[name="person"]').count()).toBeGreaterThan(20);
      await page.getByText('People: 0 people left out').click();
      await page.getByLabel('Search in the list: People left out').fill('mei');
      await page.locator('[name="person"]:visible').first().check();
      await page.getByRole('button', { name: 'Preview of who and what is left out' }).click();
      await page.getByRole('rowheader', { name: 'Person: Mei Chen' }).waitFor();
      // A short list is seen at one look.
      expect(await page.getByLabel('Search in the list: Repositories left out').count()).toBe(0);
      expect(trouble.said).toStrictEqual([]);
    });
    expect(await product.get<object>('/settings')).toStrictEqual(before);
  });

  it('say that somebody else was faster, and lose nothing that was typed', async () => {
    await visit(browser, {}, async ({ page }) => {
      await openSettings(page);
      const write = await product.openPage('settings');
      await product.api('/settings', { session: write, method: 'PATCH', body: { timezone: 'Europe/Rome' } });
      await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
      await page.getByRole('button', { name: 'Save time zone and levels' }).click();
      await page.getByText('Somebody changed this meanwhile').waitFor();
      await page.getByText('Time zone: Europe/Rome').waitFor();
      expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');
      await page.getByRole('button', { name: 'Save time zone and levels' }).click();
      await page.getByText('The settings are saved').waitFor();
    });
    expect(await product.get<object>('/settings')).toMatchObject({ timezone: 'Asia/Tokyo' });
  });

  it.each([true, false])(
    'show a token where it was made, and take the reader there, JavaScript %s',
    async (javaScript) => {
      await visit(browser, { javaScriptEnabled: javaScript }, async ({ page, trouble }) => {
        await openSettings(page, 'API tokens');
        const name = page.getByLabel('Name', { exact: true });
        await name.focus();
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText('No token was made').waitFor();
        expect(await name.getAttribute('aria-invalid')).toBe('true');
        await name.fill(`nightly ${javaScript}`);
        await page.getByRole('button', { name: 'Make a token' }).click();
        await page.getByRole('status').getByText(`The token nightly ${javaScript} is made`).waitFor();
        await untilTrue(page, `document.activeElement.id === 'outcome'`);
        const gap = await page.evaluate<number>(
          `document.getElementById('outcome').getBoundingClientRect().top - document.querySelector('[value="create-token"]').getBoundingClientRect().bottom`,
        );
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap).toBeLessThan(60);
        expect(await page.getByRole('button', { name: 'Copy', exact: true }).count()).toBe(javaScript ? 1 : 0);
        await page.getByRole('button', { name: new RegExp(`^Revoke.*nightly ${javaScript}`, 'u') }).click();
        await page.getByText(`The token nightly ${javaScript} is revoked`).waitFor();
        expect(await page.locator('.outcome-row #outcome').count()).toBe(1);
        expect(trouble.said).toStrictEqual([]);
      });
    },
  );

  it('have an address a section, which an anchor from before leads to', async () => {
    await visit(browser, {}, async ({ page }) => {
      await page.goto(`${product.simulator.pageUrl('settings')}#exclusions`);
      await page.waitForURL(/\/pages\/settings\?section=people$/u);
      await page.getByRole('heading', { name: 'People and bots' }).waitFor();
      await page.setViewportSize({ width: 320, height: 800 });
      const menu = page.locator('.sections-menu > summary');
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      expect(await page.locator('.sections-menu[open]').count()).toBe(0);
      await openSection(page, 'Notes');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Notes');
      await page.goBack();
      await page.getByRole('heading', { name: 'People and bots' }).waitFor();
    });
  });

  it.each(['light', 'dark'] as const)('can be read in every section, in %s colours', async (colorScheme) => {
    await visit(browser, { colorScheme, viewport: { width: 400, height: 900 } }, async ({ page, trouble }) => {
      await openSettings(page);
      const wrong: object[] = [];
      for (const section of Object.values(sectionWords)) {
        await openSection(page, section);
        if (section === 'Teams') await page.getByText('Make a team').click();
        await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
        const exclude = ['select[name="timezone"] option:not(:first-child)'];
        const violations = await askAxe(page, { exclude });
        const wide: number[] = [];
        for (const width of [320, 400, 1030, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const found = await page.evaluate<number>('document.documentElement.scrollWidth');
          if (found > width) wide.push(width);
        }
        await page.setViewportSize({ width: 400, height: 900 });
        await page.evaluate(`document.querySelector('.sections-menu').open = false`);
        if (violations.length + wide.length > 0) wrong.push({ section, violations, wide });
      }
      expect(wrong).toStrictEqual([]);
      expect(trouble.said).toStrictEqual([]);
    });
  });
});

describe('Getting started', () => {
  it('ticks off what is done, and is reached from the overview', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      const session = await product.openPage('workspace');
      const answer = await fetch(`${product.app.url}/pages/getting-started`, {
        headers: { authorization: `Bearer ${session}` },
      });
      expect(await answer.text()).toMatch(/Connect the workspace<\/h2>\s*<span class="lozenge lozenge-success">Done/u);
      await page.goto(product.simulator.pageUrl('workspace'));
      await page.getByRole('link', { name: 'Getting started' }).click();
      await page.getByRole('heading', { name: 'Getting started' }).waitFor();
      expect(await page.locator('.step').count()).toBe(5);
      expect(await askAxe(page)).toStrictEqual([]);
      expect(trouble.said).toStrictEqual([]);
    });
  });
});

describe('A theme of the address', () => {
  it('stays through links and reloads', async () => {
    await visit(browser, { colorScheme: 'light' }, async ({ page }) => {
      const frame = await openInHost(page);
      await frame.evaluate(`history.replaceState({}, '', location.pathname + '?theme=dark'); location.reload()`);
      await untilTrue(
        frame,
        `document.querySelector('.tile') && new URL(location).searchParams.get('theme') === 'dark'`,
      );
      await frame.locator('.menu-period > summary').click();
      await frame.getByRole('button', { name: 'Last 30 days' }).click();
      await untilTrue(frame, `location.search.includes('range=30') && location.search.includes('theme=dark')`);
    });
    await visit(browser, { colorScheme: 'light', javaScriptEnabled: false }, async ({ page }) => {
      const session = await product.openPage('workspace');
      const answer = await fetch(`${product.app.url}/pages/workspace?theme=dark`, {
        headers: { authorization: `Bearer ${session}` },
      });
      await page.setContent((await answer.text()).replaceAll('action="/', `action="${product.app.url}/`));
      await page.locator('.menu-period > summary').click();
      await page.getByRole('button', { name: 'Last 30 days' }).click();
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    });
  });
});

async function openInHost(page: Page) {
  await page.goto(`${product.simulator.url}/acme/workspace/apps/delivery`);
  return findAppFrame(page);
}
