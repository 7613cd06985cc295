import type { Browser, Page } from 'playwright-core';
import type { RunningProduct } from '../support/product/start-product';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { visit } from '../support/visits/visit';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 30 });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

/** Every page of a PDF is an object of the type "Page". */
function countPages(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/gu)?.length ?? 0;
}

async function open(page: Page, tab: string | null): Promise<void> {
  await page.goto(product.simulator.pageUrl('workspace'));
  await page.locator('.tile').first().waitFor();
  if (tab !== null) {
    await page.getByRole('link', { name: tab, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: tab }).waitFor();
  }
}

/** What a reader of the paper sees of an element; hidden ones say nothing. */
const readTexts = (selector: string): string =>
  `[...document.querySelectorAll('${selector}')].filter((one) => one.checkVisibility()).map((one) => one.innerText.trim())`;

/** Of the tiles, of the list of metrics, and of the sum of what is open. */
const numbers = '.metric, .metrics-value, .sums dd';

describe('On paper', () => {
  it.each([
    ['the overview', null, 5],
    ['Changes & reviews', 'Changes & reviews', 10],
    ['Work in progress', 'Work in progress', 5],
  ])('%s is one A4 page with all its numbers', async (_name, tab, tiles) => {
    await visit(browser, { viewport: { width: 1200, height: 900 } }, async ({ page }) => {
      await open(page, tab);
      const shown = await page.evaluate<string[]>(readTexts(numbers));
      expect(shown.length).toBeGreaterThanOrEqual(tiles);
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      expect(countPages(pdf)).toBe(1);
      // A4 in points.
      expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/u);
      await page.emulateMedia({ media: 'print' });
      // As wide as A4 without its margins: nothing is cut off at the right.
      await page.setViewportSize({ width: 718, height: 1045 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(718);
      expect(await page.evaluate<string[]>(readTexts(numbers))).toStrictEqual(shown);
      expect(await page.evaluate<string[]>(readTexts('button.button, .filter, canvas'))).toStrictEqual([]);
      const rows = await page.evaluate<string[]>(readTexts('table tbody tr'));
      expect(rows.length).toBeGreaterThan(1);
    });
  });
});
