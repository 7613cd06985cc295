import type { Browser, Frame, Page } from 'playwright-core';
import type { RunningProduct } from '../support/product/start-product';
import { waitUntil } from '../support/product/wait-until';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { chooseView } from '../support/visits/usual-view';
import { findAppFrame, untilTrue, visit } from '../support/visits/visit';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 8 });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

async function open(page: Page): Promise<Frame> {
  await page.goto(`${product.simulator.url}/acme/workspace/apps/delivery`);
  const frame = await findAppFrame(page);
  await menu(frame, 'views').waitFor();
  return frame;
}

const menu = (frame: Frame, name: string) => frame.locator(`[data-menu="${name}"] > summary`);
const untilQuery = (frame: Frame, form: RegExp) => untilTrue(frame, `${String(form)}.test(location.search)`);
const focused = (frame: Frame) => frame.evaluate<string>(`document.activeElement.closest('[data-menu]')?.dataset.menu`);

/** Which last views the server has kept, in the order of its answers. */
function watchKept(page: Page): (string | undefined)[] {
  const kept: (string | undefined)[] = [];
  page.on('response', (answer) => {
    if (!answer.url().endsWith('/api/v1/views/last') || answer.status() !== 200) return;
    kept.push((answer.request().postDataJSON() as { query?: string }).query);
  });
  return kept;
}

describe('A view', () => {
  it('acts when it is chosen, by keyboard, keeps the focus, and is there again when the host page is loaded again', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      const kept = watchKept(page);
      const frame = await open(page);
      await menu(frame, 'period').press('Enter');
      await frame.getByRole('button', { name: /^Last month/u }).press('Enter');
      await untilQuery(frame, /range=last-month/u);
      expect(await focused(frame)).toBe('period');
      await menu(frame, 'system').press('Enter');
      await frame.getByRole('checkbox', { name: 'The pay service' }).press('Space');
      await untilQuery(frame, /range=last-month.*system=/u);
      expect(await focused(frame)).toBe('system');
      await frame.getByRole('checkbox', { name: 'The shop service' }).press('Space');
      await untilQuery(frame, /system=.*system=/u);
      await frame.getByRole('checkbox', { name: 'The shop service' }).press('Escape');
      expect(await frame.locator('details[data-menu][open]').count()).toBe(0);
      const address = new URL(frame.url()).search;
      await waitUntil(async () => (kept.at(-1) === address.slice(1) ? true : null), {
        withinMs: 20_000,
        what: address,
      });

      await page.reload();
      const again = await findAppFrame(page);
      await untilTrue(again, `location.search === ${JSON.stringify(address)}`);
      expect(trouble.said).toStrictEqual([]);
    });
    // In another tab nothing but the server knows of it.
    await visit(browser, {}, async ({ page }) => {
      await untilQuery(await open(page), /range=last-month.*system=.*system=/u);
    });
  });

  it('is saved under a name, opened by it, deleted, and its link leads to our own window', async () => {
    const { items } = await product.get<{ items: { uuid: string }[] }>('/systems');
    await chooseView(product, `range=last-month&system=${encodeURIComponent(items[0]?.uuid ?? '')}`);
    await visit(browser, {}, async ({ page, trouble }) => {
      const frame = await open(page);
      await menu(frame, 'views').click();
      await frame.getByRole('textbox', { name: 'Save this view' }).fill('One service');
      await frame.getByRole('button', { name: 'Save', exact: true }).click();
      await menu(frame, 'views').filter({ hasText: 'One service' }).waitFor();
      await menu(frame, 'views').click();
      await frame.getByRole('link', { name: /^Default view/u }).click();
      await untilQuery(frame, /range=90&interval=week$/u);
      await menu(frame, 'views').click();
      await frame.getByRole('link', { name: /^One service/u }).click();
      await menu(frame, 'views').filter({ hasText: 'One service' }).waitFor();
      await menu(frame, 'link').click();
      const address = await frame.getByRole('textbox', { name: 'This view' }).inputValue();
      expect(address).toMatch(/\/pages\/workspace\?workspace=.*range=last-month.*system=/u);
      await menu(frame, 'views').click();
      await frame.getByRole('link', { name: 'Manage saved views' }).click();
      await frame.getByRole('button', { name: /^Delete/u }).click();
      await frame.getByText('View deleted').waitFor();
      expect(trouble.said).toStrictEqual([]);
    });
  });
});
