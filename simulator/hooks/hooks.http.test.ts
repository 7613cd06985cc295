import { createHmac } from 'node:crypto';
import { createAccount } from '../world/people';
import { createEmptyWorld } from '../world/growth/sample-world';
import { startSimulator, type Simulator } from '../simulator';
import { createAsk, type Ask } from '../ask';
import { startTestApp, testAppKey, type TestApp } from '../test-app';
import { signBody } from './deliver-to-hooks';

const start = Date.UTC(2026, 10, 20, 12);
const ofWorkspace = '/2.0/workspaces/acme/hooks';
const ofShop = '/2.0/repositories/acme/shop/hooks';
let simulator: Simulator;
let app: TestApp;
let ask: Ask;

beforeEach(async () => {
  app = await startTestApp();
  const people = [createAccount('Ada Owner'), createAccount('Ben Author')];
  const world = createEmptyWorld({ slug: 'acme', people });
  const options = { world, appKey: testAppKey, clock: { now: () => start }, answerWithinMs: 500 };
  simulator = await startSimulator(options);
  simulator.repositories.createRepository({ slug: 'shop' });
  simulator.repositories.createRepository({ slug: 'pay' });
  ask = createAsk(simulator, simulator.credentials.createWorkspaceToken().authorization);
});
afterEach(async () => {
  await simulator.close();
  await app.close();
});

interface Shown {
  readonly uuid: string;
  readonly secret_set: boolean;
}

const describeHook = (more: object = {}) => ({
  description: 'Ours',
  url: `${app.url}/notices/key`,
  active: true,
  secret: 'a very secret secret',
  events: ['pullrequest:created', 'pullrequest:fulfilled'],
  ...more,
});
const make = async (path = ofWorkspace, more: object = {}): Promise<Shown> =>
  (await ask(path, { method: 'POST', body: describeHook(more) })).body as Shown;
const open = (repository = 'shop') =>
  simulator.deliverAll(simulator.pullRequests.openPullRequest({ repository, title: 'Ünïcödé\u200c' }).notices);

describe('A webhook', () => {
  it('is made, read, changed and deleted, and its secret is never shown', async () => {
    const { status, headers, text, body } = await ask(ofWorkspace, { method: 'POST', body: describeHook() });
    expect([status, text.includes('very secret')]).toEqual([201, false]);
    expect(body).toMatchObject({ description: 'Ours', subject_type: 'workspace', active: true, secret_set: true });
    const one = headers.get('location') ?? '';
    expect((await ask(one)).body).toEqual(body);
    expect((await ask(ofWorkspace)).body).toMatchObject({ size: 1, values: [body] });
    const url = `${app.url}/elsewhere`;
    expect((await ask(one, { method: 'PUT', body: { url } })).body).toMatchObject({ url, secret_set: true });
    expect((await ask(one, { method: 'PUT', body: { secret: null } })).body).toMatchObject({ url, secret_set: false });
    expect((await ask(one, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(one)).status).toBe(404);
  });

  it.each([
    ['no address', { url: undefined }],
    ['an address that is none', { url: 'nowhere' }],
    ['one unknown event', { events: ['repo:push', 'repo:exploded'] }],
    ['no event', { events: [] }],
    ['a secret that is too long', { secret: 'x'.repeat(129) }],
  ])('with %s is refused, and nothing is made', async (_what, more) => {
    const { status, body } = await ask(ofWorkspace, { method: 'POST', body: describeHook(more) });
    expect([status, body]).toMatchObject([400, { type: 'error', error: { message: 'Bad request' } }]);
    expect((await ask(ofWorkspace)).body).toMatchObject({ size: 0 });
  });

  it('of a workspace is for its owners, whatever the scopes', async () => {
    const { credentials, access } = simulator;
    const ben = createAsk(simulator, credentials.createApiToken('Ben Author').authorization);
    const narrow = createAsk(simulator, credentials.createRepositoryToken('shop').authorization);
    const blind = createAsk(simulator, credentials.createWorkspaceToken({ scopes: ['webhook'] }).authorization);
    const post = { method: 'POST', body: describeHook() };
    const statuses = async (): Promise<number[]> =>
      Promise.all([ben, narrow, blind].map(async (one) => (await one(ofWorkspace, post)).status));
    expect(await statuses()).toEqual([403, 403, 403]);
    access.makeOwner({ person: 'Ben Author' });
    expect(await statuses()).toEqual([201, 403, 403]);
    expect((await narrow(ofShop, post)).status).toBe(201);
  });

  it('of a repository needs the right to administer it, and there are fifty at most', async () => {
    const ben = createAsk(simulator, simulator.credentials.createApiToken('Ben Author').authorization);
    expect((await ben(ofShop)).status).toBe(403);
    simulator.access.grant({ person: 'Ben Author', repository: 'shop', right: 'admin' });
    expect((await ben(ofShop)).status).toBe(200);
    for (let count = 0; count < 50; count += 1) await make(ofShop);
    expect((await ask(ofShop, { method: 'POST', body: describeHook() })).status).toBe(400);
    expect((await ask('/2.0/repositories/acme/pay/hooks')).body).toMatchObject({ size: 0 });
  });
});

describe('A notice', () => {
  it('comes plain, signed over its bytes, to the events that were asked for', async () => {
    const { uuid } = await make();
    const deliveries = await open();
    expect(deliveries).toMatchObject([{ attempts: 0 }, { status: 204, attempts: 1, hooks: [{ hookUuid: uuid }] }]);
    const [received, ...others] = app.received;
    expect(others).toEqual([]);
    expect(received?.headers).toMatchObject({
      'x-event-key': 'pullrequest:created',
      'x-hook-uuid': uuid.slice(1, -1),
      'x-attempt-number': '1',
      'x-hub-signature': `sha256=${createHmac('sha256', 'a very secret secret')
        .update(received?.body ?? '')
        .digest('hex')}`,
    });
    expect(received?.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(received?.body ?? '')).toMatchObject({ pullrequest: { title: 'Ünïcödé\u200c' }, actor: {} });
  });

  it('comes to apps and hooks alike, each under an id of its own', async () => {
    await simulator.install(app.url);
    app.received.length = 0;
    const hooks = [await make(), await make(ofShop, { secret: '' })];
    await make('/2.0/repositories/acme/pay/hooks');
    await make(ofWorkspace, { active: false });
    await open();
    const created = app.received.filter(({ headers }) => headers['x-event-key'] === 'pullrequest:created');
    expect(created.map(({ path }) => path)).toEqual(['/base/notices', '/notices/key', '/notices/key']);
    expect(new Set(created.map(({ headers }) => headers['x-request-uuid'])).size).toBe(3);
    expect(created.slice(1).map(({ headers }) => 'x-hub-signature' in headers)).toEqual(
      hooks.map(({ secret_set }) => secret_set),
    );
    expect(JSON.parse(created[0]?.body ?? '')).toMatchObject({ event: 'pullrequest:created', data: {} });
  });

  it('is sent three times in all after 5xx or silence, under the same id', async () => {
    await make();
    app.statuses.push(503, 500);
    expect((await open())[1]).toMatchObject({ status: 204, attempts: 3 });
    const ids = app.received.map(({ headers }) => headers['x-request-uuid']);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
    app.statuses.push(401);
    expect((await open())[1]).toMatchObject({ status: 401, attempts: 1 });
    await app.close();
    expect((await open())[1]).toMatchObject({ status: null, attempts: 3 });
  });

  it('is signed as Bitbucket documents it', () => {
    expect(signBody("It's a Secret to Everybody", 'Hello World!')).toBe(
      'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9',
    );
  });
});
