import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/support/browser';
import { askLast, toQuery } from './limit/question';
import { get, signPage } from './support/callers';
import { startMeasured } from './support/measured-product';
import { openReference } from './support/open-reference';
import { formatCount, formatMs, median, report } from './support/report';
import { atEnd, readOptions, runProgram } from './support/run-program';

/*
 * The overview of 90 days in Chromium, whose processor is slowed to a quarter: when numbers are painted and charts drawn
 * after the HTML has come, how many elements there are, and how much moves once it is painted.
 */

const goals = { painted: 150, charts: 500, elements: 1_500, moved: 0.02 };
const slowness = 4;
const turns = 5;

interface Seen {
  /** Milliseconds after the last byte of the HTML. */
  readonly painted: number;
  readonly charts: number;
  readonly elements: number;
  readonly moved: number;
}

/** Runs in the page before anything of it: when something was last drawn on a canvas, and what moved. */
const watch = `
  globalThis.seen = { drawn: 0, moved: 0 };
  for (const name of ['stroke', 'fill', 'fillRect', 'fillText']) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...all) {
      globalThis.seen.drawn = performance.now();
      return draw.apply(this, all);
    };
  }
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) globalThis.seen.moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

const look = `(() => {
  const [navigation] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return {
    painted: (paint?.startTime ?? Infinity) - navigation.responseEnd,
    charts: globalThis.seen.drawn - navigation.responseEnd,
    elements: document.querySelectorAll('*').length,
    moved: globalThis.seen.moved,
  };
})()`;

async function see(browser: Browser, url: string): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  await page.goto(url, { waitUntil: 'load' });
  // Charts come by and by: whatever is drawn within this time counts.
  await page.waitForTimeout(3_000);
  const seen = await page.evaluate<Seen>(look);
  await context.close();
  return seen;
}

async function seeOften(browser: Browser, toUrl: () => string): Promise<Seen> {
  const all: Seen[] = [];
  for (let turn = 0; turn < turns; turn += 1) all.push(await see(browser, toUrl()));
  const middle = (pick: (seen: Seen) => number): number => median(all.map(pick));
  return {
    painted: middle(({ painted }) => painted),
    charts: middle(({ charts }) => charts),
    elements: middle(({ elements }) => elements),
    moved: middle(({ moved }) => moved),
  };
}

/** What paints as soon as anything can. */
async function serveEmptyPage(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Empty</title><p>Nothing');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function measureBrowser(): Promise<void> {
  const options = readOptions(10_000);
  const data = await openReference(options);
  const product = await startMeasured({ environment: { ...data.environment, ROLE: 'web' } });
  const browser = await launchBrowser();
  atEnd(() => browser.close());
  const toUrl = (): string => signPage(product.url, `/pages/workspace?${toQuery(askLast(data.workspace, 90))}`, data);
  const { status } = await get(toUrl());
  if (status !== 200) throw new Error(`The overview answered ${status}.`);
  const emptyPage = await serveEmptyPage();
  const empty = await seeOften(browser, () => emptyPage);
  const seen = await seeOften(browser, toUrl);
  await product.stop();
  const toRow = (question: string, name: keyof Seen, format: (value: number) => string) => ({
    question,
    figures: { 'empty page': format(empty[name]), found: format(seen[name]), goal: format(goals[name]) },
    ...{ goal: 1, ratio: seen[name] / goals[name] },
  });
  report(`overview of 90 days in Chromium, ${slowness} × slowed, ${data.merges} merges`, [
    toRow('first paint after the HTML', 'painted', formatMs),
    toRow('last chart drawn after the HTML', 'charts', formatMs),
    toRow('elements', 'elements', formatCount),
    toRow('moved after it was painted', 'moved', (value) => value.toFixed(3)),
  ]);
}

runProgram(measureBrowser);
