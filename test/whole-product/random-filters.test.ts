import { reviewMetricKeys } from '../../src/domain/reviews/review-metrics';
import type { AccelerateReport } from '../../src/reporting/answers/accelerate';
import type { WorkInProgressReport } from '../../src/reporting/answers/pull-requests';
import { type ReviewFigures, type ReviewsReport } from '../../src/reporting/answers/reviews';
import { createChance, type Chance } from '../../simulator/world/random';
import { answerBothReviews } from '../support/product/compare-reviews';
import { answerBothDeliveries, cutDigits, setZone, toQueryOf, without } from '../support/product/compare-with-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import type { NaiveQuestion } from '../support/naive/facts';
import { listNaiveOpenWork } from '../support/naive/open-work';
import { readNaiveFacts, type NaiveFacts } from '../support/naive/read-world';
import { readNaiveReviews, type NaiveReview } from '../support/naive/reviews';
import { createSmallWorld } from '../support/visits/small-world';
import { testClock } from '../support/test-clock';
import { formatDuration } from '../../src/web/presentation/format/durations';
import { formatShortNumber } from '../../src/web/presentation/format/numbers';
import { pickShownUnit, showValue } from '../../src/web/presentation/metrics/shown-unit';

/** What a page shows: the values of its tiles, and the cells behind each chart but the first of each row. */
interface Shown {
  readonly tiles: readonly string[];
  readonly tables: readonly (readonly (readonly string[])[])[];
}

const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
const day = 86_400_000;

let product: RunningProduct;
let session: string;
let facts: NaiveFacts;
let reviews: NaiveReview[];

beforeAll(async () => {
  product = await startProduct({ world: createSmallWorld(testClock.now(), 15) });
  await product.install();
  await product.untilImported();
  await product.untilQuiet();
  session = await product.openPage('settings');
  facts = readNaiveFacts(product.simulator.room.findWorkspace('acme'));
  reviews = readNaiveReviews(facts.merges, facts.bots);
});

afterAll(() => product.close());

/** Filters of all kinds: any part of the last four months, any interval, none to two repositories and teams. */
function drawQuestion(chance: Chance, today: number, zone: string): NaiveQuestion {
  const from = today - chance.between(0, 120) * day;
  const days = chance.between(0, 45);
  const to = Math.min(today, from + days * day);
  const toDate = (at: number) => new Date(at).toISOString().slice(0, 10);
  const interval = chance.pick(days > 14 ? (['week', 'month'] as const) : (['day', 'week', 'month'] as const));
  const systems = chance.happens(0.5) ? null : [...new Set([chance.pick(slugs), chance.pick(slugs)])];
  const teams = chance.happens(0.3) ? ['developers'] : [];
  return { from: toDate(from), to: toDate(to), interval, zone, systems, teams };
}

const slugs = ['shop', 'pay', 'find', 'quiet'];

async function readText(path: string): Promise<string> {
  const answer = await fetch(`${product.app.url}${path}`, { headers: { authorization: `Bearer ${session}` } });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer.text();
}

/** Reads the document that the server wrote, as it is written. */
async function readPage(path: string): Promise<Shown> {
  const html = await readText(path);
  const charts = find(html, /<section class="card chart".*?<\/section>/gsu).filter((chart) => chart.includes('<table'));
  return {
    tiles: find(html, /<p class="tile-value">.*?<\/p>/gsu).map(toText),
    tables: charts.map((chart) =>
      find(chart, /<tr role="row">.*?<\/tr>/gsu)
        .map((row) => find(row, /<td.*?<\/td>/gsu).map(toText))
        .filter((cells) => cells.length > 0),
    ),
  };
}

const find = (html: string, form: RegExp): string[] => [...html.matchAll(form)].map(([text]) => text);

const toText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();

const orUnknown = (value: number | null, toText: (value: number) => string): string =>
  value === null ? '—' : toText(value);

/** With nothing to show, a page says why in place of the numbers. */
const nothing: Shown = { tiles: [], tables: [] };

function expectOverview(shown: Shown, report: AccelerateReport): void {
  if (report.deployment_frequency.deployments === 0) {
    expect(shown).toEqual(nothing);
    return;
  }
  const { deployment_frequency: frequency, lead_time_for_changes: leadTime } = report;
  const keys = ['deployment_frequency', 'lead_time_for_changes', 'change_failure_rate', 'time_to_recover'] as const;
  const values = keys.map((key) => showValue(report[key].value, pickShownUnit(key, report[key].value)));
  expect(shown.tiles.slice(0, 4)).toEqual(values);
  const [leadTimes, counts] = shown.tables;
  expect(counts?.map(([count]) => count)).toEqual(frequency.series.map(({ deployments }) => String(deployments)));
  expect(leadTimes).toEqual(
    leadTime.series.map(({ value, p75, p95, n, excluded }) => [
      ...[value, p75, p95].map((seconds) => orUnknown(seconds, formatDuration)),
      ...[n, excluded].map(String),
    ]),
  );
}

function expectReviews(shown: Shown, report: ReviewsReport): void {
  if (report.merged === 0) {
    expect(shown).toEqual(nothing);
    return;
  }
  const toText = reviewMetricKeys.map((_, index) => (index < 6 ? formatDuration : formatShortNumber));
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

/** The numbers of the API, which are those of the naive calculation. */
async function askWhatIsTrue(question: NaiveQuestion) {
  const accelerate = await answerBothDeliveries(product, facts, question);
  const reviewed = await answerBothReviews(product, reviews, question);
  const open = await product.get<WorkInProgressReport>(`/metrics/work-in-progress?${toQueryOf(question)}`);
  const items = listNaiveOpenWork(facts.open, question, { bots: facts.bots, now: Date.parse(open.as_of) });
  expect({ question, report: accelerate.found }).toEqual({ question, report: accelerate.expected });
  expect({ question, report: reviewed.found }).toEqual({ question, report: reviewed.expected });
  expect({ question, items: cutDigits(without(open.items, 'url', 'author', 'merged_at')) }).toEqual({
    question,
    items: cutDigits(items),
  });
  return {
    accelerate: accelerate.report as unknown as AccelerateReport,
    reviews: reviewed.report as unknown as ReviewsReport,
    open,
  };
}

/** The runs under other dates (CONTRIBUTING.md) draw fewer. */
const rounds = Number(process.env['FILTERS_A_ZONE'] ?? 100 / zones.length);

test.each(zones)(`pages, their CSV and the API show the same numbers for ${rounds} filters in %s`, async (zone) => {
  const chance = createChance(zones.indexOf(zone));
  const today = Math.floor(testClock.now() / day) * day;
  await setZone(product, session, zone);
  let seen = 0;
  let query = '';
  for (let round = 0; round < rounds; round += 1) {
    const question = drawQuestion(chance, today, zone);
    query = toQueryOf(question);
    const { accelerate, reviews, open } = await askWhatIsTrue(question);
    expectOverview(await readPage(`/pages/workspace?${query}`), accelerate);
    expectReviews(await readPage(`/pages/reviews?${query}`), reviews);
    expectWorkInProgress(await readPage(`/pages/work-in-progress?${query}`), open);
    seen += reviews.merged;
  }
  await expectSameCsv(query);
  await expectSameCsv('from=2025-12-01&interval=month');
  expect(seen).toBeGreaterThan(rounds);
});
