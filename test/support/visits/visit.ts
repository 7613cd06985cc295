import type { Browser, BrowserContext, BrowserContextOptions, Frame, Locator, Page, Request } from 'playwright-core';
import { systemClock } from '../../../src/machine/clock';
import type { Clock } from '../../../src/domain/clock';
import { waitUntil } from '../product/wait-until';
import { testClock } from '../test-clock';

const longestWaitMs = 20_000;

/** What a browser has met on its way and should not have. */
export interface Trouble {
  /** Errors and warnings of the console, refusals of the content security policy among them, and thrown errors. */
  readonly said: string[];
  /** Answers from 400 on, and requests without an answer. */
  readonly failed: string[];
  /** Every address asked for. */
  readonly asked: string[];
}

/** Somebody in front of a browser, with a context of their own. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly trouble: Trouble;
}

/** Gives the work a fresh context with the time of the test clock and closes it afterwards, whatever happens. */
export async function visit<T>(
  browser: Browser,
  options: BrowserContextOptions,
  work: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  // Nothing here takes long on an idle machine; where something never comes, the test says so before its own time ends.
  context.setDefaultTimeout(longestWaitMs);
  await tellTime(context, testClock);
  const trouble: Trouble = { said: [], failed: [], asked: [] };
  watch(context, trouble);
  try {
    return await work({ context, page: await context.newPage(), trouble });
  } finally {
    await context.close();
  }
}

/**
 * Pages see the time of a clock and keep their own timers. Playwright's clock would take those over as well, and slow
 * every page down; a test that turns the time forward installs it on top, at `testClock.now()`.
 */
export async function tellTime(context: BrowserContext, clock: Clock): Promise<void> {
  const ahead = clock.now() - systemClock.now();
  await context.addInitScript({
    content: `{
      const machine = Date;
      const now = () => machine.now() + ${ahead};
      globalThis.Date = new Proxy(machine, {
        apply: () => new machine(now()).toString(),
        construct: (_, given, made) => Reflect.construct(machine, given.length === 0 ? [now()] : given, made),
        get: (_, name) => (name === 'now' ? now : Reflect.get(machine, name)),
      });
    }`,
  });
}

function watch(context: BrowserContext, trouble: Trouble): void {
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.said.push(message.text());
  });
  context.on('weberror', (error) => trouble.said.push(error.error().message));
  context.on('request', (request) => trouble.asked.push(request.url()));
  context.on('response', (response) => {
    if (response.status() >= 400) trouble.failed.push(`${response.status()} ${response.url()}`);
  });
  context.on('requestfailed', (request: Request) => {
    // A download, and a request that a newer one has overtaken, end so as well.
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') trouble.failed.push(`${reason} ${request.url()}`);
  });
}

/** The app's frame in a page of the host, its content shown. */
export async function findAppFrame(page: Page): Promise<Frame> {
  await page.locator('iframe').waitFor();
  const frame = page.frames().find((one) => one.parentFrame() !== null);
  if (frame === undefined) throw new Error('There is no frame.');
  await frame.locator('#page').waitFor();
  return frame;
}

/**
 * Waits for what tells that the next page is there, and then for the rest of it: without scripts a page is shown while
 * it still arrives.
 */
export async function untilArrived(page: Page, sign: Locator): Promise<void> {
  await sign.waitFor();
  await page.waitForLoadState();
}

/**
 * Asks the page until an expression holds there. Playwright's own way would do so inside the page with `eval`, which
 * our pages forbid.
 */
export async function untilTrue(place: Frame | Page, expression: string): Promise<void> {
  // While a page goes to the next one there is nobody to ask.
  const ask = () => place.evaluate<boolean>(`Boolean(${expression})`).catch(() => false);
  await waitUntil(async () => ((await ask()) ? true : null), { withinMs: longestWaitMs, what: expression });
}
