import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/machine/clock';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { startSimulator } from '../../simulator/simulator';
import { productAppKey, type ApiCaller } from '../../test/support/product/start-product';
import { waitUntil } from '../../test/support/product/wait-until';
import { createTestDatabase, type DatabaseKind, type TestDatabaseUrl } from '../../test/support/test-database';
import { startSystemPostgres } from '../../test/support/postgres/system-postgres';
import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import { holdPostgres, holdSqlite, type HeldDatabase } from '../support/held-databases';
import { startProcess } from '../support/started-product';
import { countDeployments, installWith, openApi, type Seen } from '../support/workspace-api';
import { toAnyScenario, type Outcome, type Run, type Sizes } from '../support/scenario';

const [workspace, repository] = ['calm', 'shop'];
/** Of SQLite only writing has to wait. Of PostgreSQL a connection is waited for, and then a statement. */
const longestMs: Readonly<Record<DatabaseKind, { readonly notices: number; readonly pages: number }>> = {
  sqlite: { notices: 3_000, pages: 2_500 },
  postgres: { notices: 8_500, pages: 8_500 },
};

interface Stage extends Seen {
  readonly held: HeldDatabase;
  readonly api: ApiCaller;
}

/** What was answered while the database could not work. */
interface Answers {
  readonly statuses: Map<string, number>;
  readonly longest: { notices: number; pages: number };
  /** Told, and not taken. */
  readonly refused: SimulatorNotice[];
  merges: number;
  withoutRetryAfter: number;
}

async function run(kind: DatabaseKind, sizes: Sizes): Promise<Outcome> {
  const created = await createDatabase(kind);
  const world = createEmptyWorld({ slug: workspace, now: systemClock.now() });
  const simulator = await startSimulator({ world, appKey: productAppKey, answerWithinMs: 20_000 });
  const started = await startProcess(simulator.url, { DATABASE_URL: created.url });
  try {
    const seen = { simulator, url: started.url };
    const held = kind === 'sqlite' ? holdSqlite(created.url) : holdPostgres(created.url);
    const stage = { ...seen, held, api: openApi(seen, workspace) };
    await installWith(stage, workspace, repository);
    await countDeployments(stage.api);
    return await measure(kind, stage, (sizes['seconds'] ?? 0) * 1_000);
  } finally {
    await started.remove();
    await simulator.close();
    await created.remove();
  }
}

async function createDatabase(kind: DatabaseKind): Promise<TestDatabaseUrl> {
  if (kind === 'sqlite') return createTestDatabase('sqlite');
  const server = await startSystemPostgres();
  if (server === null) throw new Error('There is no PostgreSQL on this machine.');
  return { url: server.url, remove: () => server.stop() };
}

async function measure(kind: DatabaseKind, stage: Stage, milliseconds: number): Promise<Outcome> {
  const answers: Answers = {
    ...{ statuses: new Map(), longest: { notices: 0, pages: 0 }, refused: [], merges: 0, withoutRetryAfter: 0 },
  };
  await stage.held.hold();
  const end = performance.now() + milliseconds;
  const asking: Promise<void>[] = [];
  while (performance.now() < end) {
    asking.push(tell(stage, answers), look(stage, answers));
    await pause(250);
  }
  await stage.held.release();
  const released = performance.now();
  await Promise.all(asking);
  for (const notice of answers.refused.splice(0)) await deliverAtLast(stage, notice);
  await waitUntil(async () => ((await countDeployments(stage.api)) === answers.merges ? true : null), {
    withinMs: 60_000,
    what: `${answers.merges} deployments`,
  });
  return toOutcome(kind, answers, Math.round(performance.now() - released));
}

/** A merge, and its notice told once. */
async function tell({ simulator }: Stage, answers: Answers): Promise<void> {
  const { pullRequest } = simulator.pullRequests.openPullRequest({ repository, workspace });
  const notices = simulator.pullRequests.merge({ repository, workspace, id: pullRequest.id });
  answers.merges += 1;
  for (const notice of notices) {
    const begun = performance.now();
    const { status, attempts } = await simulator.deliver(notice);
    note(answers, `notice ${String(status)}`);
    const took = (performance.now() - begun) / attempts;
    answers.longest.notices = Math.max(answers.longest.notices, Math.round(took));
    if (status !== 204) answers.refused.push(notice);
  }
}

/** A page opened afresh through Bitbucket. */
async function look({ simulator }: Stage, answers: Answers): Promise<void> {
  const begun = performance.now();
  const response = await fetch(simulator.pageUrl('workspace', { workspace }));
  await response.text();
  answers.longest.pages = Math.max(answers.longest.pages, Math.round(performance.now() - begun));
  note(answers, `page ${response.status}`);
  if (response.status === 503 && response.headers.get('retry-after') === null) answers.withoutRetryAfter += 1;
}

function note({ statuses }: Answers, what: string): void {
  statuses.set(what, (statuses.get(what) ?? 0) + 1);
}

async function deliverAtLast({ simulator }: Stage, notice: SimulatorNotice): Promise<void> {
  const isTaken = async () => ((await simulator.deliver(notice)).status === 204 ? true : null);
  await waitUntil(isTaken, { withinMs: 30_000, what: 'a refused notice to be taken' });
}

function toOutcome(kind: DatabaseKind, answers: Answers, recoveredMs: number): Outcome {
  const { statuses, longest, merges, withoutRetryAfter } = answers;
  const wanted = new Set(['notice 204', 'notice 503', 'page 200', ...(kind === 'sqlite' ? [] : ['page 503'])]);
  const wrong = [...statuses.keys()].filter((status) => !wanted.has(status));
  const broken = [
    ...wrong.map((status) => `Answered: ${status}.`),
    ...(longest.notices > longestMs[kind].notices ? [`A notice waited ${longest.notices} ms for its answer.`] : []),
    ...(longest.pages > longestMs[kind].pages ? [`A page took ${longest.pages} ms.`] : []),
    ...(withoutRetryAfter > 0 ? [`${withoutRetryAfter} pages did not say when to come again.`] : []),
  ];
  const figures = { merges, ...Object.fromEntries(statuses), 'notice ms': longest.notices, 'page ms': longest.pages };
  return { figures: { ...figures, 'all there after ms': recoveredMs }, broken };
}

const usual = { seconds: 20 };

export const locks = toAnyScenario({
  name: 'locks',
  promise: 'A locked SQLite is answered by 503 within seconds, pages go on, and all goes on afterwards.',
  usual,
  run: ({ sizes }: Run<keyof typeof usual>) => run('sqlite', sizes),
});

export const locksPostgres = toAnyScenario({
  name: 'locks-postgres',
  promise: 'A PostgreSQL that hangs is answered by 503 within seconds, and all goes on afterwards.',
  usual,
  run: ({ sizes }: Run<keyof typeof usual>) => run('postgres', sizes),
});
