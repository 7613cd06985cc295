import { readFile } from 'node:fs/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import type { AccelerateReport } from '../../src/reporting/answers/accelerate';
import { listAll } from '../support/product/compare-with-world';
import type { RunningProduct } from '../support/product/start-product';
import { readNumbers, type ShownNumbers } from '../support/visits/read-numbers';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { untilArrived, visit } from '../support/visits/visit';
import { formatDuration } from '../../src/web/presentation/format/durations';
import {
  formatCounted,
  formatPercent,
  buildRate,
  formatShare,
  formatShortNumber,
} from '../../src/web/presentation/format/numbers';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 20 });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

const orUnknown = (value: number | null, toText: (value: number) => string): string =>
  value === null ? '—' : toText(value);

/** What the tiles, the tables and the repositories should say, put together from the API alone. */
function expectTiles(shown: ShownNumbers, report: AccelerateReport): void {
  const { deployment_frequency: frequency, lead_time_for_changes: leadTime, time_to_recover: recovery } = report;
  const { change_failure_rate: failure, rework_rate: rework } = report;
  const rate = buildRate(frequency.value);
  expect(frequency.deployments).toBeGreaterThan(0);
  expect(shown.tiles.map(({ value }) => value)).toStrictEqual([
    `${rate.value} ${rate.unit}`,
    orUnknown(leadTime.value, formatDuration),
    orUnknown(failure.value, formatPercent),
    orUnknown(recovery.value, formatDuration),
    orUnknown(rework.value, formatPercent),
  ]);
  const [deployments, changes, failed, incidents, reworked] = shown.tiles.map(({ sample }) => sample);
  expect(deployments).toBe(
    `${formatCounted(frequency.deployments, 'deployment')} in ${formatCounted(frequency.days, 'day')}`,
  );
  expect(changes).toBe(`median of ${formatCounted(leadTime.n, 'change')}`);
  expect(failed).toContain(`${failure.failed} of ${formatCounted(failure.n, 'deployment')}`);
  expect(incidents).toContain(formatCounted(recovery.n, 'incident'));
  expect(reworked).toContain(`${rework.rework} of ${formatCounted(rework.n, 'deployment')}`);
}

function expectTables(shown: ShownNumbers, report: AccelerateReport): void {
  const tables = Object.values(shown.tables);
  const [frequency, leadTime, failure, recovery, rework] = tables.map((rows) => rows.map(([, ...cells]) => cells));
  expect(frequency?.map((cells) => cells.slice(0, 3))).toStrictEqual(
    report.deployment_frequency.series.map((one) => [
      `${one.deployments}`,
      `${one.days}`,
      formatShortNumber(one.value),
    ]),
  );
  expect(leadTime).toStrictEqual(
    report.lead_time_for_changes.series.map(({ value, p75, p95, n, excluded }) => [
      ...[value, p75, p95].map((seconds) => orUnknown(seconds, formatDuration)),
      ...[n, excluded].map(String),
    ]),
  );
  const sum = (rows: readonly (readonly string[])[] | undefined, column: number): number =>
    (rows ?? []).reduce((all, cells) => all + Number(cells[column]), 0);
  expect(sum(frequency, 0)).toBe(report.deployment_frequency.deployments);
  expect(failure).toHaveLength(report.change_failure_rate.series.length);
  expect(recovery).toHaveLength(report.time_to_recover.series.length);
  expect(rework).toHaveLength(report.rework_rate.series.length);
}

async function expectSystems(shown: ShownNumbers, query: string): Promise<void> {
  const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
  expect(shown.systems.map(([name]) => name).sort()).toStrictEqual(items.map(({ name }) => name).sort());
  for (const { uuid, name } of items) {
    const report = await askApi(`${query}&system=${encodeURIComponent(uuid)}`);
    const { failed, n, value } = report.change_failure_rate;
    expect(shown.systems.find(([one]) => one === name)).toStrictEqual([
      name,
      String(report.deployment_frequency.deployments),
      orUnknown(report.lead_time_for_changes.value, formatDuration),
      value === null ? '—' : formatShare(failed, n),
      orUnknown(report.time_to_recover.value, formatDuration),
      report.rework_rate.value === null ? '—' : formatShare(report.rework_rate.rework, report.rework_rate.n),
    ]);
  }
}

const askApi = (query: string): Promise<AccelerateReport> =>
  product.get<AccelerateReport>(`/metrics/accelerate?${query}`);

async function askApiCsv(route: string): Promise<string> {
  const session = await product.openPage();
  const headers = { authorization: `Bearer ${session}`, accept: 'text/csv' };
  return (await fetch(`${product.app.url}/api/v1${route}`, { headers })).text();
}

async function download(page: Page, place: Frame | Page, index = 0): Promise<string> {
  const button = place.getByRole('button', { name: 'Download CSV' }).nth(index);
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFile(await file.path(), 'utf8');
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('The numbers %s', (_name, javaScriptEnabled) => {
  it('are the same in tiles, tables, repositories, CSV and API', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page }) => {
      await page.goto(product.simulator.pageUrl('workspace'));
      const report = await askApi('');
      const shown = await readNumbers(page);
      expectTiles(shown, report);
      expectTables(shown, report);
      await expectSystems(shown, '');
      expect(await download(page, page)).toBe(await askApiCsv('/metrics/accelerate'));
      const systems = (await download(page, page, 1)).trim().split('\r\n').slice(1);
      const total = systems.reduce((sum, line) => sum + Number(line.split(',')[3]), 0);
      expect(total).toBe(report.deployment_frequency.deployments);
    });
  });

  it('follow the filters, to the rows behind them', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      await page.goto(product.simulator.pageUrl('workspace'));
      await page.getByRole('combobox', { name: 'By' }).selectOption('month');
      await page.getByText('Repositories: All repositories').click();
      await page.getByLabel('The pay service').check();
      await page.getByText('Teams: All teams').click();
      await page.getByLabel('Developers').check();
      const first = trouble.asked.length;
      await page.getByRole('button', { name: 'Apply' }).click();
      await untilArrived(page, page.getByText('Repositories: The pay service'));
      const query = 'interval=month&system=pay&team=developers';
      const report = await askApi(query);
      expectTiles(await readNumbers(page), report);
      expectTables(await readNumbers(page), report);

      await page.getByText('How it is computed').first().click();
      const { deployments } = report.deployment_frequency;
      const behind = new RegExp(`^Show the ${formatCounted(deployments, 'deployment')}$`, 'u');
      await page.getByRole(javaScriptEnabled ? 'link' : 'button', { name: behind }).click();
      await untilArrived(page, page.getByRole('heading', { name: 'Deployments', exact: true }));
      const items = await listAll(product, '/deployments', query);
      expect(items).toHaveLength(deployments);
      const hrefs = await page.evaluate<string[]>(
        `[...document.querySelectorAll('tbody a[target="_top"]')].map((one) => one.href)`,
      );
      expect(hrefs).toStrictEqual(items.slice(0, 50).map(({ url }) => url));
      expect(await download(page, page)).toBe(await askApiCsv(`/deployments?${query}&limit=500`));

      expect(trouble.asked.slice(first).filter((address) => /jwt|session|eyJ/u.test(address))).toStrictEqual([]);
      expect(page.url()).not.toMatch(/jwt|session|eyJ/u);
      expect(trouble.said).toStrictEqual([]);
    });
  });

  it('come from settings that a form has saved', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page, trouble }) => {
      const zone = javaScriptEnabled ? 'Asia/Tokyo' : 'UTC';
      await page.goto(product.simulator.pageUrl('settings'));
      await page.getByLabel('Time zone').selectOption(zone);
      await page.getByRole('button', { name: 'Save time zone and levels' }).click();
      await untilArrived(page, page.getByText('The settings are saved'));
      expect((await askApi('')).range.timezone).toBe(zone);
      expect(await page.getByLabel('Time zone').inputValue()).toBe(zone);
      expect(page.url()).toBe(
        `${product.app.url}/pages/settings?section=time-zone${javaScriptEnabled ? '' : '#outcome'}`,
      );
      expect(trouble.failed).toStrictEqual([]);
    });
  });
});
