import type { Browser, Page } from 'playwright-core';
import type { AccelerateReport } from '../../reporting/accelerate-report';
import type { WorkInProgressReport } from '../../reporting/reviews/pull-request-items';
import { reviewMetricKeys, type ReviewFigures, type ReviewsReport } from '../../reporting/reviews/reviews-report';
import { createChance, type Chance } from '../../simulator/world/random';
import { launchBrowser } from '../../testing/browser';
import { startHouse, type House } from '../../testing/house/house';
import { createSmallWorld } from '../../testing/visits/small-world';
import { toDuration } from '../pages/words/durations';
import { toPercent, toRate, toShortNumber } from '../pages/words/numbers';

/** What a page shows: the values of its tiles, and the cells behind each chart but the first of each row. */
interface Shown {
  readonly tiles: readonly string[];
  readonly tables: readonly (readonly (readonly string[])[])[];
}

const rounds = 200;
const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
const day = 86_400_000;

let browser: Browser;
let page: Page;
let house: House;
let session: string;

beforeAll(async () => {
  [browser, house] = await Promise.all([launchBrowser(), startHouse({ world: createSmallWorld(Date.now(), 25) })]);
  page = await browser.newPage();
  await house.install();
  await house.untilImported();
  await house.untilQuiet();
  session = await house.openPage('settings');
});

afterAll(async () => {
  await browser.close();
  await house.close();
});

/** Filters of all kinds: any part of the last four months, any interval, none to two repositories and teams. */
function drawQuery(chance: Chance, today: number): string {
  const from = today - chance.between(0, 120) * day;
  const days = chance.between(0, 60);
  const to = Math.min(today, from + days * day);
  const [start, end] = [from, to].map((at) => new Date(at).toISOString().slice(0, 10));
  const query = new URLSearchParams({ from: start ?? '', to: end ?? '' });
  query.set('interval', chance.pick(days > 14 ? ['week', 'month'] : ['day', 'week', 'month']));
  for (const slug of new Set(chance.happens(0.5) ? [] : [chance.pick(slugs), chance.pick(slugs)]))
    query.append('system', slug);
  if (chance.happens(0.3)) query.append('team', 'developers');
  return query.toString();
}

const slugs = ['shop', 'pay', 'find', 'quiet'];

async function readText(path: string): Promise<string> {
  const answer = await fetch(`${house.app.url}${path}`, { headers: { authorization: `Bearer ${session}` } });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer.text();
}

/** Reads the document that the server wrote; no script of it runs. */
async function readPage(path: string): Promise<Shown> {
  return page.evaluate<Shown>(`(() => {
    const page = new DOMParser().parseFromString(${JSON.stringify(await readText(path))}, 'text/html');
    const text = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
    const all = (root, query) => [...root.querySelectorAll(query)];
    return {
      tiles: all(page, '.tile .tile-value').map(text),
      tables: all(page, '.chart table').map((table) =>
        all(table, 'tbody tr').map((row) => all(row, 'td').map(text))),
    };
  })()`);
}

const orUnknown = (value: number | null, toText: (value: number) => string): string =>
  value === null ? '—' : toText(value);

/** With nothing to show, a page says why in place of the numbers. */
const nothing: Shown = { tiles: [], tables: [] };

function expectOverview(shown: Shown, report: AccelerateReport): void {
  if (report.deployment_frequency.deployments === 0) {
    expect(shown).toEqual(nothing);
    return;
  }
  const { deployment_frequency: frequency, lead_time_for_changes: leadTime, time_to_recover: recovery } = report;
  const rate = toRate(frequency.value);
  expect(shown.tiles).toEqual([
    `${rate.value} ${rate.unit}`,
    orUnknown(leadTime.value, toDuration),
    orUnknown(report.change_failure_rate.value, toPercent),
    orUnknown(recovery.value, toDuration),
    orUnknown(report.rework_rate.value, toPercent),
  ]);
  const [counts, leadTimes] = shown.tables;
  expect(counts?.map(([count]) => count)).toEqual(frequency.series.map(({ deployments }) => String(deployments)));
  expect(leadTimes).toEqual(
    leadTime.series.map(({ value, p75, p95, n, excluded }) => [
      ...[value, p75, p95].map((seconds) => orUnknown(seconds, toDuration)),
      ...[n, excluded].map(String),
    ]),
  );
}

function expectReviews(shown: Shown, report: ReviewsReport): void {
  if (report.merged === 0) {
    expect(shown).toEqual(nothing);
    return;
  }
  const toText = reviewMetricKeys.map((_, index) => (index < 6 ? toDuration : toShortNumber));
  const texts = (one: ReviewFigures, index: number): string[] => [
    ...[one.value, one.p75, one.p95, one.mean].map((value) => orUnknown(value, toText[index] ?? String)),
    ...[one.n, one.excluded].map(String),
  ];
  const values = reviewMetricKeys.map((key, index) => orUnknown(report[key].value, toText[index] ?? String));
  expect(shown.tiles.map((tile, index) => tile.slice(0, values[index]?.length))).toEqual(values);
  expect(shown.tables.slice(-reviewMetricKeys.length)).toEqual(
    reviewMetricKeys.map((key, index) => report[key].series.map((bucket) => texts(bucket, index))),
  );
}

function expectWorkInProgress(shown: Shown, report: WorkInProgressReport): void {
  const { open, reviewed, approved, drafts } = report;
  const ages = report.ages.map((one) => [one.open, one.reviewed, one.approved].map(String));
  const isEmpty = open + reviewed + approved === 0;
  expect(shown.tiles).toEqual(isEmpty ? [] : [open, reviewed, approved, drafts].map(String));
  expect(shown.tables.map((rows) => rows.map((cells) => cells.slice(0, 3)))).toEqual(isEmpty ? [] : [ages]);
}

/** What the pages offer for download, beside the same from the API. */
const downloads = [
  ['/pages/workspace', '/metrics/accelerate'],
  ['/pages/reviews', '/metrics/reviews'],
  ['/pages/deployments', '/deployments'],
  ['/pages/incidents', '/incidents'],
  ['/pages/pull-requests', '/pull-requests'],
] as const;

async function expectSameCsv(query: string): Promise<void> {
  for (const [ofPage, ofApi] of downloads) {
    const [shown, told] = await Promise.all(
      [`${ofPage}?${query}`, `/api/v1${ofApi}?${query}&limit=500`].map((path) => readText(`${path}&format=csv`)),
    );
    expect({ query, ofPage, csv: shown }).toEqual({ query, ofPage, csv: told });
  }
}

test(`pages, their CSV and the API show the same numbers for ${rounds} filters in ${zones.length} zones`, async () => {
  const chance = createChance(22_11);
  const today = Math.floor(Date.now() / day) * day;
  let seen = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round % (rounds / zones.length) === 0) {
      const body = { timezone: zones[round / (rounds / zones.length)] };
      expect((await house.api('/settings', { method: 'PATCH', body, session })).status).toBe(200);
    }
    const query = drawQuery(chance, today);
    const accelerate = await house.get<AccelerateReport>(`/metrics/accelerate?${query}`);
    const reviews = await house.get<ReviewsReport>(`/metrics/reviews?${query}`);
    const open = await house.get<WorkInProgressReport>(`/metrics/work-in-progress?${query}`);
    expectOverview(await readPage(`/pages/workspace?${query}`), accelerate);
    expectReviews(await readPage(`/pages/reviews?${query}`), reviews);
    expectWorkInProgress(await readPage(`/pages/work-in-progress?${query}`), open);
    if (round % 10 === 0) await expectSameCsv(query);
    seen += reviews.merged;
  }
  expect(seen).toBeGreaterThan(rounds);
}, 240_000);
