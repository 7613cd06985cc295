import type { Browser, Page } from 'playwright-core';
import type { AccelerateReport } from '../../src/reporting/answers/accelerate';
import type { WorkInProgressReport } from '../../src/reporting/answers/pull-requests';
import type { RunningProduct } from '../support/product/start-product';
import { openAddress } from '../support/visits/product-pages';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { untilTrue, visit } from '../support/visits/visit';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 30, hasOpenWork: true });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

/** Before anything of the page runs: collects how far things move, and when something is painted. */
const listen = `
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });`;

/** Milliseconds from the last byte of the HTML to the first picture with the numbers in it. */
const readPaint = `(() => {
  const [arrived] = performance.getEntriesByType('navigation');
  const [painted] = performance.getEntriesByName('first-contentful-paint');
  return painted === undefined ? null : painted.startTime - arrived.responseEnd;
})()`;

const allDrawn = `[...document.querySelectorAll('figure[data-chart]')].every((one) => !one.hidden) &&
  document.querySelectorAll('.tile .metric, .metrics-value, .sums dd').length > 3`;

interface Load {
  readonly paint: number;
  readonly shift: number;
}

async function load(page: Page, address: string, isDrawn: string): Promise<Load> {
  await openAddress(page, product, address);
  await untilTrue(page, `performance.getEntriesByName('first-contentful-paint').length > 0 && ${isDrawn}`);
  return { paint: await page.evaluate<number>(readPaint), shift: await page.evaluate<number>('window.shift') };
}

const longestMs = 150;
/** What a page with a single sentence takes, slowed down so, on a machine that does nothing else. */
const usualFloorMs = 60;

/** The limit, made longer as far as everything takes longer on this machine now. */
const toLimit = (floors: readonly number[]): number => longestMs * Math.max(1, Math.min(...floors) / usualFloorMs);

describe('At four times slowed CPU', () => {
  it.each(['/pages/workspace', '/pages/reviews', '/pages/work-in-progress'])(
    'the numbers of %s are painted within 150 ms of the HTML, and nothing moves after it',
    async (address) => {
      await visit(browser, { viewport: { width: 1200, height: 900 } }, async ({ context, page }) => {
        await page.addInitScript(listen);
        const developer = await context.newCDPSession(page);
        await developer.send('Emulation.setCPUThrottlingRate', { rate: 4 });
        const [paints, floors, shifts]: [number[], number[], number[]] = [[], [], []];
        // A busy machine only ever makes a load slower: the quickest tells what the page itself costs.
        while (paints.length < 3 || (paints.length < 10 && Math.min(...paints) > toLimit(floors))) {
          floors.push((await load(page, '/pages/nothing', 'true')).paint);
          const { paint, shift } = await load(page, address, allDrawn);
          paints.push(paint);
          shifts.push(shift);
        }
        expect(Math.min(...paints)).toBeLessThanOrEqual(toLimit(floors));
        expect(Math.max(...shifts)).toBeLessThanOrEqual(0.02);
      });
    },
  );
});

/** What somebody sees who opens nothing. */
const seen = (page: Page): Promise<string> => page.locator('#page').innerText();

describe('Somebody new finds on the pages, without opening anything,', () => {
  it('whether lead time is better than in the period before', async () => {
    await visit(browser, {}, async ({ page }) => {
      await openAddress(page, product, '/pages/workspace?range=30');
      const tile = await page.locator('.tile', { hasText: 'Lead time' }).first().innerText();
      expect(tile).toMatch(/(?:shorter, better|longer, worse|No change|Too few)[^]*Was \d/u);
    });
  });

  it('which repository is slowest', async () => {
    const { items } = await product.get<{ items: { uuid: string; name: string }[] }>('/systems');
    const leadTimes = await Promise.all(
      items.map(async ({ uuid, name }) => {
        const report = await product.get<AccelerateReport>(`/metrics/accelerate?system=${encodeURIComponent(uuid)}`);
        return { name, seconds: report.lead_time_for_changes.value ?? -1 };
      }),
    );
    const slowest = leadTimes.toSorted((a, b) => b.seconds - a.seconds)[0];
    await visit(browser, {}, async ({ page }) => {
      await openAddress(page, product, '/pages/workspace?sort=-lead-time');
      const first = page.locator('.table-wide tbody tr').first();
      expect(await first.innerText()).toContain(slowest?.name);
      expect(await first.innerText()).toMatch(/\d (?:h|d|min)\b/u);
      await openAddress(page, product, '/pages/reviews');
      const head = page.locator('th[aria-sort="descending"]').first();
      expect(await head.innerText()).toMatch(/Time to merge/u);
    });
  });

  it('what waits longest over its usual, for what and for whom', async () => {
    const { items } = await product.get<WorkInProgressReport>('/metrics/work-in-progress');
    await visit(browser, {}, async ({ page }) => {
      await openAddress(page, product, '/pages/work-in-progress');
      expect(await page.locator('.open-now h2').innerText()).toMatch(
        new RegExp(`^${items.length} open pull request`, 'u'),
      );
      const first = await page.locator('.wait-table tbody tr').first().innerText();
      expect(items.some(({ id, title }) => first.includes(`#${id}`) && first.includes(title))).toBe(true);
      expect(first).toMatch(/Review|Changes requested|answer|Draft|Merge/u);
    });
  });

  it('beside the "i" how change failure rate is computed', async () => {
    await visit(browser, {}, async ({ page }) => {
      await openAddress(page, product, '/pages/workspace');
      const tile = page.locator('.tile', { hasText: 'Failure rate' });
      await tile.locator('summary').click();
      const text = await tile.innerText();
      expect(text).toMatch(/Change failure rate: .* deployments caused an incident/u);
      expect(text).toMatch(/\d+ of \d+ deployments/u);
      expect(await seen(page)).toContain('Failure rate');
    });
  });
});
