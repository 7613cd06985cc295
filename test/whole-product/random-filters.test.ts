import type { ReviewMetricKey } from '../../src/domain/reviews/review-metrics';
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
import { toChoiceName } from '../../src/web/pages/reviews/metric-list';
import { buildReviewFormat } from '../../src/web/pages/reviews/review-format';
import { reviewOrder } from '../../src/web/pages/reviews/review-words';
import { formatInUnit, pickOneUnit } from '../../src/web/presentation/format/one-unit';
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
  const charts = find(html, /<section class="(?:card|review-chart) chart".*?<\/section>/gsu);
  return {
    tiles: find(html, new RegExp(tileForms.join('|'), 'gsu')).map(toText),
    tables: charts
      .filter((chart) => chart.includes('<table'))
      .map((chart) =>
        find(chart, /<tr role="row">.*?<\/tr>/gsu)
          .map((row) => find(row, /<td.*?<\/td>/gsu).map(toText))
          .filter((cells) => cells.length > 0),
      ),
  };
}

/** A tile of an overview, a row of the list of metrics, a phase of what is open, and a number of its sum. */
const tileForms = [
  '<rect class="share-[a-z]+" width="12"[^>]*>\\s*</svg>.*?</li>',
  '<p class="tile-value">.*?</p>',
  '<td class="number metrics-value">.*?</td>',
  '<dd>.*?</dd>',
];

const find = (html: string, form: RegExp): string[] => [...html.matchAll(form)].map(([text]) => text);

const toText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();

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
  const unit = pickOneUnit(leadTime.value);
  const failed = report.change_failure_rate.series.map((bucket) => String(bucket.failed));
  expect(counts?.map((cells) => cells[3])).toEqual(failed);
  expect(counts?.map(([count]) => count)).toEqual(frequency.series.map(({ deployments }) => String(deployments)));
  expect(leadTimes).toEqual(
    leadTime.series.map(({ value, p75, p95, n, excluded }) => [
      ...[value, p75, p95].map((seconds) => formatInUnit(seconds, unit)),
      ...[n, excluded].map(String),
    ]),
  );
}

/** `chosen`: the metric of the chart. */
function expectReviews(shown: Shown, report: ReviewsReport, chosen: ReviewMetricKey): void {
  if (report.merged === 0) {
    expect(shown).toEqual(nothing);
    return;
  }
  expect(shown.tiles).toEqual(reviewOrder.map((key) => buildReviewFormat(key, report).short(report[key].value)));
  const { short } = buildReviewFormat(chosen, report);
  const texts = ({ value, p75, p95, mean, n, excluded }: ReviewFigures): string[] => [
    ...[value, p75, p95, mean].map(short),
    ...[n, excluded].map(String),
  ];
  expect({ chosen, tables: shown.tables }).toEqual({ chosen, tables: [report[chosen].series.map(texts)] });
}

/** The phases, then the sum of what is waited for, which has the same total. */
function expectWorkInProgress(shown: Shown, { items, ...report }: WorkInProgressReport): void {
  const numbers = shown.tiles.map((text) => Number.parseInt(text, 10));
  if (items.length === 0) {
    expect(numbers).toEqual([]);
    return;
  }
  expect(numbers.slice(0, 3)).toEqual([report.open, report.reviewed, report.approved]);
  const sum = numbers.slice(3);
  expect(sum.slice(0, -1).reduce((total, one) => total + one, 0)).toBe(items.length);
  expect(sum.at(-1)).toBe(items.length);
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
    const chosen = reviewOrder[round % reviewOrder.length] ?? 'time_to_merge';
    expectReviews(await readPage(`/pages/reviews?${query}&metric=${toChoiceName(chosen)}`), reviews, chosen);
    expectWorkInProgress(await readPage(`/pages/work-in-progress?${query}`), open);
    seen += reviews.merged;
  }
  await expectSameCsv(query);
  await expectSameCsv('from=2025-12-01&interval=month');
  expect(seen).toBeGreaterThan(rounds);
});
