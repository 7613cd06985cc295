import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { layOpen } from './lay-open';
import { untilTrue } from './visit';

/** Read as text: it runs in pages alone. */
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Whose colours the page has now. */
const isDark = `getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'`;

export interface AxeQuestion {
  /** Default: all. */
  readonly rules?: readonly string[];
  /** Selectors of what is not looked at. */
  readonly exclude?: readonly string[];
}

/**
 * What axe finds wrong with the page as it is. Only that comes back: to describe and send the thousands of things that
 * are right takes longer than to find them.
 */
export async function askAxe(page: Page, { rules = [], exclude = [] }: AxeQuestion = {}): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`typeof axe === 'object'`))) await page.evaluate(axeSource);
  const runOnly = rules.length === 0 ? {} : { runOnly: { type: 'rule', values: rules } };
  const context = { include: [['html']], exclude: exclude.map((selector) => [selector]) };
  // Our pages hold no frames.
  const options = { resultTypes: ['violations'], iframes: false, ...runOnly };
  const found = await page.evaluate<Violation[]>(
    `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, parts: nodes.map(({ html }) => html.slice(0, 200)) })))`,
  );
  return found.map(({ id, parts }) => `${id}: ${parts.join(' ')}`);
}

interface Violation {
  readonly id: string;
  readonly parts: readonly string[];
}

/** What axe finds wrong with the page, folded parts open. */
export async function findViolations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.evaluate(layOpen);
  return askAxe(page, { rules });
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
