import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import { createFixedClock } from '../../test/support/fixed-clock';
import { createEmptyWorld } from '../world/growth/sample-world';
import { startSimulator, type Simulator } from '../simulator';
import { exchange, signExchange, startTestApp, testAppKey, type Received, type TestApp } from '../test-app';

let app: TestApp;
let simulator: Simulator;

beforeEach(async () => {
  app = await startTestApp();
  simulator = await startSimulator({ world: createEmptyWorld(), appKey: testAppKey, clock: createFixedClock() });
  simulator.repositories.createRepository({ slug: 'shop' });
});

afterEach(async () => {
  await simulator.close();
  await app.close();
});

function readToken(request: Received | undefined, secret: string): JwtPayload {
  const token = request?.headers.authorization?.replace(/^JWT /u, '') ?? '';
  return jwt.verify(token, secret, {
    algorithms: ['HS256'],
    clockTimestamp: simulator.clock.now() / 1000,
  }) as JwtPayload;
}

describe('An installation', () => {
  it('comes unsigned the first time, and signed with the secret before every other time', async () => {
    await simulator.install(app.url);
    const firstSecret = app.connection.secret;
    await simulator.install(app.url);
    expect(app.received.map(({ headers }) => headers.authorization === undefined)).toStrictEqual([true, false]);
    const { clientKey } = app.connection;
    const url = `${app.url}/base/installed`;
    const qsh = createQueryStringHash(fromMethodAndUrl('POST', url), false, `${app.url}/base`);
    expect(readToken(app.received[1], firstSecret)).toMatchObject({ iss: clientKey, aud: clientKey, qsh });
    expect(readToken(app.received[1], firstSecret)).not.toHaveProperty('sub');
    expect(app.connection.secret).not.toBe(firstSecret);
  });

  it('is signed with the old secret after an uninstall, too', async () => {
    await simulator.install(app.url);
    const { secret } = app.connection;
    await simulator.uninstall();
    await simulator.install(app.url);
    expect(readToken(app.received[1], secret)).toHaveProperty('qsh');
    expect(readToken(app.received[2], secret)).toHaveProperty('qsh');
  });

  it('changes nothing when the app refuses it', async () => {
    await simulator.install(app.url);
    app.statuses.push(401);
    expect(await simulator.install(app.url)).toMatchObject({ status: 401 });
    expect(await exchange(simulator, signExchange(simulator, app))).toMatchObject({ status: 200 });
  });

  it('ends with the uninstall: no token, no notice', async () => {
    await simulator.install(app.url);
    await simulator.uninstall();
    expect(await exchange(simulator, signExchange(simulator, app))).toMatchObject({ status: 400 });
    const { notices } = simulator.pullRequests.openPullRequest({ repository: 'shop' });
    expect(await simulator.deliverAll(notices)).toStrictEqual(notices.map(() => ({ status: null, attempts: 0 })));
  });

  it('is written with blanks between the parts, unlike a notice', async () => {
    await simulator.install(app.url);
    expect(app.received[0]?.body).toMatch(/^\{"productType": "bitbucket", "principal": \{/u);
    await simulator.deliverAll(simulator.pullRequests.openPullRequest({ repository: 'shop' }).notices);
    expect(app.received[1]?.body).toMatch(/^\{"event":"repo:push","data":\{/u);
  });
});

describe('A notice', () => {
  it('comes signed, wrapped, with the headers of its delivery', async () => {
    await simulator.install(app.url);
    const { notices } = simulator.pullRequests.openPullRequest({ repository: 'shop', title: 'Ünïcödé\u200c' });
    await simulator.deliverAll(notices);
    const last = app.received.at(-1);
    expect(last?.headers).toMatchObject({ 'x-event-key': 'pullrequest:created', 'x-attempt-number': '1' });
    expect(last?.headers['x-request-uuid']).toMatch(/^[0-9a-f-]{36}$/u);
    const { clientKey, secret } = app.connection;
    expect(readToken(last, secret)).toMatchObject({ iss: clientKey, aud: clientKey });
    const body = JSON.parse(last?.body ?? '') as { event: string; data: Record<string, Record<string, unknown>> };
    expect(body.event).toBe('pullrequest:created');
    expect(body.data['pullrequest']).toMatchObject({ title: 'Ünïcödé\u200c', state: 'OPEN' });
    expect(body.data['repository']).not.toHaveProperty('slug');
    expect(body.data['repository']).not.toHaveProperty('mainbranch');
  });

  it('is sent three times in all after 5xx, under the same delivery id', async () => {
    await simulator.install(app.url);
    const [push] = simulator.pullRequests.openPullRequest({ repository: 'shop' }).notices;
    app.statuses.push(503, 500, 204);
    expect(push === undefined ? null : await simulator.deliver(push)).toStrictEqual({ status: 204, attempts: 3 });
    const attempts = app.received.slice(1);
    expect(attempts.map(({ headers }) => headers['x-attempt-number'])).toStrictEqual(['1', '2', '3']);
    expect(new Set(attempts.map(({ headers }) => headers['x-request-uuid'])).size).toBe(1);
  });

  it('is not repeated after a refusal', async () => {
    await simulator.install(app.url);
    const [push] = simulator.pullRequests.openPullRequest({ repository: 'shop' }).notices;
    app.statuses.push(401);
    expect(push === undefined ? null : await simulator.deliver(push)).toStrictEqual({ status: 401, attempts: 1 });
  });

  it('of more than 256 KB is dropped silently', async () => {
    await simulator.install(app.url);
    const title = 'x'.repeat(300_000);
    const { notices } = simulator.pullRequests.openPullRequest({ repository: 'shop', title });
    const deliveries = await simulator.deliverAll(notices);
    expect(deliveries.map(({ attempts }) => attempts)).toStrictEqual([1, 0]);
  });
});

describe('A page address', () => {
  it('has its context parameters filled in and covered by the signature', async () => {
    await simulator.install(app.url);
    const address = simulator.pageUrl('workspace');
    const [workspace] = simulator.world.workspaces;
    expect(address).toContain(`ws=${encodeURIComponent(workspace?.uuid ?? '')}`);
    const token = new URL(address).searchParams.get('jwt') ?? '';
    const claims = jwt.verify(token, app.connection.secret, { ignoreExpiration: true }) as JwtPayload;
    const qsh = createQueryStringHash(fromMethodAndUrl('GET', address), false, `${app.url}/base`);
    expect(claims['qsh']).toBe(qsh);
  });

  it('keeps placeholders that cannot be filled', async () => {
    await simulator.install(app.url);
    expect(simulator.pageUrl('repository-panel')).toContain('b={branch.name}');
  });
});
