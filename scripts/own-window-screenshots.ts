import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startTokenDemo, type TokenDemo } from '../simulator/demo-token-door';
import { createSampleWorld } from '../simulator/world/growth/sample-world';
import { systemClock } from '../src/machine/clock';

const viewport = { width: 1360, height: 900 };

interface Picture {
  readonly name: string;
  readonly themes: readonly ('light' | 'dark')[];
  readonly show: (page: Page) => Promise<unknown>;
}

/** Writes the pictures of our own window: an empty installation, the way in, and the first page of whoever came in. */
export async function takeOwnWindow(browser: Browser, folder: string): Promise<void> {
  const demo = await startTokenDemo(createSampleWorld(7, systemClock.now()), { port: 0, clock: systemClock });
  const takeAll = async (pictures: readonly Picture[]): Promise<void> => {
    for (const picture of pictures) await takeThemes(browser, folder, picture);
  };
  try {
    await takeAll([{ name: 'first-page', themes: ['light'], show: (page) => page.goto(demo.appUrl) }]);
    const audience = { say: () => undefined, isWatching: true, isAtTerminal: false };
    await demo.connect(audience, new AbortController().signal);
    await takeAll([
      { name: 'sign-in', themes: ['light'], show: (page) => page.goto(demo.appUrl) },
      { name: 'own-window', themes: ['light', 'dark'], show: (page) => signIn(page, demo) },
    ]);
  } finally {
    await demo.close();
  }
}

async function signIn(page: Page, { appUrl, guests }: TokenDemo): Promise<void> {
  const [, guest] = guests;
  await page.goto(appUrl);
  await page.getByRole('link', { name: 'Continue with Bitbucket' }).click();
  await page.getByRole('link', { name: guest?.name ?? '' }).click();
  await page.getByRole('heading', { name: 'Delivery performance' }).waitFor();
}

async function takeThemes(browser: Browser, folder: string, { name, themes, show }: Picture): Promise<void> {
  for (const colorScheme of themes) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await show(page);
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(800);
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
    await context.close();
  }
}
