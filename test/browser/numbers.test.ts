import { readFile } from 'node:fs/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import type { AccelerateReport } from '../../src/reporting/answers/accelerate';
import { listAll } from '../support/product/compare-with-world';
import type { RunningProduct } from '../support/product/start-product';
import { readNumbers, type ShownNumbers } from '../support/visits/read-numbers';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { openUsualView } from '../support/visits/usual-view';
import { untilArrived, untilTrue, visit } from '../support/visits/visit';
import type { DeliveryMetricKey } from '../../src/domain/metrics/catalogue';
import { formatCounted, formatShortNumber } from '../../src/web/presentation/format/numbers';
import { pickShownUnit, showValue } from '../../src/web/presentation/metrics/shown-unit';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 20 });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

const unitSeconds = new Map([
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
]);

/** A duration in a unit of the page by two digits that matter, worked out apart from the page. */
function writeDuration(seconds: number | null, unit: string): string {
  if (seconds === null) return '—';
  const number = seconds / (unitSeconds.get(unit) ?? Number.NaN);
  return `${number >= 10 ? Math.round(number) : Number(number.toPrecision(2))} ${unit}`;
}

/** What the tiles, the tables and the repositories should say, put together from the API alone. */
function expectTiles(shown: ShownNumbers, report: AccelerateReport): void {
  const { deployment_frequency: frequency, lead_time_for_changes: leadTime, time_to_recover: recovery } = report;
  const { change_failure_rate: failure } = report;
  expect(frequency.deployments).toBeGreaterThan(0);
  expect(shown.tiles.slice(0, 4).map(({ value }) => value)).toStrictEqual([
    show('deployment_frequency', report),
    show('lead_time_for_changes', report),
    show('change_failure_rate', report),
    show('time_to_recover', report),
  ]);
  const [deployments, changes, failed, incidents, merged] = shown.tiles.map(({ sample }) => sample);
  expect(deployments).toContain(formatCounted(frequency.deployments, 'deployment'));
  expect(changes).toContain(formatCounted(leadTime.n, 'change'));
  expect(failed).toContain(`${failure.failed} of ${failure.n}`);
  expect(incidents).toContain(formatCounted(recovery.n, 'incident'));
  expect(merged).toContain('pull request');
}

/** A value in the unit of the page; its unit is picked by the value itself, or by that of the whole page. */
const show = (key: DeliveryMetricKey, report: AccelerateReport, whole = report): string =>
  showValue(report[key].value, pickShownUnit(key, whole[key].value));

function expectTables(shown: ShownNumbers, report: AccelerateReport): void {
  const tables = Object.values(shown.tables);
  const [leadTime, frequency] = tables.map((rows) => rows.map(([, ...cells]) => cells));
  expect(frequency?.map((cells) => cells.slice(0, 3))).toStrictEqual(
    report.deployment_frequency.series.map((one) => [
      `${one.deployments}`,
      `${one.days}`,
      formatShortNumber(one.value),
    ]),
  );
  // All of the table is in the unit of its tile, so that a reader compares the numbers.
  const unit = shown.tiles[1]?.value.split(' ').at(-1) ?? '';
  expect(leadTime).toStrictEqual(
    report.lead_time_for_changes.series.map(({ value, p75, p95, n, excluded }) => [
      ...[value, p75, p95].map((seconds) => writeDuration(seconds, unit)),
      ...[n, excluded].map(String),
    ]),
  );
  const sum = (rows: readonly (readonly string[])[] | undefined, column: number): number =>
    (rows ?? []).reduce((all, cells) => all + Number(cells[column]), 0);
  expect(sum(frequency, 0)).toBe(report.deployment_frequency.deployments);
}

async function expectSystems(shown: ShownNumbers, query: string): Promise<void> {
  const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
  expect(shown.systems.map(([name]) => name).sort()).toStrictEqual(items.map(({ name }) => name).sort());
  const whole = await askApi(query);
  for (const { uuid, name } of items) {
    const report = await askApi(`${query}&system=${encodeURIComponent(uuid)}`);
    const { failed, n } = report.change_failure_rate;
    expect(shown.systems.find(([one]) => one === name)?.slice(0, 5)).toStrictEqual([
      name,
      String(report.deployment_frequency.deployments),
      show('lead_time_for_changes', report, whole),
      [n === 0 ? '' : `${failed} of ${n}`, show('change_failure_rate', report, whole)].join(' ').trim(),
      show('time_to_recover', report, whole),
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

const lists = [
  ['system', 'The pay service'],
  ['team', 'Developers'],
] as const;

/** With scripts each choice acts at once; without them all of them by a button. */
async function chooseFilters(page: Page, isScripted: boolean): Promise<void> {
  const untilActed = async (part: string) => {
    if (isScripted) await untilTrue(page, `location.search.includes('${part}')`);
  };
  await page.getByRole('combobox', { name: 'Interval' }).selectOption('month');
  await untilActed('interval=month');
  for (const [menu, label] of lists) {
    await page.locator(`[data-menu="${menu}"] > summary`).click();
    await page.getByLabel(label).check();
    await untilActed(`${menu}=`);
    if (isScripted) await page.keyboard.press('Escape');
  }
  if (!isScripted) await page.getByRole('button', { name: 'Apply' }).click();
  for (const [menu, label] of lists) {
    await untilArrived(page, page.locator(`[data-menu="${menu}"] > summary`, { hasText: label }));
  }
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('The numbers %s', (_name, javaScriptEnabled) => {
  it('are the same in tiles, tables, repositories, CSV and API', async () => {
    await visit(browser, { javaScriptEnabled }, async ({ page }) => {
      await openUsualView(page, product);
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
      await openUsualView(page, product);
      const first = trouble.asked.length;
      await chooseFilters(page, javaScriptEnabled);
      const query = 'interval=month&system=pay&team=developers';
      const report = await askApi(query);
      expectTiles(await readNumbers(page), report);
      expectTables(await readNumbers(page), report);

      const { deployments } = report.deployment_frequency;
      const behind = new RegExp(`^${formatCounted(deployments, 'deployment')}$`, 'u');
      await page.getByRole(javaScriptEnabled ? 'link' : 'button', { name: behind }).click();
      await untilArrived(page, page.getByRole('heading', { name: 'Deployments', exact: true, level: 1 }));
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
