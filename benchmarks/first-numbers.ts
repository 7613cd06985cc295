import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createLargeWorld } from '../simulator/world/growth/sample-world';
import { startSimulator } from '../simulator/simulator';
import { systemClock } from '../src/machine/clock';
import { readNaiveFacts, type NaiveFacts } from '../test/support/naive/read-world';
import { answerBothDeliveries } from '../test/support/product/compare-with-world';
import { waitUntil } from '../test/support/product/wait-until';

/*
 * From `git clone` to the numbers of a workspace through the token door, by the three commands of the README, each timed:
 * `tsx benchmarks/first-numbers.ts [pull requests] [requests an hour]`. What is committed here is cloned into a temporary
 * folder, and this process is the Bitbucket that has the workspace. The numbers are there once the API answers, for whom
 * the link lets in, with those of an independent calculation.
 */

const day = 86_400_000;
const root = path.resolve(__dirname, '..');

interface Place {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Running {
  readonly child: ChildProcess;
  /** What it has said so far. */
  readonly output: () => string;
}

/** Starts a line of a shell; `input` is what it can read. */
function start(line: string, { folder, environment }: Place, input = ''): Running {
  const child = spawn(line, { cwd: folder, env: environment, shell: true, detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  child.stdin.end(input);
  return { child, output: () => said };
}

/** Runs it to its end. @throws with what it said where that is no good one */
async function finish(line: string, place: Place, input = ''): Promise<string> {
  const { child, output } = start(line, place, input);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${line}: ${String(code)}\n${output()}`);
  return output();
}

async function time<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  console.log(`${what.padEnd(58)} ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s`);
  return result;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Opens the link as a browser does, and gives the session of the page behind it. */
async function openLink(link: string): Promise<string> {
  const signedIn = await fetch(link, { method: 'POST', redirect: 'manual' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const to = new URL(signedIn.headers.get('location') ?? '/', link);
  const page = await (await fetch(to, { headers: { cookie } })).text();
  const session = /<meta name="session" content="([^"]+)"/u.exec(page)?.[1];
  if (session === undefined) throw new Error(`The link leads to no page: ${signedIn.status}`);
  return session;
}

function createGet(url: string, session: string) {
  return async <T>(route: string): Promise<T> => {
    const response = await fetch(`${url}/api/v1${route}`, { headers: { authorization: `Bearer ${session}` } });
    if (!response.ok) throw new Error(`${route} answered ${response.status}`);
    return (await response.json()) as T;
  };
}

type Get = ReturnType<typeof createGet>;

/** The last three months, which the page shows as well. */
async function untilSame(get: Get, facts: NaiveFacts): Promise<void> {
  const toDate = (before: number): string => new Date(systemClock.now() - before * day).toISOString().slice(0, 10);
  const question = {
    from: toDate(89),
    to: toDate(0),
    interval: 'week',
    zone: 'UTC',
    systems: null,
    teams: [],
  } as const;
  const look = async (): Promise<true | null> => {
    const { found, expected } = await answerBothDeliveries({ get }, facts, question);
    return isDeepStrictEqual(found, expected) ? true : null;
  };
  await waitUntil(look, { withinMs: 3_600_000, what: 'the numbers of an independent calculation' });
}

async function untilImported(get: Get): Promise<void> {
  const look = async (): Promise<true | null> =>
    (await get<{ state: string }>('/import')).state === 'done' ? true : null;
  await waitUntil(look, { withinMs: 3_600_000, what: 'the import to be done' });
}

interface Way {
  readonly parent: string;
  readonly place: Place;
  readonly slug: string;
  readonly token: string;
  readonly facts: NaiveFacts;
}

/** The three commands, as the README has them. Gives what is to be stopped. */
async function follow({ parent, place, slug, token, facts }: Way, stops: ChildProcess[]): Promise<void> {
  const { environment } = place;
  await time('git clone', () => finish(`git clone --quiet "file://${root}" drumbeat`, { folder: parent, environment }));
  await time('npm install', () => finish('npm install', place));
  const server = start('npx drumbeat serve', place);
  stops.push(server.child);
  const isUp = async (): Promise<string | null> => /listens at (\S+)/u.exec(server.output())?.[1] ?? null;
  const url = await time('npx drumbeat serve, until it listens', () =>
    waitUntil(isUp, { withinMs: 300_000, what: `the server:\n${server.output()}` }),
  );
  await time('from there to the numbers', async () => {
    await time('  npx drumbeat connect', () => finish(`npx drumbeat connect ${slug} --no-wait`, place, token));
    const link = await time('  npx drumbeat sign-in-link', () =>
      finish(`npx drumbeat sign-in-link ${slug} --administrator`, place),
    );
    const get = createGet(url, await openLink(/http\S+/u.exec(link)?.[0] ?? ''));
    await time('  until three months equal an independent calculation', () => untilSame(get, facts));
    await time('  until the whole history is read', () => untilImported(get));
    await untilSame(get, facts);
  });
}

/** With what it has started. */
function stop({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGTERM');
}

async function untilStopped(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  stop(child);
  await closed;
}

async function measure(pullRequests: number, requestsPerHour: number): Promise<void> {
  const now = systemClock.now();
  const world = createLargeWorld({ pullRequests, repositories: 5, strategy: 'merge_commit', now });
  const simulator = await startSimulator({ world, appKey: 'drumbeat' });
  const { secret: token } = simulator.credentials.createWorkspaceToken({ requestsPerHour });
  const workspace = simulator.room.findWorkspace(undefined);
  const parent = mkdtempSync(path.join(tmpdir(), 'drumbeat-first-numbers-'));
  const addresses = { BITBUCKET_URL: simulator.url, BITBUCKET_API_URL: simulator.url };
  const environment = { ...process.env, ...addresses, PORT: String(await findFreePort()) };
  const place = { folder: path.join(parent, 'drumbeat'), environment };
  const stops: ChildProcess[] = [];
  process.once('SIGINT', () => process.exit(130));
  process.once('exit', () => stops.forEach(stop));
  console.log(`${pullRequests} pull requests, ${requestsPerHour} requests an hour, ${cpus().length} processors`);
  try {
    await time('altogether', () =>
      follow({ parent, place, slug: workspace.slug, token, facts: readNaiveFacts(workspace) }, stops),
    );
    console.log(`requests: ${simulator.requests.entries.length}`);
  } finally {
    await Promise.all(stops.splice(0).map(untilStopped));
    await simulator.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

const [pullRequests = '500', requestsPerHour = '1000'] = process.argv.slice(2);
measure(Number(pullRequests), Number(requestsPerHour)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
