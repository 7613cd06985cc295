import { readFile } from 'node:fs/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import type { RunningProduct } from '../support/product/start-product';
import { waitUntil } from '../support/product/wait-until';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { findAppFrame, untilTrue, visit } from '../support/visits/visit';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 12, hasOpenWork: true });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

const places = {
  'workspace tab': '/acme/workspace/apps/delivery',
  'repository page': '/acme/pay/apps/delivery',
  'repository panel': '/acme/pay',
  'pull request panel': '/acme/pay/pull-requests/3',
  settings: '/acme/workspace/settings/apps',
};

interface Measure {
  readonly content: number;
  readonly frame: number;
  readonly scrollHeight: number;
  readonly scrollWidth: number;
  readonly width: number;
}

const measureInside = `({
  content: Math.ceil(document.querySelector('.ac-content').getBoundingClientRect().height),
  frame: window.innerHeight,
  scrollHeight: document.documentElement.scrollHeight,
  scrollWidth: document.documentElement.scrollWidth,
  width: document.documentElement.clientWidth,
})`;

/** Waits until the host has taken over the height that the content has after everything is drawn. */
async function settle(frame: Frame): Promise<void> {
  await untilTrue(frame, `[...document.querySelectorAll('figure[data-chart]')].every((one) => !one.hidden)`);
  await untilTrue(
    frame,
    `Math.ceil(document.querySelector('.ac-content').getBoundingClientRect().height) === window.innerHeight`,
  );
}

/** The heights of the frame over the next ten pictures that the browser paints. */
function watchHeights(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(`new Promise((resolve) => {
    const heights = [];
    const look = () => {
      heights.push(document.querySelector('iframe').clientHeight);
      if (heights.length < 10) requestAnimationFrame(look); else resolve(heights);
    };
    look();
  })`);
}

async function open(page: Page, path: string): Promise<Frame> {
  await page.goto(`${product.simulator.url}${path}`);
  const frame = await findAppFrame(page);
  await settle(frame);
  return frame;
}

/** Neither an inner scrollbar nor a height that goes on growing, however wide the window is. */
async function expectFitting(page: Page, frame: Frame, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    // Browsers do not paint a frame of another site that nobody sees, nor tell it its size.
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await settle(frame);
    const heights = await watchHeights(page);
    const measure = await frame.evaluate<Measure>(measureInside);
    expect({ width, heights: [...new Set(heights)] }).toStrictEqual({ width, heights: [measure.content] });
    expect(measure).toMatchObject({ scrollHeight: measure.frame, scrollWidth: measure.width });
  }
}

async function goToTab(frame: Frame, tab: string): Promise<void> {
  await frame.getByRole('navigation').getByRole('link', { name: tab, exact: true }).click();
  await frame.locator('.tab[aria-current="page"]', { hasText: tab }).waitFor();
}

describe('In the frame of the host', () => {
  it.each(Object.entries(places))('the %s is as high as its content at every width', async (_name, path) => {
    await visit(browser, { viewport: { width: 1920, height: 800 } }, async ({ page }) => {
      const frame = await open(page, path);
      await expectFitting(page, frame, [1920, 1200, 1070, 768, 400, 320]);
    });
  });

  it.each(['Changes & reviews', 'Work in progress', 'Pull requests', 'Deployments', 'Incidents'])(
    '%s, gone to without a reload, is as high as its content at every width',
    async (tab) => {
      await visit(browser, { viewport: { width: 1920, height: 800 } }, async ({ page, trouble }) => {
        const frame = await open(page, places['workspace tab']);
        await goToTab(frame, tab);
        await expectFitting(page, frame, [1920, 1200, 768, 320]);
        expect(trouble).toMatchObject({ said: [], failed: [] });
      });
    },
  );

  it('the time line of a pull request is as high as its content at every width', async () => {
    await visit(browser, { viewport: { width: 1920, height: 800 } }, async ({ page, trouble }) => {
      const frame = await open(page, places['workspace tab']);
      await goToTab(frame, 'Work in progress');
      await frame.locator('table.table-rows tbody a[data-link]').first().click();
      await frame.getByRole('heading', { name: 'Activity' }).waitFor();
      await expectFitting(page, frame, [1920, 1200, 768, 320]);
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('grows and shrinks with what is opened and closed in it', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await open(page, places['workspace tab']);
      const before = await frame.evaluate<Measure>(measureInside);
      const table = frame.getByText('Show these numbers as a table').first();
      await table.click();
      await untilTrue(frame, `window.innerHeight > ${before.frame + 100}`);
      await table.click();
      await settle(frame);
      expect((await frame.evaluate<Measure>(measureInside)).frame).toBe(before.frame);
    });
  });

  it.each(Object.entries(places))(
    'the %s loads without a word on the console or a foreign request',
    async (_name, path) => {
      await visit(browser, {}, async ({ page, trouble }) => {
        await open(page, path);
        expect(trouble.said).toStrictEqual([]);
        expect(trouble.failed).toStrictEqual([]);
        const hosts = new Set(trouble.asked.map((address) => new URL(address).origin));
        expect([...hosts].sort()).toStrictEqual([product.simulator.url, product.app.url].sort());
      });
    },
  );

  it('offers tables for download', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      const frame = await open(page, places['workspace tab']);
      const button = frame.getByRole('button', { name: 'Download CSV' }).first();
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      expect(download.suggestedFilename()).toMatch(/^metrics-[\d-]+\.csv$/u);
      expect(await readFile(await download.path(), 'utf8')).toMatch(/^metric,part,start,end,/u);
      expect(trouble.said).toStrictEqual([]);
      // A browser with a window refuses downloads from a sandbox that does not say so; this one lets them pass.
      expect(await page.locator('iframe').getAttribute('sandbox')).toContain('allow-downloads');
    });
  });
});

describe('The headers of a page', () => {
  const policy = (bitbucket: string): string[] => [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'self'",
    `frame-ancestors ${bitbucket}`,
    "img-src 'self' data:",
    `script-src 'self' ${bitbucket}/atlassian-connect/all.js`,
    "style-src 'self'",
  ];

  it.each(['workspace', 'repository', 'repository-panel', 'pull-request-panel', 'settings'] as const)(
    'let only Bitbucket frame it and set no cookie: %s',
    async (place) => {
      const response = await fetch(product.simulator.pageUrl(place));
      expect(response.status).toBe(200);
      const found = (response.headers.get('content-security-policy') ?? '').split(';').sort();
      expect(found).toStrictEqual(policy(product.simulator.url));
      expect(response.headers.get('x-frame-options')).toBeNull();
      expect(response.headers.getSetCookie()).toStrictEqual([]);
    },
  );

  it("let one script of Bitbucket's run, and no other from there", async () => {
    const load = (path: string) => `new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.blockedURI), { once: true });
      const script = Object.assign(document.createElement('script'), { src: ${JSON.stringify(product.simulator.url)} + '${path}' });
      script.addEventListener('load', () => resolve('ran'));
      document.head.append(script);
    })`;
    await visit(browser, {}, async ({ page }) => {
      const frame = await open(page, places['workspace tab']);
      await untilTrue(frame, `typeof window.AP === 'object'`);
      expect(await frame.evaluate(load('/atlassian-connect/all.js'))).toBe('ran');
      for (const path of ['/atlassian-connect/all-debug.js', '/host/host.js', '/atlassian-connect/all.js/x']) {
        expect(await frame.evaluate(load(path))).toBe(`${product.simulator.url}${path}`);
      }
    });
  });

  it('keep another site from framing it', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      // The same machine under another name: another origin, which is not Bitbucket's.
      await page.goto(product.simulator.url.replace('127.0.0.1', 'localhost'));
      await waitUntil(async () => trouble.said[0] ?? null, { withinMs: 5000, what: 'a refusal' });
      expect(trouble.said.join()).toMatch(/frame-ancestors/u);
      const shown = await Promise.all(page.frames().map((frame) => frame.locator('#page').count()));
      expect(shown).toStrictEqual(shown.map(() => 0));
    });
  });
});

describe('Light and dark', () => {
  const readColour = `getComputedStyle(document.body).backgroundColor`;
  const readLine = `getComputedStyle(document.documentElement).getPropertyValue('--chart-1').trim()`;

  /** The first colour of charts in light, and in dark: where the host says so, and where the system does. */
  const readTokens = async () => {
    const css = await readFile('public/css/tokens.css', 'utf8');
    const [light, ...dark] = [...css.matchAll(/--chart-1: (#[\dA-F]{6});/gu)].map(([, colour]) => colour);
    expect([light, ...new Set(dark)]).toStrictEqual(['#1558BC', '#70A3F2']);
    return { light, dark: dark[0] };
  };

  const drawn = `[...document.querySelectorAll('[data-drawn] canvas')].slice(0, 1).map((one) => one.toDataURL())`;

  it('follow the switch of the host without a reload, charts included', async () => {
    const tokens = await readTokens();
    await visit(browser, { colorScheme: 'light' }, async ({ page, trouble }) => {
      const frame = await open(page, places['workspace tab']);
      await frame.locator('canvas').first().scrollIntoViewIfNeeded();
      await frame.locator('[data-drawn]').first().waitFor();
      const light = [await frame.evaluate<string>(readColour), await frame.evaluate<string>(readLine)];
      await frame.evaluate(`window.isSamePage = true`);
      await frame.evaluate(`window.drawnLight = ${drawn}`);
      const asked = trouble.asked.length;
      // By the keyboard: the host scrolls to the chart of a frame in another process a moment later, and a click that
      // was aimed before would land in the frame.
      await page.getByRole('button', { name: 'Dark theme' }).press('Enter');
      await untilTrue(frame, `${readColour} !== '${light[0] ?? ''}'`);
      await untilTrue(frame, `(${drawn})[0] !== window.drawnLight[0]`);
      const dark = [await frame.evaluate<string>(readColour), await frame.evaluate<string>(readLine)];
      expect(light).toStrictEqual(['rgb(255, 255, 255)', tokens.light]);
      expect(dark[1]).toBe(tokens.dark);
      await page.getByRole('button', { name: 'Light theme' }).press('Enter');
      await untilTrue(frame, `${readColour} === '${light[0] ?? ''}'`);
      expect(await frame.evaluate(`window.isSamePage`)).toBe(true);
      expect(trouble.asked).toHaveLength(asked);
    });
  });

  it('follow the system where the host says nothing, also while the page is open', async () => {
    const tokens = await readTokens();
    await visit(browser, { colorScheme: 'dark' }, async ({ page }) => {
      await page.goto(product.simulator.pageUrl('workspace'));
      await page.locator('canvas').first().waitFor();
      expect(await page.evaluate(readLine)).toBe(tokens.dark);
      await page.emulateMedia({ colorScheme: 'light' });
      await untilTrue(page, `${readLine} === '${tokens.light ?? ''}'`);
    });
  });
});
