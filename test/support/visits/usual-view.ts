import type { Page } from 'playwright-core';
import type { RunningProduct } from '../product/start-product';

/**
 * Without a choice in its address a page shows what its viewer saw last, which may be what another test chose; a signed
 * address holds no choice. From now on it is this one.
 */
export async function chooseView(product: RunningProduct, query: string): Promise<void> {
  const { status } = await product.api('/views/last', { method: 'PUT', body: { query } });
  if (status !== 200) throw new Error(`The view is refused: ${status}`);
}

/** Opens the first page with the days and the interval that the API answers for by itself. */
export async function openUsualView(page: Page, product: RunningProduct): Promise<void> {
  await chooseView(product, 'range=90&interval=week');
  await page.goto(product.simulator.pageUrl('workspace'));
}
