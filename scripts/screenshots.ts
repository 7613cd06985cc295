import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../src/machine/clock';
import { startDemo } from '../simulator/demo';
import type { DemoProduct } from '../simulator/demo-product';
import { ImportWatch, isOver } from '../simulator/demo-progress';
import { createSampleWorld } from '../simulator/world/growth/sample-world';
import { launchBrowser } from '../test/support/browser';
import { takeOwnWindow } from './own-window-screenshots';

/**
 * Writes the pictures of every page into docs/screenshots: light and dark, 400 and 1,200 pixels wide, on the sample
 * workspace, the whole page inside the simulated Bitbucket for the README, and the way into a window of our own.
 */
const folder = path.resolve(__dirname, '../docs/screenshots');
const widths = [400, 1200];
const themes = ['light', 'dark'] as const;
const repository = 'checkout-api';
const panels = ['repository-panel', 'pull-request-panel'] as const;
const panelWidth = 400;

type Theme = (typeof themes)[number];

interface Picture {
  readonly name: string;
  readonly url: string;
  readonly theme: Theme;
  readonly width: number;
  /** Links to follow from there, by their names. */
  readonly path?: readonly string[];
}

async function take(browser: Browser, picture: Picture): Promise<void> {
  const { name, url, theme, width, path: links = [] } = picture;
  const context = await browser.newContext({
    viewport: { width, height: 700 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  for (const link of links) await follow(page, link);
  const height = await page.evaluate('Math.ceil(document.documentElement.scrollHeight)');
  await page.setViewportSize({ width, height: Math.min(8000, Math.max(200, Number(height))) });
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
  await context.close();
}

/** `first row`: the first one of the table. */
async function follow(page: Page, link: string): Promise<void> {
  const place = page.locator('#page');
  const found = link === 'first row' ? place.locator('tbody a:visible') : place.getByRole('link', { name: link });
  const before = page.url();
  await found.first().click();
  await page.waitForURL((url) => url.href !== before);
  await page.waitForLoadState('networkidle');
}

function listPictures({ simulator }: DemoProduct): Picture[] {
  const each = (name: string, sizes: readonly number[], toUrl: () => string): Picture[] =>
    themes.flatMap((theme) => sizes.map((width) => ({ name, theme, width, url: toUrl() })));
  const behind = (name: string, links: readonly string[]): Picture[] =>
    each(name, widths, () => simulator.pageUrl('workspace')).map((picture) => ({ ...picture, path: links }));
  return [
    ...each('workspace', widths, () => simulator.pageUrl('workspace')),
    ...behind('reviews', ['Changes & Reviews']),
    ...behind('work-in-progress', ['Work in Progress']),
    ...behind('pull-request', ['Pull requests', 'first row']),
    ...behind('getting-started', ['Getting started']),
    ...each('repository', widths, () => simulator.pageUrl('repository', { repository })),
    ...each('settings', widths, () => simulator.pageUrl('settings')),
    ...panels.flatMap((place) => each(place, [panelWidth, 1200], () => simulator.pageUrl(place, { repository }))),
  ];
}

/** The workspace page as its users see it, in Bitbucket's frame. */
async function takeFramed(browser: Browser, demo: DemoProduct, theme: Theme): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, colorScheme: theme });
  await page.goto(demo.simulator.url);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(800);
  await page.screenshot({ path: path.join(folder, `in-bitbucket-${theme}.png`) });
  await page.close();
}

async function waitForImport(demo: DemoProduct): Promise<void> {
  const watch = new ImportWatch(demo.simulator, demo.appUrl);
  for (;;) {
    const status = await watch.ask();
    if (status !== null && isOver(status)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function takeConnect(browser: Browser): Promise<void> {
  const demo = await startDemo(createSampleWorld(7, systemClock.now()), { port: 0, clock: systemClock });
  try {
    await waitForImport(demo);
    for (const picture of listPictures(demo)) await take(browser, picture);
    for (const theme of themes) await takeFramed(browser, demo, theme);
  } finally {
    await demo.close();
  }
}

/** `own-window` takes those of our own window alone. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    if (!process.argv.includes('own-window')) await takeConnect(browser);
    await takeOwnWindow(browser, folder);
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
