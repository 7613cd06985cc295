import type { Browser, Page } from 'playwright-core';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { createAccount } from '../../simulator/world/people';
import { launchBrowser } from '../support/browser';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { createPayloads, packPayloads } from '../support/visits/hostile-payloads';
import { openSection } from '../support/visits/open-section';
import { listPages, openAddress } from '../support/visits/product-pages';
import { visit } from '../support/visits/visit';
import { testClock } from '../support/test-clock';
import { sectionWords } from '../../src/web/pages/settings/words';

const day = 86_400_000;

const hostile = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 2">',
  "' onfocus='window.ran = 3' autofocus='",
  '</script></title></textarea></select><svg onload="window.ran = 4">',
  '{{constructor.constructor "return process"}}{{{raw}}}',
  'javascript:window.ran=5//',
  '\u202Egnp.exe\u2066 שלום مرحبا',
  '🙈👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 z\u0335\u0334a\u0337l\u0338g\u0321o',
  `long ${'x'.repeat(10_000)}`,
  '=HYPERLINK("http://192.0.2.1/","click")',
];

/** 2,000 in all: a thousand in titles, and five hundred each in branches with commits, and in names of people. */
const payloads = createPayloads(2000);
const many = {
  titles: packPayloads(payloads.slice(0, 1000), 20),
  branches: packPayloads(payloads.slice(1000, 1500), 10),
  people: packPayloads(payloads.slice(1500), 10),
};

let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  const people = [
    createAccount('Ada Owner'),
    ...hostile.map((text, index) => ({ ...createAccount(`p${index}`), displayName: text })),
    ...many.people.map((text, index) => ({ ...createAccount(`m${index}`), displayName: text })),
  ];
  const members = people.map(({ uuid }) => uuid);
  const groups = hostile.map((name, index) => ({ slug: `team-${index}`, name, memberUuids: members }));
  const world = createEmptyWorld({ slug: 'acme', people, groups, now: testClock.now() });
  for (const workspace of world.workspaces) workspace.name = hostile.slice(0, 4).join(' ');
  [browser, product] = await Promise.all([launchBrowser(), startProduct({ world })]);
  hostile.forEach((text, index) => fillRepository(text, index));
  fillWithMany();
  await product.install();
  await product.untilImported();
  await saveViews();
});

afterAll(async () => {
  await browser.close();
  await product.close();
});

/** A deployment, a revert of it and an open pull request, all with the text wherever there is room for one. */
function fillRepository(text: string, index: number): void {
  const { repositories, pullRequests } = product.simulator;
  const at = testClock.now() - (index + 1) * 3 * day;
  const slug = `r${index}`;
  repositories.createRepository({ slug, name: text, at: at - day });
  const by = `p${index}`;
  const open = (title: string, sourceBranch: string, hours: number): number =>
    pullRequests.openPullRequest({
      repository: slug,
      by,
      title,
      sourceBranch,
      at: at + hours * 3_600_000,
      commits: [{ message: text }],
    }).pullRequest.id;
  const first = open(text, text, 0);
  pullRequests.merge({ repository: slug, by, id: first, at: at + 3_600_000 });
  const revert = open(`Revert "${text}"`, `revert-pr-${first}`, 2);
  pullRequests.merge({ repository: slug, by, id: revert, at: at + 3 * 3_600_000 });
  open(text, `open ${text}`, 4);
}

/** Fifty pull requests of fifty people, all merged but five, each with a review, and twenty payloads in its title. */
function fillWithMany(): void {
  const { repositories, pullRequests } = product.simulator;
  const repository = 'many';
  const at = testClock.now() - 5 * day;
  repositories.createRepository({ slug: repository, name: 'Many', at: at - day });
  many.titles.forEach((title, index) => {
    const [sourceBranch = '', by] = [many.branches[index], `m${index}`];
    const doing = {
      repository,
      by,
      title,
      sourceBranch,
      at: at + index * 60_000,
      commits: [{ message: sourceBranch }],
    };
    const { id } = pullRequests.openPullRequest(doing).pullRequest;
    const inline = { path: sourceBranch.slice(0, 200), from: null, to: 1 };
    pullRequests.comment({ repository, id, by: 'p0', inline, text: title, at: at + index * 60_000 + 10_000 });
    pullRequests.approve({ repository, id, by: 'p1', at: at + index * 60_000 + 20_000 });
    if (index % 10 !== 9) pullRequests.merge({ repository, id, by, at: at + index * 60_000 + 30_000 });
  });
}

/** Views of these names, of which the menu on every page tells. */
async function saveViews(): Promise<void> {
  const session = await product.openPage();
  const names = [...hostile, ...payloads.slice(0, 30)].map((text) => text.slice(0, 60).toWellFormed());
  for (const name of names) {
    const body = { name, page: 'workspace', query: 'range=30' };
    const { status } = await product.api('/views', { session, method: 'POST', body });
    expect({ name, status }).toStrictEqual({ name, status: 200 });
  }
}

const openAll = `document.querySelectorAll('details').forEach((part) => { part.open = true; })`;

interface Look {
  readonly ran: unknown;
  readonly strangers: readonly string[];
  readonly overflow: number;
  readonly text: string;
}

/** Elements that no template of ours has, and how far the page is wider than its frame. */
const look = `({
  ran: window.ran ?? null,
  strangers: [...document.querySelectorAll('img, iframe, object, embed, [autofocus], [onfocus], [onload], [onerror]')]
    .map((one) => one.outerHTML.slice(0, 80))
    .concat([...document.querySelectorAll('script')].filter((one) => !one.src && one.type !== 'application/json').map((one) => one.text)),
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  text: document.body.textContent,
})`;

async function expectHarmless(page: Page, place: string): Promise<Look> {
  await page.locator('#page').waitFor();
  await page.evaluate(openAll);
  const found = await page.evaluate<Look>(look);
  const { ran, strangers, overflow } = found;
  expect({ place, ran, strangers, overflow }).toStrictEqual({ place, ran: null, strangers: [], overflow: 0 });
  return found;
}

const firstWords = (text: string): string => text.slice(0, 60);

describe('Hostile names of repositories, people, branches, teams and pull requests', () => {
  it.each([320, 1200])('run nothing and burst no page %d pixels wide', async (width) => {
    await visit(browser, { viewport: { width, height: 800 } }, async ({ context, page, trouble }) => {
      context.on('dialog', (dialog) => trouble.said.push(`dialog ${dialog.message()}`));
      await page.goto(product.simulator.pageUrl('workspace'));
      const overview = await expectHarmless(page, 'workspace');
      for (const text of hostile) expect(overview.text).toContain(firstWords(text));
      await page.goto(product.simulator.pageUrl('settings'));
      for (const section of Object.values(sectionWords)) {
        await openSection(page, section);
        const settings = await expectHarmless(page, `settings, ${section}`);
        await page.evaluate(`document.querySelector('.sections-menu').open = false`);
        const names = section === 'People and bots' ? hostile : [];
        for (const text of names) expect(settings.text).toContain(firstWords(text));
      }
      for (const rows of ['All deployments', 'All incidents']) {
        // A tab that has shown a page already would go back to that one.
        const tab = await context.newPage();
        await tab.goto(product.simulator.pageUrl('workspace'));
        // Long names put the charts far down, where they are drawn when somebody comes near.
        await tab.locator('.chart').first().scrollIntoViewIfNeeded();
        await tab.locator('canvas').first().waitFor();
        await tab.getByRole('link', { name: rows }).click();
        const name = rows.replace('All d', 'D').replace('All i', 'I');
        await tab.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
        await expectHarmless(tab, rows);
        expect(await tab.locator('tbody tr').count()).toBeGreaterThanOrEqual(hostile.length);
      }
      expect(trouble.said).toStrictEqual([]);
      expect(trouble.failed).toStrictEqual([]);
    });
  });

  it('run nothing and burst nothing on the pages of a repository and of a pull request', async () => {
    await visit(browser, { viewport: { width: 400, height: 800 } }, async ({ page, trouble }) => {
      for (const index of hostile.keys()) {
        // The panels show few names: the first and the longest text do for them.
        const panels = [0, 8].includes(index) ? (['repository-panel', 'pull-request-panel'] as const) : [];
        for (const place of ['repository', ...panels] as const) {
          await page.goto(product.simulator.pageUrl(place, { repository: `r${index}`, pullRequest: 3 }));
          await expectHarmless(page, `${place} ${index}`);
        }
      }
      expect(trouble.said).toStrictEqual([]);
    });
  });

  it.each([320, 1200])(
    'run nothing and burst no page of reviews, open work and time lines, %d pixels wide',
    async (width) => {
      const pages = await listPages(product);
      const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
      const uuid = (name: string) => encodeURIComponent(items.find((one) => one.name === name)?.uuid ?? '');
      await visit(browser, { viewport: { width, height: 800 } }, async ({ page, trouble }) => {
        const addresses = [
          ...['/pages/reviews', '/pages/work-in-progress', '/pages/getting-started', '/pages/data-quality'],
          ...['/pages/workspace?range=30', `/pages/workspace?range=30&system=${uuid('Many')}`],
          ...['repository', 'data-quality'].map((name) => `/pages/${name}?repository=${uuid('Many')}`),
          '/pages/views?page=workspace&query=range%3D30',
          ...['/pages/pull-requests', '/pages/pull-requests?state=open'],
          ...[`/pages/pull-requests?system=${uuid('Many')}`, `/pages/deployments?system=${uuid('Many')}`],
          ...[1, 10].map((number) => `/pages/pull-request?repository=${uuid('Many')}&number=${number}`),
          ...hostile.map((text, index) => `/pages/pull-request?repository=${uuid(text)}&number=${(index % 3) + 1}`),
          ...hostile.map((text) => `/pages/release?repository=${uuid(text)}&release=1`),
          `/pages/release?repository=${uuid('Many')}&release=1`,
          ...['pull request panel', 'a day', 'a day of a repository'].map((name) => pages.get(name) ?? ''),
          `/pages/day?day=${new Date(testClock.now() - 5 * day).toISOString().slice(0, 10)}`,
        ];
        for (const address of addresses) {
          const answer = await openAddress(page, product, address);
          expect({ address, status: answer?.status() }).toStrictEqual({ address, status: 200 });
          await expectHarmless(page, address);
        }
        expect(trouble).toMatchObject({ said: [], failed: [] });
        const asked = trouble.asked.map((address) => new URL(address).origin);
        expect([...new Set(asked)].sort()).toStrictEqual([product.simulator.url, product.app.url].sort());
      });
    },
  );

  it('are all shown as they were written', async () => {
    await visit(browser, {}, async ({ page }) => {
      const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
      const many_ = encodeURIComponent(items.find(({ name }) => name === 'Many')?.uuid ?? '');
      let shown = '';
      for (const state of ['merged', 'open']) {
        await openAddress(page, product, `/pages/pull-requests?system=${many_}&state=${state}`);
        shown += await page.evaluate<string>('document.body.textContent');
      }
      for (const title of many.titles) expect(shown).toContain(title);
      for (const person of many.people) expect(shown).toContain(person);
    });
  });

  it('stay text in what administrators type', async () => {
    await visit(browser, { viewport: { width: 400, height: 800 } }, async ({ page, trouble }) => {
      for (const text of hostile.slice(0, 4)) {
        await page.goto(product.simulator.pageUrl('settings'));
        await openSection(page, 'API tokens');
        await page.getByLabel('Name', { exact: true }).fill(text);
        await page.getByRole('button', { name: 'Make a token' }).click();
        await page.locator('#outcome').getByText('is made').waitFor();
        const { text: shown } = await expectHarmless(page, 'token');
        expect(shown).toContain(`The token ${text} is made`);
        await page.evaluate(`document.querySelector('.sections-menu').open = false`);
        await openSection(page, 'Notes');
        await page.getByLabel('Day', { exact: true }).fill(new Date(testClock.now() - day).toISOString().slice(0, 10));
        await page.getByLabel('What happened').fill(text);
        await page.getByRole('button', { name: 'Save the note' }).click();
        await page.getByText('The note is saved').waitFor();
        await openSection(page, 'Corrections');
        await page.getByLabel('What is to be put right').selectOption('leave_out_deployment');
        await page.getByLabel('Pull request, deployment or incident').fill(`r${hostile.indexOf(text)} #1`);
        await page.getByLabel('Why', { exact: true }).fill(text);
        await page.getByRole('button', { name: 'Make the correction' }).click();
        await page.getByText('The correction is made').waitFor();
        await openSection(page, 'Teams');
        await page.getByText('Make a team').click();
        await page.getByLabel('Name of the team').fill(`By hand ${text}`);
        for (const place of [0, 1]) await page.locator('[name="member"]').nth(place).check();
        await page.getByRole('button', { name: 'Save the team' }).click();
        await page.getByText(`The team By hand ${text} is saved`).waitFor();
        await expectHarmless(page, 'note, correction and team');
      }
      await page.goto(product.simulator.pageUrl('settings'));
      await openSection(page, 'Incidents');
      const rule = page.getByLabel('Branch prefixes of fixes');
      await rule.fill('</textarea><script>window.ran=6</script>/');
      await page.getByRole('button', { name: 'Save the rules of incidents' }).click();
      await page.locator('.message').first().waitFor();
      await expectHarmless(page, 'settings form');
      expect(await rule.inputValue()).toContain('</textarea>');
      await openAddress(page, product, '/pages/reviews');
      const { text: reviews } = await expectHarmless(page, 'notes and teams of reviews');
      for (const text of hostile.slice(0, 4)) expect(reviews.split(text).length).toBeGreaterThan(2);
      expect(trouble.said).toStrictEqual([]);
    });
  });
});
