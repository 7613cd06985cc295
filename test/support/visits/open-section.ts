import type { Page } from 'playwright-core';

/** From one section of the settings to another by the list beside it, or by the menu on a narrow page. */
export async function openSection(page: Page, name: string): Promise<void> {
  // The shown section may be chosen again: only another heading tells that the answer is there.
  await page.evaluate(`document.querySelector('.settings > h2').dataset.left = ''`);
  const menu = page.locator('.sections-menu > summary');
  if (await menu.isVisible()) await menu.click();
  await page.locator('.section-link:visible').getByText(name, { exact: true }).click();
  await page.locator('.settings > h2:not([data-left])').getByText(name, { exact: true }).waitFor();
}
