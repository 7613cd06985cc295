import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { systemClock } from '../src/machine/clock';
import { startDemo } from '../simulator/demo';
import type { DemoProduct } from '../simulator/demo-product';
import { ImportWatch, isOver } from '../simulator/demo-progress';
import { createSampleWorld } from '../simulator/world/growth/sample-world';
import { launchBrowser } from '../test/support/browser';
import { takeOwnWindow } from './own-window-screenshots';

/**
 * Writes the pictures of docs/screenshots, a dozen and no more: the pages on the sample workspace, the workspace page
 * inside the simulated Bitbucket, and the way into a window of our own. Fails where one is larger than it may be.
 */
const folder = path.resolve(__dirname, '../docs/screenshots');
const themes = ['light', 'dark'] as const;
const largest = 200_000;
const most = 12;

type Theme = (typeof themes)[number];

interface Picture {
  readonly name: string;
  readonly theme: Theme;
  readonly width: number;
  /** The address of ours to show; without a path: the page as Bitbucket opens it. */
  readonly to: string;
}

/** The largest height of a picture: what is below stands on the page, not in a picture of it. */
const height = 1000;

async function take(browser: Browser, { simulator }: DemoProduct, { name, theme, width, to }: Picture): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: 700 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(simulator.pageUrl(to === 'settings' ? 'settings' : 'workspace'));
  await page.waitForLoadState('networkidle');
  if (to.startsWith('/')) {
    // As a link of the page would: its form carries the session.
    const before = page.url();
    await page.evaluate(
      `document.getElementById('go').action = ${JSON.stringify(to)}; document.getElementById('go').submit()`,
    );
    await page.waitForURL((url) => url.href !== before);
    await page.waitForLoadState('networkidle');
  }
  const whole = Number(await page.evaluate('Math.ceil(document.documentElement.scrollHeight)'));
  await page.setViewportSize({ width, height: Math.min(height, Math.max(200, whole)) });
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
  await context.close();
}

function listPictures(today: string): Picture[] {
  return [
    { name: 'overview', theme: 'light', width: 400, to: 'workspace' },
    { name: 'reviews', theme: 'light', width: 1280, to: '/pages/reviews' },
    { name: 'work-in-progress', theme: 'light', width: 1280, to: '/pages/work-in-progress' },
    { name: 'day', theme: 'light', width: 1280, to: `/pages/day?day=${today}` },
    { name: 'data-quality', theme: 'dark', width: 1280, to: '/pages/data-quality' },
    { name: 'settings', theme: 'dark', width: 1280, to: 'settings' },
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
  const now = systemClock.now();
  const demo = await startDemo(createSampleWorld(7, now), { port: 0, clock: systemClock });
  try {
    await waitForImport(demo);
    // A working day of which the sample workspace has deployments.
    const day = new Date(now - 4 * 86_400_000).toISOString().slice(0, 10);
    for (const picture of listPictures(day)) await take(browser, demo, picture);
    for (const theme of themes) await takeFramed(browser, demo, theme);
  } finally {
    await demo.close();
  }
}

function checkPictures(): void {
  const pictures = readdirSync(folder);
  const tooLarge = pictures.filter((name) => statSync(path.join(folder, name)).size > largest);
  if (pictures.length > most || tooLarge.length > 0) {
    throw new Error(`${pictures.length} pictures of at most ${most}; too large: ${tooLarge.join(', ') || 'none'}.`);
  }
}

async function main(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    await takeConnect(browser);
    await takeOwnWindow(browser, folder);
  } finally {
    await browser.close();
  }
  checkPictures();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
