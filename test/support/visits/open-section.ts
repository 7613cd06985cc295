import type { Page } from 'playwright-core';

/** From one section of the settings to another by the list beside it, or by the menu on a narrow page. */
export async function openSection(page: Page, name: string): Promise<void> {
  const menu = page.locator('.sections-menu > summary');
  if (await menu.isVisible()) await menu.click();
  await page.locator('.section-link:visible').getByText(name, { exact: true }).click();
  await page.locator('.settings > h2').getByText(name, { exact: true }).waitFor();
}
