import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startTokenDemo, type TokenDemo } from '../../simulator/demo-token-door';
import { systemClock } from '../../src/machine/clock';
import { launchBrowser } from '../support/browser';
import { waitUntil } from '../support/product/wait-until';
import { createSmallWorld } from '../support/visits/small-world';
import { visit } from '../support/visits/visit';

/** `npm run demo -- --door token`, on a small world. Commands are processes of their own and have the machine's clock. */

let browser: Browser;
let demo: TokenDemo;
const said: string[] = [];
const pages = ['workspace', 'deployments', 'reviews', 'work-in-progress'];

beforeAll(async () => {
  browser = await launchBrowser();
  const world = createSmallWorld(systemClock.now(), 12);
  demo = await startTokenDemo(world, { port: 0, clock: systemClock, environment: { LOG_LEVEL: 'silent' } });
  const audience = { say: (line: string) => void said.push(line), isWatching: true, isAtTerminal: false };
  const { signal } = new AbortController();
  await demo.connect(audience, signal);
  await demo.makeLink(audience, signal);
});

afterAll(async () => {
  await browser.close();
  await demo.close();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const workspace = () => demo.simulator.room.findWorkspace('acme');
const address = (name: string) => `${demo.appUrl}/pages/${name}?workspace=${encodeURIComponent(workspace().uuid)}`;

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(demo.appUrl);
  await page.getByRole('link', { name: 'Continue with Bitbucket' }).click();
  await page.getByRole('link', { name }).click();
  await heading(page, 'Delivery performance').waitFor();
}

/** Which repositories any of the pages names: as they are shown, or as they are sent. */
async function listNamed(page: Page, areShown: boolean): Promise<string[]> {
  const texts: string[] = [];
  for (const name of pages) {
    if (areShown) await page.goto(address(name));
    texts.push(await (areShown ? page.content() : readSent(page, name)));
  }
  const names = [...workspace().repositories.values()].map(({ name }) => name);
  return names.filter((name) => texts.some((text) => text.includes(name)));
}

async function readSent(page: Page, name: string): Promise<string> {
  const reply = await page.request.get(address(name), { maxRedirects: 0 });
  expect(reply.status()).toBe(200);
  return reply.text();
}

test('the way on the terminal is shown whole: the check, the webhook, the import, the link; and never the token', () => {
  expect(said).toEqual(
    expect.arrayContaining([
      '$ drumbeat connect acme --token-file token.txt --wait',
      'Acme is connected.',
      'Bitbucket calls from now on when something happens.',
      expect.stringMatching(/^Imported: \d+ pull requests of 4 repositories\.$/u),
      '$ drumbeat sign-in-link acme --administrator',
      expect.stringContaining(`${demo.appUrl}/sign-in/link/`),
    ]),
  );
  const token = readFileSync(path.join(demo.folder, 'token.txt'), 'utf8').trim();
  expect(token).toMatch(/^ATCTT/u);
  expect(said.join('\n')).not.toContain(token);
});

test('Bitbucket offers three people, of whom one administers, one sees half of the repositories, one a single one', () => {
  expect(demo.guests.map(({ repositories }) => repositories.length)).toEqual([4, 2, 1]);
  expect(demo.simulator.oauth.offered).toEqual(demo.guests.map(({ name }) => name));
});

test.each([0, 1, 2])('guest %i sees the repositories of their rights on all pages, and signs out', async (number) => {
  const { name, repositories } = demo.guests[number] ?? { name: '', repositories: [] };
  await visit(browser, {}, async ({ page, trouble }) => {
    await signIn(page, name);
    await page.getByRole('banner').first().getByText(name).waitFor();
    expect(await listNamed(page, number < 2)).toEqual([...repositories].sort(byPlace));
    // In the bar of the window, and among the pages.
    expect(await page.getByRole('link', { name: 'Settings', exact: true }).count()).toBe(number === 0 ? 2 : 0);
    expect(trouble).toMatchObject({ said: [], failed: [] });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in to Drumbeat').waitFor();
    await page.goto(address('workspace'));
    await heading(page, 'Sign in to Drumbeat').waitFor();
  });
});

/** As the workspace lists them. */
function byPlace(one: string, other: string): number {
  const names = [...workspace().repositories.values()].map(({ name }) => name);
  return names.indexOf(one) - names.indexOf(other);
}

test('a right that is given in Bitbucket is there at the next sign-in', async () => {
  const { name = '', repositories = [] } = demo.guests[2] ?? {};
  const other = [...workspace().repositories.values()].find((one) => !repositories.includes(one.name));
  demo.simulator.access.grant({ person: name, repository: other?.uuid ?? '' });
  await visit(browser, {}, async ({ page }) => {
    await signIn(page, name);
    expect(await listNamed(page, false)).toEqual([...repositories, other?.name ?? ''].sort(byPlace));
  });
});

test('what happens then comes in by the signed webhook', async () => {
  const title = 'Let carts live for a week';
  const [repository] = workspace().repositories.keys();
  const { notices } = demo.simulator.pullRequests.openPullRequest({ repository: repository ?? '', title });
  const deliveries = await demo.simulator.deliverAll(notices);
  expect(deliveries.map(({ status, hooks }) => [status, hooks?.length])).toEqual(notices.map(() => [204, 1]));
  await visit(browser, {}, async ({ page }) => {
    await signIn(page, demo.guests[0]?.name ?? '');
    const look = async (): Promise<true | null> => {
      await page.goto(address('work-in-progress'));
      return (await page.getByText(title).count()) > 0 ? true : null;
    };
    await waitUntil(look, { withinMs: 30_000, what: 'the pull request on the page' });
  });
});
