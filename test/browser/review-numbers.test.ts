import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { phases } from '../../src/domain/reviews/phase';
import type { MergedPullRequestItem, WorkInProgressReport } from '../../src/reporting/answers/pull-requests';
import { type ReviewsReport } from '../../src/reporting/answers/reviews';
import type { RunningProduct } from '../support/product/start-product';
import { openAddress } from '../support/visits/product-pages';
import { openSection } from '../support/visits/open-section';
import { readTables } from '../support/visits/read-tables';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { openUsualView } from '../support/visits/usual-view';
import { untilArrived, visit } from '../support/visits/visit';
import { buildReviewFormat } from '../../src/web/pages/reviews/review-format';
import { reviewOrder, reviewWords } from '../../src/web/pages/reviews/review-words';
import { formatDuration } from '../../src/web/presentation/format/durations';
import { formatCount, formatCounted } from '../../src/web/presentation/format/numbers';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 20, hasOpenWork: true });
  ({ browser, product } = shown);
  // Sizes are read after the import: until then the numbers still grow.
  await product.untilQuiet();
});

afterAll(() => shown.close());

/** A link is a button of a form until the scripts of the page have made it one. */
const findWay = (page: Page | Locator, isScripted: boolean, name: string | RegExp): Locator =>
  page.getByRole(isScripted ? 'link' : 'button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });

async function openTab(page: Page, isScripted: boolean, tab: string): Promise<void> {
  await openUsualView(page, product);
  await findWay(page, isScripted, tab).first().click();
  await untilArrived(page, page.locator('.tab[aria-current="page"]', { hasText: tab }));
}

async function download(page: Page, name: RegExp): Promise<string> {
  const button = page.getByRole('button', { name });
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFile(await file.path(), 'utf8');
}

/** What Changes & reviews should say, put together from the API alone. */
async function expectReviews(page: Page, isScripted: boolean, query: string): Promise<void> {
  const report = await product.get<ReviewsReport>(`/metrics/reviews?${query}`);
  expect(report.merged).toBeGreaterThan(0);
  const list = (await readTables(page))['The ten metrics of the merged pull requests of this range'] ?? [];
  expect(list.map(([name, value, , , n]) => [name, value, n])).toStrictEqual(
    reviewOrder.map((key) => [
      reviewWords[key].name,
      buildReviewFormat(key, report).short(report[key].value),
      formatCount(report[key].n),
    ]),
  );
  for (const key of ['lines_changed', 'time_to_merge'] as const) {
    const { name } = reviewWords[key];
    const { short } = buildReviewFormat(key, report);
    expect({ key, rows: await readChosen(page, isScripted, name) }).toStrictEqual({
      key,
      rows: report[key].series.map(({ value, p75, p95, mean, n, excluded }) => [
        ...[value, p75, p95, mean].map(short),
        ...[n, excluded].map(formatCount),
      ]),
    });
  }
  expect(await readChosen(page, isScripted, 'Average time in each phase')).toStrictEqual(
    report.phases.series.map(({ mean, n }) => {
      const parts = phases.map((phase) => mean?.[phase] ?? null);
      const all = mean === null ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
      return [...[...parts, all].map((part) => (part === null ? '—' : formatDuration(part))), formatCount(n)];
    }),
  );
}

/** Chooses a metric, and reads the table of its chart without the first column. */
async function readChosen(page: Page, isScripted: boolean, name: string): Promise<string[][] | undefined> {
  await findWay(page.locator('.review-list'), isScripted, name).click();
  await untilArrived(page, page.locator('#chart-chosen', { hasText: name }));
  const tables = Object.entries(await readTables(page));
  return tables.find(([caption]) => caption.startsWith(`${name}, `))?.[1].map((row) => row.slice(1));
}

/** The last week in which more than one pull request was merged, and its place in the table. */
function findBucket({ time_to_merge: { series } }: ReviewsReport) {
  const index = series.findLastIndex(({ n }) => n > 1);
  const bucket = series[index];
  if (bucket === undefined) throw new Error('No week has more than one merge.');
  return { index, bucket };
}

const readBitbucketLinks = `[...document.querySelectorAll('tbody a[target="_top"]')].map((one) => one.href)`;

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('Changes & reviews %s', (_name, javaScriptEnabled) => {
  it('says the same in list, tables, repositories, CSV and API, and follows the filters', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await openTab(page, javaScriptEnabled, 'Changes & reviews');
      await expectReviews(page, javaScriptEnabled, '');
      const csv = await download(page, /^Download CSV ?: all numbers$/u);
      expect(csv).toBe(await product.getText('/metrics/reviews?format=csv'));
      const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
      const { short } = buildReviewFormat('time_to_merge', await product.get<ReviewsReport>('/metrics/reviews'));
      const repositories = (await readTables(page))['The medians of each repository'] ?? [];
      expect(repositories.map(([name]) => name).sort()).toStrictEqual(items.map(({ name }) => name).sort());
      for (const { uuid, name } of items) {
        const own = await product.get<ReviewsReport>(`/metrics/reviews?system=${encodeURIComponent(uuid)}`);
        const row = repositories.find(([one]) => one === name) ?? [];
        expect(row[1]).toContain(short(own.time_to_merge.value));
        expect(row.at(-1)).toBe(formatCount(own.merged));
      }

      const pay = items.find(({ name }) => name === 'The pay service')?.uuid ?? '';
      await openAddress(page, product, `/pages/reviews?interval=month&system=${encodeURIComponent(pay)}`);
      await untilArrived(page, page.locator('.filter', { hasText: 'The pay service' }));
      await expectReviews(page, javaScriptEnabled, 'interval=month&system=pay');
      expect(page.url()).not.toMatch(/jwt|session|eyJ/u);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('leads from the chart and from a bucket to the rows, to one time line, and to Bitbucket', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await openTab(page, javaScriptEnabled, 'Changes & reviews');
      const report = await product.get<ReviewsReport>('/metrics/reviews');
      await findWay(page, javaScriptEnabled, formatCounted(report.merged, 'merged pull request')).click();
      await untilArrived(page, page.getByRole('heading', { level: 1, name: 'Merged pull requests' }));
      expect(await page.locator('tbody tr').count()).toBe(Math.min(50, report.merged));

      await openTab(page, javaScriptEnabled, 'Changes & reviews');
      const { index, bucket } = findBucket(report);
      const chart = page.locator('.review-chart');
      await chart.getByText('Show these numbers as a table').click();
      await chart.locator('tbody tr').nth(index).locator('a, button').click();
      await untilArrived(page, page.getByRole('heading', { level: 1, name: 'Merged pull requests' }));
      expect(await page.locator('tbody tr').count()).toBe(bucket.n + bucket.excluded);

      const { items } = await product.get<{ items: { title: string; url: string }[] }>(
        `/pull-requests?state=merged&from=${bucket.start}&to=${bucket.end}`,
      );
      expect(await page.evaluate<string[]>(readBitbucketLinks)).toStrictEqual(items.map(({ url }) => url));
      await page.locator('tbody tr').first().locator('[data-link]').first().click();
      await untilArrived(page, page.getByRole('heading', { name: 'Activity' }));
      const title = await page.locator('.pull-request-title').innerText();
      const url = await page.locator('.actions a[target="_top"]').getAttribute('href');
      expect(items[0]).toMatchObject({ title, url });
      expect(page.url()).not.toMatch(/jwt|session|eyJ/u);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });
});

describe('Chosen pull requests', () => {
  const isChosen = ({ lines_changed: lines, time_to_merge: time }: MergedPullRequestItem) =>
    lines !== null && time !== null && time >= 3_600;
  const selection = (page: Page) => page.locator('#selection', { hasText: 'selected' });

  it.each([
    ['with', true],
    ['without', false],
  ])('are those within the numbers that are typed, %s JavaScript', async (_name, javaScriptEnabled) => {
    const { items } = await product.get<{ items: MergedPullRequestItem[] }>('/pull-requests?state=merged&limit=500');
    const count = formatCount(items.filter(isChosen).length);
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await openTab(page, javaScriptEnabled, 'Changes & reviews');
      await page.locator('input[name="min_hours"]').fill('1');
      await page.getByRole('button', { name: 'Choose', exact: true }).click();
      await untilArrived(page, selection(page));
      expect(await selection(page).innerText()).toBe(`${count} selected`);
      expect(await page.locator('#explorer').innerText()).toBe(`${count} selected pull requests`);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('are those within a box that is drawn, which types the numbers', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      await openTab(page, true, 'Changes & reviews');
      const canvas = page.locator('.explorer canvas');
      await canvas.scrollIntoViewIfNeeded();
      await page.locator('.explorer figure[data-drawn]').waitFor();
      const { x, y, width, height } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      await page.mouse.move(x + width * 0.4, y + height * 0.2);
      await page.mouse.down();
      await page.mouse.move(x + width * 0.95, y + height * 0.6, { steps: 4 });
      await page.mouse.up();
      await untilArrived(page, selection(page));
      expect(new URL(page.url()).search).toMatch(/min_size=\d+&max_size=\d+&min_hours=[\d.]+&max_hours=[\d.]+/u);
      expect(await page.locator('input[name="min_size"]').inputValue()).toMatch(/^\d+$/u);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });
});

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('Work in progress %s', (_name, javaScriptEnabled) => {
  it('says the same in its sum, rows, CSV and API, sorts, and leads to the rows behind a count', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await openTab(page, javaScriptEnabled, 'Work in progress');
      const { items, ...report } = await product.get<WorkInProgressReport>('/metrics/work-in-progress');
      const legend = await page.locator('.share-legend').innerText();
      expect(legend.match(/\d+/gu)).toStrictEqual([report.open, report.reviewed, report.approved].map(formatCount));
      const sums = await page.locator('.sums dd').allInnerTexts();
      const numbers = sums.map((text) => Number.parseInt(text, 10));
      expect(numbers.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(items.length);
      expect(numbers.at(-1)).toBe(items.length);
      const titles = await page.locator('.wait-table .row-title').allInnerTexts();
      expect(titles.toSorted()).toStrictEqual(items.map(({ title }) => title).toSorted());
      const csv = (await download(page, /^Download CSV$/u)).trim().split('\r\n');
      expect(csv).toHaveLength(items.length + 1);

      await findWay(page, javaScriptEnabled, 'All columns').click();
      await untilArrived(page, page.getByRole('heading', { name: 'Open pull requests', exact: true }));
      const rows = (await readTables(page))['Open pull requests'] ?? [];
      expect(rows).toHaveLength(items.length);
      items.forEach(({ system, id, title, author }, index) => {
        const [name = ''] = rows[index] ?? [];
        expect(name.startsWith(title)).toBe(true);
        for (const part of [`#${id}`, system.name, author?.display_name ?? '']) expect(name).toContain(part);
      });
      await findWay(page, javaScriptEnabled, /^Stale/u).click();
      await untilArrived(
        page,
        page.locator('th[aria-sort="ascending"], th[aria-sort="descending"]').filter({ hasText: 'Stale' }),
      );
      await page.locator('table.table-rows tbody [data-link]').first().click();
      await untilArrived(page, page.getByRole('heading', { name: 'Activity' }));
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });
});

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('A correction %s', (_name, javaScriptEnabled) => {
  it('takes a pull request out of every page, and the raw numbers still hold it', async () => {
    const { items } = await product.get<{ items: { url: string }[] }>('/pull-requests?state=merged&limit=1');
    const countMerged = async () =>
      Promise.all(
        ['corrected', 'raw'].map(
          async (data) => (await product.get<ReviewsReport>(`/metrics/reviews?data=${data}`)).merged,
        ),
      );
    const [corrected = 0, raw = 0] = await countMerged();
    await visit(browser, { javaScriptEnabled }, async ({ page }) => {
      await page.goto(product.simulator.pageUrl('settings'));
      await openSection(page, 'Corrections');
      await page.getByLabel('What is to be put right').selectOption('leave_out_pull_request');
      await page.getByLabel('Pull request, deployment or incident').fill(items[0]?.url ?? '');
      await page.getByLabel('Why', { exact: true }).fill('An import from elsewhere');
      await page.getByRole('button', { name: 'Make the correction' }).click();
      await untilArrived(page, page.getByText('The correction is made'));
      const choose = async (name: string): Promise<void> => {
        await page.getByRole('button', { name, exact: true }).click();
        await untilArrived(page, page.getByRole('button', { name, exact: true, pressed: true }));
      };
      await openTab(page, javaScriptEnabled, 'Changes & reviews');
      await choose('Raw');
      await expectReviews(page, javaScriptEnabled, 'data=raw');
      await choose('Corrected');
      await expectReviews(page, javaScriptEnabled, '');
      await openTab(page, javaScriptEnabled, 'Pull requests');
      // The list still shows the row, said to be left out, so that this can be taken back.
      const readLeftOut = readBitbucketLinks.replace('tbody a', 'tbody tr:has(.is-left-out) a');
      expect(await page.evaluate<string[]>(readLeftOut)).toContain(items[0]?.url);
      const readCounted = readBitbucketLinks.replace('tbody a', 'tbody tr:not(:has(.is-left-out)) a');
      expect(await page.evaluate<string[]>(readCounted)).not.toContain(items[0]?.url);
      await choose('Raw');
      expect(await page.evaluate<string[]>(readBitbucketLinks)).toContain(items[0]?.url);
    });
    expect(await countMerged()).toStrictEqual([corrected - 1, raw]);
  });

  it('makes an account a bot where its work is waited for, and says so in what is folded, with the way back', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await openTab(page, javaScriptEnabled, 'Work in progress');
      const folded = await page.locator('details.aside').count();
      const row = page.locator('.wait-table .row').first();
      const title = await row.locator('.row-title').innerText();
      await row.locator('.row-menu > summary').click();
      await row.getByRole('button', { name: 'This account is a bot' }).click();
      const said = page.locator('details.aside[open] [data-said]');
      await untilArrived(page, said);
      expect(await said.innerText()).toContain('is a bot');
      expect(await page.locator('details.aside[open] .row-title', { hasText: title }).count()).toBe(1);
      expect(await page.evaluate('document.activeElement.matches("[data-said]")')).toBe(true);
      await said.getByRole('button', { name: /^Undo/u }).click();
      await untilArrived(page, page.getByText('count again'));
      expect(await page.locator('details.aside').count()).toBe(folded);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });
});
