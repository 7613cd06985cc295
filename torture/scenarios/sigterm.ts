import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../simulator/simulator';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { createAccount } from '../../simulator/world/people';
import { systemClock } from '../../src/machine/clock';
import { openDatabase } from '../../src/store/open-database';
import { findFreePort } from '../../test/support/postgres/free-port';
import { startPackagedPostgres } from '../../test/support/postgres/packaged-postgres';
import { toEnvironment } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { buildProduct } from '../../test/support/spawned-product';
import type { DatabaseKind } from '../../test/support/test-database';
import { toAnyScenario, type Outcome, type Run } from '../support/scenario';
import { startReadinessProxy, type ReadinessProxy } from '../support/readiness-proxy';
import { startServing, type ServingProcess } from '../support/serving-process';

type Size = 'restarts' | 'rate' | 'postgres';

/** Longer than the end of a process may take: what is waited for is cut off, or it takes too long. */
const bitbucketLatencyMs = 12_000;
const mostToEndMs = 10_000;
const startWithinMs = 120_000;

/** Two processes are never there at once on SQLite; on PostgreSQL the next is ready before the one before ends. */
export const sigterm = toAnyScenario<Size>({
  name: 'sigterm',
  promise: 'A deploy under load cuts no request, ends with 0 within ten seconds and loses no notice.',
  usual: { restarts: 3, rate: 100, postgres: 0 },
  run,
});

interface Stage {
  readonly kind: DatabaseKind;
  readonly simulator: Simulator;
  readonly proxy: ReadinessProxy;
  readonly start: () => Promise<ServingProcess>;
  readonly rate: number;
}

async function run({ sizes }: Run<Size>): Promise<Outcome> {
  const kind = sizes.postgres === 0 ? 'sqlite' : 'postgres';
  const database = await createDatabase(kind);
  const product = buildProduct();
  const world = createEmptyWorld({ slug: 'acme', people: [createAccount('Ada Owner')] });
  const simulator = await startSimulator({ world, appKey: 'drumbeat', clock: systemClock, answerWithinMs: 120_000 });
  const proxy = await startReadinessProxy();
  const environment = {
    ...toEnvironment(simulator.url),
    ...{ DATABASE_URL: database.url, BASE_URL: proxy.url, LOG_LEVEL: 'warn' },
  };
  const started: ServingProcess[] = [];
  const start = async (): Promise<ServingProcess> => {
    const serving = startServing(product.file, await findFreePort(), environment);
    started.push(serving);
    return serving;
  };
  try {
    const ended = await restartUnderLoad({ kind, simulator, proxy, start, rate: sizes.rate }, sizes.restarts);
    const kept = await countNotices(database.url);
    return judge({ ...ended, kept, failures: proxy.failures, said: started.map((one) => one.said()).join('') });
  } finally {
    for (const one of started) await one.kill();
    await proxy.close();
    await simulator.close();
    await database.remove();
    product.remove();
  }
}

async function createDatabase(kind: DatabaseKind) {
  if (kind === 'postgres') {
    const server = await startPackagedPostgres();
    return { url: server.url, remove: () => server.stop() };
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-sigterm-'));
  const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  return { url: `sqlite:${path.join(folder, 'drumbeat.sqlite')}`, remove };
}

async function restartUnderLoad(stage: Stage, restarts: number) {
  const { kind, simulator, proxy, start } = stage;
  let serving = await begin(stage);
  simulator.repositories.createRepository({ slug: 'shop' });
  await simulator.install(proxy.url);
  const look = async (): Promise<true | null> => ((await fetch(simulator.pageUrl('workspace'))).ok ? true : null);
  await waitUntil(look, { withinMs: startWithinMs, what: 'the installation' });
  const opened = simulator.pullRequests.openPullRequest({ repository: 'shop', title: 'Sell more' });
  simulator.faults.rates = { latencyMs: bitbucketLatencyMs };
  const load = startLoad(stage, opened.pullRequest.id);
  const endings: { code: number | null; milliseconds: number }[] = [];
  for (let restart = 0; restart < restarts; restart += 1) {
    await pause(1_000);
    if (kind === 'sqlite') endings.push(await serving.stop());
    const next = await start();
    proxy.add(next.port);
    await untilReady(proxy, next);
    if (kind === 'postgres') endings.push(await serving.stop());
    proxy.remove(serving.port);
    serving = next;
  }
  const sent = await load.stop();
  return { endings, sent };
}

async function begin({ proxy, start }: Stage): Promise<ServingProcess> {
  const serving = await start();
  proxy.add(serving.port);
  await untilReady(proxy, serving);
  return serving;
}

async function untilReady(proxy: ReadinessProxy, serving: ServingProcess): Promise<void> {
  const look = async (): Promise<true | null> => (proxy.isReady(serving.port) ? true : null);
  await waitUntil(look, { withinMs: startWithinMs, what: `a process that is ready: ${serving.said()}` });
}

interface Sent {
  requests: number;
  /** Answered, but not well. */
  refused: number;
  readonly acknowledged: Set<string>;
}

/** Of ten requests three are notices, one is a page, and the others ask the least. */
function startLoad({ simulator, proxy, rate }: Stage, number: number) {
  const sent: Sent = { requests: 0, refused: 0, acknowledged: new Set() };
  const underWay = new Set<Promise<void>>();
  const get = async (url: string): Promise<void> => {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    if (answer?.status !== 200) sent.refused += 1;
  };
  const tell = async (): Promise<void> => {
    const { notices } = simulator.pullRequests.comment({ repository: 'shop', id: number });
    for (const notice of notices) {
      const { status, attempts } = await simulator.deliver(notice);
      if (status === 204 && attempts === 1) sent.acknowledged.add(notice.requestUuid);
      else sent.refused += 1;
    }
  };
  const timer = setInterval(() => {
    const turn = sent.requests % 10;
    sent.requests += 1;
    const one = turn < 3 ? tell() : get(turn === 3 ? simulator.pageUrl('workspace') : `${proxy.url}/livez`);
    const ended = one.finally(() => underWay.delete(ended));
    underWay.add(ended);
  }, 1000 / rate);
  return {
    stop: async (): Promise<Sent> => {
      clearInterval(timer);
      await Promise.all(underWay);
      return sent;
    },
  };
}

async function countNotices(url: string): Promise<ReadonlySet<string>> {
  const database = await openDatabase({ url });
  const rows = await database.read<{ id: string }>('SELECT delivery_id AS id FROM notices', []);
  await database.close();
  return new Set(rows.map(({ id }) => id));
}

interface Found extends Awaited<ReturnType<typeof restartUnderLoad>> {
  readonly kept: ReadonlySet<string>;
  readonly failures: readonly string[];
  readonly said: string;
}

function judge({ endings, sent, kept, failures, said }: Found): Outcome {
  const lost = [...sent.acknowledged].filter((id) => !kept.has(id)).length;
  const bad = endings.filter(({ code }) => code !== 0);
  const longest = Math.max(...endings.map(({ milliseconds }) => milliseconds));
  const failed = failures.length + sent.refused;
  const broken = [
    ...(failed === 0 ? [] : [`${failed} requests failed, for example: ${failures[0] ?? 'by their status'}.`]),
    ...(bad.length === 0
      ? []
      : [`${bad.length} processes ended with ${bad[0]?.code ?? 'a signal'}: ${said.slice(-500)}`]),
    ...(longest <= mostToEndMs ? [] : [`The longest end took ${longest} ms.`]),
    ...(lost === 0 ? [] : [`${lost} acknowledged notices are not there.`]),
  ];
  const figures = {
    restarts: endings.length,
    requests: sent.requests,
    'failed requests': failed,
    'notices acknowledged': sent.acknowledged.size,
    'notices lost': lost,
    'exits other than 0': bad.length,
    'longest end ms': longest,
  };
  return { figures, broken };
}
