import { gzipSync } from 'node:zlib';
import { openDatabase } from '../src/store/open-database';
import { openStores } from '../src/store/stores';
import { buildColumns } from './limit/columns';
import { buildDayRuns, computeByDayRuns } from './limit/day-runs';
import { askLast, findDifference, toQuery, type AccelerateAnswer } from './limit/question';
import { referenceKey } from './reference/access';
import { createApi, get, readSession, signPage, type Answer } from './support/callers';
import { startMeasured, type MeasuredProduct } from './support/measured-product';
import { openReference, type ReferenceDatabase } from './support/open-reference';
import { formatBytes, formatMs, report, type Row } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * What a page costs the product and weighs on the wire, warm: of a version that nobody has seen yet, opened by a signed
 * address, asked again by our script with its session, and asked whether it has changed. Goals are milliseconds of CPU
 * and bytes.
 */

const gzip = { 'accept-encoding': 'gzip' };

/** Raises the version of the workspace, as everything does that pages may show; that costs the product nothing. */
type Renew = () => Promise<unknown>;

interface Page {
  readonly name: string;
  readonly path: string;
  /** Milliseconds of CPU. */
  readonly cpu: number;
  /** Bytes as sent. */
  readonly bytes: number;
  /** Bytes before anything is compressed. */
  readonly raw: number;
}

function listPages({ workspace }: ReferenceDatabase): Page[] {
  const recent = toQuery(askLast(workspace, 90));
  const daily = toQuery(askLast(workspace, 365, { interval: 'day' }));
  return [
    { name: 'overview, 90 days', path: `/pages/workspace?${recent}`, cpu: 15, bytes: 40_960, raw: 256_000 },
    { name: 'reviews, 90 days', path: `/pages/reviews?${recent}`, cpu: 30, bytes: 40_960, raw: 256_000 },
    { name: 'reviews, a year by days', path: `/pages/reviews?${daily}`, cpu: 60, bytes: 102_400, raw: 256_000 },
  ];
}

/** CPU of one, after the first. */
async function measureOften(product: MeasuredProduct, ask: () => Promise<Answer>, mostTurns = 40) {
  const first = await product.measure(ask);
  const turns = Math.max(3, Math.min(mostTurns, Math.floor(2_000 / first.wall)));
  const { cpu, wall } = await product.measure(async () => {
    for (let turn = 0; turn < turns; turn += 1) await ask();
  });
  return { answer: await ask(), cpu: cpu / turns, wall: wall / turns };
}

interface Measuring {
  readonly product: MeasuredProduct;
  readonly data: ReferenceDatabase;
  readonly renew: Renew;
}

async function measurePage({ product, data, renew }: Measuring, page: Page): Promise<Row[]> {
  const opened = await measureOften(product, () => get(signPage(product.url, page.path, data), gzip));
  const raw = (await get(signPage(product.url, page.path, data))).body;
  const weight = opened.answer.headers['content-encoding'] === undefined ? raw.length : opened.answer.body.length;
  const authorization = `Bearer ${readSession(await get(signPage(product.url, page.path, data)))}`;
  const ask = () => get(`${product.url}${page.path}`, { ...gzip, authorization });
  const asked = await measureOften(product, ask);
  const etag = asked.answer.headers['etag'];
  const unchanged = { ...gzip, authorization, 'if-none-match': typeof etag === 'string' ? etag : '""' };
  const again = await measureOften(product, () => get(`${product.url}${page.path}`, unchanged), 500);
  const unseen = await measureOften(product, () => renew().then(ask));
  const toRow = (what: string, measured: typeof opened, goal: number): Row => ({
    question: `${page.name}: ${what}`,
    figures: { CPU: formatMs(measured.cpu), wall: formatMs(measured.wall), status: String(measured.answer.status) },
    ...{ goal: 1, ratio: measured.cpu / goal },
  });
  return [
    toRow('of a version that nobody has seen', unseen, page.cpu),
    toRow('opened', opened, page.cpu),
    toRow('asked again with its session', asked, page.cpu),
    toRow('asked again unchanged', again, 1),
    toSizeRow(`${page.name}: bytes as sent`, weight, page.bytes),
    toSizeRow(`${page.name}: bytes, raw (gzip ${formatBytes(gzipSync(raw).length)})`, raw.length, page.raw),
  ];
}

function toSizeRow(question: string, bytes: number, goal: number): Row {
  return { question, figures: { bytes: formatBytes(bytes) }, goal: 1, ratio: bytes / goal };
}

async function measurePages(): Promise<void> {
  const options = readOptions(100_000);
  const data = await openReference(options);
  const product = await startMeasured({ environment: { ...data.environment, ROLE: 'web' } });
  const question = askLast(data.workspace, 90);
  const api = createApi(product.url, data.workspace);
  const answer = await api.askJson<AccelerateAnswer>(`/metrics/accelerate?${toQuery(question)}`);
  const expected = computeByDayRuns(buildDayRuns(buildColumns(data.workspace)), question);
  const difference = findDifference(answer, expected);
  if (difference !== null) throw new Error(`The product answers wrongly: ${difference}`);
  const database = await openDatabase({ url: data.url, poolSize: 1 });
  const { workspaces } = openStores(database, { encryptionKey: referenceKey });
  const measuring = { product, data, renew: () => workspaces.bumpVersion(data.workspace.uuid) };
  const rows: Row[] = [];
  for (const page of listPages(data)) rows.push(...(await measurePage(measuring, page)));
  await database.close();
  await product.stop();
  report(`pages of ${data.merges} merges, ${options.database}`, rows);
}

runProgram(measurePages);
