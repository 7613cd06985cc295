import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createAccount } from '../../../simulator/world/people';
import type { Hook } from '../../../simulator/world/model';
import { createEmptyWorld } from '../../../simulator/world/growth/sample-world';
import { startSimulator, type Simulator } from '../../../simulator/simulator';
import { productAppKey, toEnvironment } from '../../support/product/start-product';
import { waitUntil } from '../../support/product/wait-until';
import { buildProduct, type SpawnedProduct } from '../../support/spawned-product';
import { createTestDatabase, type TestDatabaseUrl } from '../../support/test-database';

/** The real process, connected by its environment alone, with the log at its most talkative: no secret is anywhere. */

const email = 'ada-canary@acme.example';
const metricsToken = 'canary-of-the-metrics-token';
const oauthSecret = 'canary-of-the-oauth-secret';
const ada = { ...createAccount('Ada Owner'), email };
/** Whose address commits show to everybody. */
const ben = createAccount('Ben Author');
let product: SpawnedProduct;
let simulator: Simulator;
let database: TestDatabaseUrl;
let port: string;

beforeAll(() => {
  product = buildProduct();
});
afterAll(() => product.remove());

beforeEach(async () => {
  const world = createEmptyWorld({ slug: 'acme', people: [ada, ben] });
  simulator = await startSimulator({ world, appKey: productAppKey });
  simulator.repositories.createRepository({ slug: 'shop', by: ben.uuid, at: Date.UTC(2024, 1, 1, 12) });
  database = await createTestDatabase('sqlite');
  port = await findFreePort();
});
afterEach(async () => {
  await simulator.close();
  await database.remove();
});

async function findFreePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' ? address?.port : 0);
}

interface Running {
  readonly child: ChildProcess;
  readonly said: { text: string };
}

function start(variables: Readonly<Record<string, string>>): Running {
  const environment = {
    ...toEnvironment(simulator.url),
    DATABASE_URL: database.url,
    PORT: port,
    LOG_LEVEL: 'trace',
    SHUTDOWN_GRACE_SECONDS: '0',
  };
  const child = spawn(process.execPath, [product.file], {
    env: {
      PATH: process.env['PATH'],
      ...environment,
      BITBUCKET_WORKSPACE: 'acme',
      METRICS_TOKEN: metricsToken,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => void (said.text += String(data)));
  return { child, said };
}

const until = ({ said }: Running, words: RegExp): Promise<true> =>
  waitUntil(async () => (words.test(said.text) ? true : null), {
    withinMs: 60_000,
    what: `${words.source} to be said`,
  });

async function stop({ child }: Running): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  return ended;
}

const getSecret = (hook: Hook | undefined): string => hook?.secret ?? '';
const listHooks = () => simulator.room.findWorkspace('acme').hooks.all;
const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers });

describe('A start with a token in the environment', () => {
  it('connects; the same one does nothing; another one is a rotation, and a wrong one changes nothing', async () => {
    const token = simulator.credentials.createWorkspaceToken();
    const first = start({ BITBUCKET_TOKEN: token.secret });
    await until(first, /"outcome":"connected"/u);
    expect(await stop(first)).toBe(0);
    const [hook] = listHooks();
    expect(hook).toMatchObject({ isActive: true, url: expect.stringMatching(/\/notices\/[\w-]{22}$/u) as string });

    simulator.requests.clear();
    const second = start({ BITBUCKET_TOKEN: token.secret });
    await until(second, /Drumbeat has started/u);
    expect((await ask('/livez')).status).toBe(200);
    expect(await stop(second)).toBe(0);
    expect(simulator.requests.entries.filter(({ path }) => path.includes('/members'))).toEqual([]);
    expect(second.said.text).not.toMatch(/"outcome":"(?:connected|rotated)"/u);

    const third = start({ BITBUCKET_TOKEN: token.rotate() });
    await until(third, /"outcome":"rotated"/u);
    expect(await stop(third)).toBe(0);

    const fourth = start({ BITBUCKET_TOKEN: `${token.secret.slice(0, -3)}abc` });
    await until(fourth, /BITBUCKET_TOKEN does not connect acme: Bitbucket does not know this token/u);
    expect((await ask('/readyz')).status).toBe(200);
    expect(await stop(fourth)).toBe(0);
    expect(listHooks()).toEqual([hook]);
    for (const { said } of [first, second, third, fourth]) expect(said.text).not.toContain(token.secret.slice(0, -3));
  });

  it('of a person keeps it, the address and the secret of the webhook out of log, pages, metrics and database', async () => {
    const token = simulator.credentials.createApiToken(ada.uuid);
    const running = start({
      ...{ BITBUCKET_TOKEN: token.secret, BITBUCKET_EMAIL: email },
      ...{ BITBUCKET_OAUTH_KEY: 'the-key', BITBUCKET_OAUTH_SECRET: oauthSecret },
    });
    await until(running, /"outcome":"connected"/u);
    const [hook] = listHooks();
    const { notices } = simulator.pullRequests.openPullRequest({ repository: 'shop', by: ben.uuid });
    expect((await simulator.deliverAll(notices)).map(({ status }) => status)).toEqual([204, 204]);
    const forged = await fetch(hook?.url ?? '', {
      method: 'POST',
      body: '{}',
      headers: { 'x-hub-signature': `sha256=${'0'.repeat(64)}` },
    });
    expect(forged.status).toBe(401);
    const shown = [];
    for (const path of ['/', '/sign-in', '/livez', '/readyz', '/atlassian-connect.json', '/pages/settings']) {
      shown.push(await (await ask(path)).text());
    }
    shown.push(await (await ask('/metrics', { authorization: `Bearer ${metricsToken}` })).text());
    await until(running, /"purpose":"(?:activity|commits)"/u);
    expect(await stop(running)).toBe(0);
    const file = readFileSync(database.url.slice('sqlite:'.length)).toString('latin1');
    const secrets = [token.secret, email, getSecret(hook), oauthSecret, metricsToken, token.authorization.slice(6)];
    const places = [running.said.text, file, ...shown];
    expect(secrets.filter((secret) => secret.length < 10)).toEqual([]);
    expect(secrets.filter((secret) => places.some((place) => place.includes(secret)))).toEqual([]);
    expect(running.said.text).toContain('"level":');
  });
});
