import type { Browser, Frame, Page, Route } from 'playwright-core';
import type { RunningProduct } from '../support/product/start-product';
import { waitUntil } from '../support/product/wait-until';
import { showSmallWorld, type ShownProduct } from '../support/visits/shown-product';
import { chooseView } from '../support/visits/usual-view';
import { findAppFrame, untilTrue, visit, type Visit } from '../support/visits/visit';
import { testClock } from '../support/test-clock';

let shown: ShownProduct;
let browser: Browser;
let product: RunningProduct;

beforeAll(async () => {
  shown = await showSmallWorld({ pullRequests: 12 });
  ({ browser, product } = shown);
});

afterAll(() => shown.close());

async function openInHost(page: Page, path = '/acme/workspace/apps/delivery'): Promise<Frame> {
  await chooseView(product, 'range=90');
  await page.goto(`${product.simulator.url}${path}`);
  const frame = await findAppFrame(page);
  await frame.locator('canvas').first().waitFor();
  return frame;
}

/** Chooses a range in the menu of periods. */
async function chooseRange(frame: Frame, name: string): Promise<void> {
  await frame.locator('[data-menu="period"] > summary').click();
  await frame.getByRole('button', { name, exact: true }).click();
}

/** The menu of periods says what is chosen. */
const showsRange = (frame: Frame, name: string) =>
  frame.locator('[data-menu="period"] > summary').filter({ hasText: name });
const query = (frame: Frame) => new URL(frame.url()).search;

/** More or less, in a chart of the overview. */
const axisWidth = 30;

/** A list with so many rows: the heading of an empty one ("No deployments in this range") is another. */
async function untilRows(frame: Frame, heading: string, count: number | undefined): Promise<void> {
  await frame.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
  await frame.locator('tbody').first().waitFor();
  expect(await frame.locator('tbody tr').count()).toBe(count);
}

/** Every link and form of the page: none may hold a token. */
const readAddresses = `[...document.querySelectorAll('[href], [action], [formaction], [src]')].flatMap((one) =>
  ['href', 'action', 'formaction', 'src'].map((name) => one.getAttribute(name) ?? ''))`;

describe('With JavaScript, inside the frame of the host', () => {
  it('filters are in the address; back, forward and reload show the same view; no address holds a token', async () => {
    await visit(browser, {}, async ({ page, trouble }) => {
      const frame = await openInHost(page);
      expect(query(frame)).toBe('?range=90');
      await chooseRange(frame, 'Last 30 days');
      await showsRange(frame, 'Last 30 days').waitFor();
      await frame.getByRole('combobox', { name: 'Interval' }).selectOption('day');
      await untilTrue(frame, `location.search === '?range=30&interval=day'`);
      await frame.getByRole('link', { name: 'All incidents' }).click();
      await frame.getByRole('heading', { name: 'Incidents', exact: true, level: 1 }).waitFor();

      await page.evaluate('history.back()');
      await showsRange(frame, 'Last 30 days').waitFor();
      expect(query(frame)).toBe('?range=30&interval=day');
      await page.evaluate('history.back()');
      await untilTrue(frame, `document.querySelector('select[name="interval"]').value === ''`);
      await page.evaluate('history.forward()');
      await untilTrue(frame, `document.querySelector('select[name="interval"]').value === 'day'`);
      await frame.evaluate(`window.isBefore = true; location.reload()`);
      await untilTrue(frame, `!window.isBefore && document.querySelector('select[name="interval"]')?.value === 'day'`);
      await frame.locator('canvas').first().waitFor();
      expect(await showsRange(frame, 'Last 30 days').count()).toBe(1);

      const addresses = await frame.evaluate<string[]>(readAddresses);
      expect(addresses.filter((one) => /jwt=|session=|eyJ/u.test(one))).toStrictEqual([]);
      const signed = trouble.asked.filter((one) => /jwt=|session=|eyJ/u.test(one));
      expect(signed).toHaveLength(1);
      // A reload comes without a session and is refused once, before the kept one is shown.
      expect(trouble.failed.every((one) => one.startsWith('401 '))).toBe(true);
    });
  });

  it('a tile leads to its rows, a row to its release, that to its time line, and to Bitbucket in the whole window', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await openInHost(page);
      await frame.getByRole('link', { name: /^\d+ deployments$/u }).click();
      await frame.getByRole('heading', { name: 'Deployments', exact: true, level: 1 }).waitFor();
      const href = (await frame.locator('tbody a[target="_top"]').first().getAttribute('href')) ?? '';
      expect(href).toMatch(new RegExp(`^${product.simulator.url}/acme/[a-z]+/pull-requests/\\d+$`, 'u'));
      await frame.locator('tbody .row-title a[data-link]').first().click();
      await frame.getByRole('heading', { name: 'Commits' }).waitFor();
      expect(new URL(frame.url()).pathname).toBe('/pages/release');
      expect(await frame.getByRole('link', { name: / in Bitbucket$/u }).getAttribute('href')).toBe(href);
      await frame.getByRole('link', { name: 'Time line' }).click();
      await frame.getByRole('heading', { name: 'Activity' }).waitFor();
      await frame.getByRole('link', { name: 'Open in Bitbucket' }).click();
      await page.waitForURL(href);
      await findAppFrame(page);
    });
    expect.hasAssertions();
  });

  it('a bucket leads to its rows by the table and by the drawing', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await openInHost(page);
      // The one of deployments, which stands beside that of lead times.
      const chart = frame.locator('.chart').nth(1);
      await chart.getByText('Show these numbers as a table').click();
      await chart.locator('tbody').waitFor();
      const counts = (await chart.locator('tbody tr td:nth-child(2)').allInnerTexts()).map(Number);
      // Which buckets are empty depends on the day: the newest one with rows is taken.
      const chosen = counts.findLastIndex((count) => count > 0);
      await chart.locator('tbody th a').nth(chosen).click();
      await untilRows(frame, 'Deployments', counts[chosen]);
      const byTable = query(frame);
      expect(byTable).toMatch(/^\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/u);
      await page.evaluate('history.back()');
      const canvas = frame.locator('canvas').nth(1);
      await canvas.scrollIntoViewIfNeeded();
      await frame.locator('figure[data-drawn]').nth(1).waitFor();
      const { width, height } = (await canvas.boundingBox()) ?? { width: 0, height: 0 };
      // The axis stands at the left, so the middle of a bucket is measured from the right.
      const x = width - (counts.length - chosen - 0.5) * ((width - axisWidth) / counts.length);
      await canvas.click({ position: { x, y: height / 2 } });
      await untilRows(frame, 'Deployments', counts[chosen]);
      expect(query(frame)).toBe(byTable);
    });
  });

  it('a repository of the table opens its page and leads back', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await openInHost(page);
      const table = frame.getByRole('region', { name: 'Repositories', exact: true });
      await table.getByRole('link', { name: 'The pay service' }).click();
      await frame.getByRole('heading', { name: 'The pay service' }).waitFor();
      expect(new URL(frame.url()).pathname).toBe('/pages/repository');
      // Whoever follows a way lands on the heading of its page.
      await untilTrue(frame, `document.activeElement.tagName === 'H1'`);
      await page.evaluate('history.back()');
      await frame.getByRole('heading', { name: 'Repositories', exact: true }).waitFor();
    });
  });

  it('from day to day, and from release to release, whoever follows a way lands on the heading', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await openInHost(page);
      await frame.getByRole('link', { name: /^\d+ deployments$/u }).click();
      await frame.getByRole('heading', { name: 'Deployments', exact: true, level: 1 }).waitFor();
      await frame.locator('tbody .row-title a[data-link]').first().click();
      await frame.getByRole('heading', { name: 'Commits' }).waitFor();
      const title = `document.querySelector('#page h1').textContent`;
      const ways = [/^Previous: /u, /^Next: /u].map((name) => frame.getByRole('link', { name }));
      const trail = frame.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link').last();
      const before = frame.getByRole('link', { name: /, the day with deployments before$/u });
      for (const way of [...ways, trail, before, before]) {
        const left = await frame.evaluate<string>(title);
        await way.click();
        await untilTrue(frame, `${title} !== ${JSON.stringify(left)}`);
        expect(await frame.evaluate('document.activeElement.tagName')).toBe('H1');
      }
      expect(new URL(frame.url()).pathname).toBe('/pages/day');
    });
  });

  it('a page whose session has ended does not go on asking for another', async () => {
    await visit(browser, {}, async ({ context, page, trouble }) => {
      await context.clock.install({ time: testClock.now() });
      const frame = await openInHost(page);
      await page.route('**/api/v1/session', (route) => route.fulfill({ status: 401 }));
      const asked = () => trouble.asked.filter((address) => address.endsWith('/api/v1/session')).length;
      const refused = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/session'));
      await context.clock.fastForward('10:01');
      await refused;
      await context.clock.runFor('05:00');
      await frame.locator('.tile').first().waitFor();
      expect(asked()).toBe(1);
    });
  });

  it('the session is renewed before it ends, and the new one opens what the old one did', async () => {
    await visit(browser, {}, async ({ context, page }) => {
      await context.clock.install({ time: testClock.now() });
      const frame = await openInHost(page);
      const read = (): Promise<string> => frame.evaluate<string>(`document.querySelector('[name=session]').content`);
      const old = await read();
      const renewal = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/session'));
      await context.clock.fastForward('10:01');
      expect((await renewal).status()).toBe(200);
      await untilTrue(frame, `document.querySelector('[name=session]').content !== '${old}'`);
      // Both in one look: the page may fetch itself anew meanwhile, which brings a session too.
      const both = `[document.querySelector('[name=session]').content, document.querySelector('input[name=session]').value]`;
      const [renewed, inForm] = await frame.evaluate<[string, string]>(both);
      expect(inForm).toBe(renewed);
      expect((await product.api('/systems', { session: renewed })).status).toBe(200);
    });
  });

  it('a page that is looked at asks whether it has changed, and is not sent again when it has not', async () => {
    await visit(browser, {}, async ({ context, page }) => {
      await context.clock.install({ time: testClock.now() });
      const frame = await openInHost(page);
      const statuses: number[] = [];
      // The first answer tells by what the page is known; a minute may end between two.
      for (let turn = 0; turn < 5 && !statuses.includes(304); turn += 1) {
        const answer = page.waitForResponse((one) => new URL(one.url()).pathname.endsWith('/pages/workspace'));
        await context.clock.fastForward('00:31');
        statuses.push((await answer).status());
        await untilTrue(frame, `document.querySelector('#page').getAttribute('aria-busy') === null`);
      }
      expect([statuses[0], statuses.at(-1)]).toEqual([200, 304]);
      expect(await frame.locator('.tile').count()).toBeGreaterThan(0);
      expect(await frame.locator('#unreachable').count()).toBe(0);
    });
  });

  it('a page that somebody has asked for is waited for, and not overtaken by that question', async () => {
    await visit(browser, {}, async ({ context, page, trouble }) => {
      await context.clock.install({ time: testClock.now() });
      const frame = await openInHost(page);
      const waiting: Route[] = [];
      await page.route('**/pages/incidents?*', (route) => void waiting.push(route));
      await frame.getByRole('link', { name: 'All incidents' }).click();
      const [route] = await waitUntil(async () => (waiting.length > 0 ? waiting : null), {
        withinMs: 5000,
        what: 'the question for incidents',
      });
      const asked = trouble.asked.length;
      await context.clock.fastForward('00:31');
      await route?.continue();
      await frame.getByRole('heading', { name: 'Incidents', exact: true, level: 1 }).waitFor();
      expect(trouble.asked.slice(asked).filter((address) => address.includes('/pages/workspace'))).toStrictEqual([]);
      expect(await frame.locator('#page').getAttribute('aria-busy')).toBeNull();
    });
  });

  it('the session is renewed when its tab is looked at again, and the page has the time of the server', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await openInHost(page);
      const renewal = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/session'));
      await frame.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
      expect((await renewal).status()).toBe(200);

      const times = await frame.evaluate<number[]>(
        '[Date.now(), +new Date(), Date.parse(Date()), +new Date(86400000)]',
      );
      const ahead = times.slice(0, 3).map((time) => Math.abs(time - testClock.now()));
      expect(Math.max(...ahead)).toBeLessThan(10_000);
      expect(times[3]).toBe(86_400_000);
    });
  });
});

const places = [
  '/pages/workspace',
  '/pages/deployments',
  '/pages/incidents',
  '/pages/repository?repository=REPOSITORY',
] as const;

const wrongQueries = [
  ['from=yesterday', 'from', 'yesterday'],
  ['from=2026-02-30', 'from', '2026-02-30'],
  ['from=2026-03-02&to=2026-03-01', 'from', '2026-03-02'],
  ['to=9999-99-99', 'to', '9999-99-99'],
  ['interval=year', 'interval', 'year'],
  ['interval=week&interval=day', 'interval', 'week, day'],
  ['range=91', 'range', '91'],
  ['range=-1', 'range', '-1'],
  ['team=nobody', 'team', 'nobody'],
  ['team=%3Cscript%3Ealert(1)%3C%2Fscript%3E', 'team', '<script>alert(1)</script>'],
  ['team=%00', 'team', '\u0000'],
  [`team=${'x'.repeat(5000)}`, 'team', 'xxxx'],
] as const;

let session: string | null = null;

async function getPage(address: string): Promise<{ status: number; text: string }> {
  session ??= await product.openPage();
  const response = await fetch(`${product.app.url}${address}`, { headers: { authorization: `Bearer ${session}` } });
  return { status: response.status, text: await response.text() };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

describe('A wrong value of the address', () => {
  it.each(wrongQueries)('is named on the page with 400: %#', async (wrong, name, value) => {
    const repository = encodeURIComponent(
      [...product.simulator.room.findWorkspace(undefined).repositories.keys()][0] ?? '',
    );
    for (const place of places) {
      const page = place.replace('REPOSITORY', repository);
      const { status, text } = await getPage(`${page}${page.includes('?') ? '&' : '?'}${wrong}`);
      expect({ place, status }).toStrictEqual({ place, status: 400 });
      expect(text).toContain(`${name} &quot;${value === '\u0000' ? '' : escaped(value)}`);
    }
  });

  it.each(['cursor=nonsense', 'sort=nonsense', 'sort=-', 'theme=purple', 'unknown=1', 'format=pdf', 'table=x'])(
    'that is no filter never ends in a mistake of ours: %s',
    async (wrong) => {
      for (const place of places.slice(0, 3)) {
        const { status } = await getPage(`${place}?${wrong}`);
        expect([200, 400]).toContain(status);
      }
    },
  );

  it('of a repository that is not there is a page that says so', async () => {
    const { status, text } = await getPage('/pages/repository?repository=%7B00000000-0000-4000-8000-000000000000%7D');
    expect(status).toBe(404);
    expect(text).toContain('There is nothing here');
  });

  it('leads back to the page with its usual filters', async () => {
    await visit(browser, {}, async ({ page }) => {
      const frame = await openInHost(page);
      // What this viewer saw last, else the default view.
      const usual = query(frame);
      await frame.evaluate(`history.replaceState({}, '', '/pages/workspace?team=nobody'); location.reload()`);
      await frame.getByText('team "nobody"').waitFor();
      await frame.getByRole('link', { name: 'Show the page with its usual filters' }).click();
      await frame.locator('.tile').first().waitFor();
      expect(query(frame)).toBe(usual);
    });
  });
});

describe('After an uninstall', () => {
  const endedText = 'Nothing is lost.';

  async function openThenUninstall(work: (frame: Frame, visit: Visit) => Promise<void>): Promise<void> {
    await visit(browser, {}, async (visited) => {
      const frame = await openInHost(visited.page);
      expect((await product.simulator.uninstall()).status).toBe(204);
      try {
        await work(frame, visited);
      } finally {
        await product.install();
      }
    });
  }

  it('an open page says at the next click that its session has ended', async () => {
    await openThenUninstall(async (frame) => {
      await chooseRange(frame, 'Last 30 days');
      await frame.getByText(endedText).waitFor();
      expect(await frame.locator('.tile').count()).toBe(0);
    });
    expect.hasAssertions();
  });

  it('a reload and the API are refused as well', async () => {
    await openThenUninstall(async (frame) => {
      const ended = await frame.evaluate<string>(`document.querySelector('[name=session]').content`);
      expect((await product.api('/systems', { session: ended })).status).toBe(401);
      await frame.evaluate('location.reload()');
      await frame.getByText(endedText).waitFor();
    });
    expect.hasAssertions();
  });
});
