import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { layOpen } from './lay-open';
import { untilTrue } from './visit';

/** Whose colours the page has now. */
const isDark = `getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'`;

/** What axe finds wrong with the page as it is, folded parts open. */
export async function findViolations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.evaluate(layOpen);
  // Our pages hold no frames: what is found needs no second page to be put together in.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules.length > 0) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
}

/**
 * What axe finds in light colours, and after the system has turned dark, without a reload; of the dark page only what
 * depends on colours: nothing else can differ.
 */
export async function findViolationsInBothColours(page: Page): Promise<{ light: string[]; dark: string[] }> {
  const light = await findViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await untilTrue(page, isDark);
  const dark = await findViolations(page, ['color-contrast', 'link-in-text-block']);
  await page.emulateMedia({ colorScheme: 'light' });
  await untilTrue(page, `!(${isDark})`);
  return { light, dark };
}
