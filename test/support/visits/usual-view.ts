import type { Page } from 'playwright-core';
import type { RunningProduct } from '../product/start-product';

/**
 * Opens the first page with the days that the API answers for by itself. Without a choice in its address a page shows
 * what its viewer saw last, which may be what another test chose; a signed address holds no choice.
 */
export async function openUsualView(page: Page, product: RunningProduct): Promise<void> {
  const body = { query: 'range=90&interval=week' };
  const { status } = await product.api('/views/last', { method: 'PUT', body });
  if (status !== 200) throw new Error(`The usual view is refused: ${status}`);
  await page.goto(product.simulator.pageUrl('workspace'));
}
