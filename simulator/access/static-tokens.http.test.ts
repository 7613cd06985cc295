import { createAccount } from '../world/people';
import { createEmptyWorld } from '../world/growth/sample-world';
import { startSimulator, type Simulator } from '../simulator';
import { createAsk, type Ask } from '../ask';
import { testAppKey } from '../test-app';
import type { StaticToken } from './static-token';

const start = Date.UTC(2026, 10, 20, 12);
const time = { at: start };
const minute = 60_000;
const shop = '/2.0/repositories/acme/shop';
let simulator: Simulator;

beforeEach(async () => {
  time.at = start;
  const people = [createAccount('Ada Owner'), createAccount('Ben Author')];
  const world = createEmptyWorld({ slug: 'acme', people }, { slug: 'other', people: [createAccount('Olga Other')] });
  simulator = await startSimulator({ world, appKey: testAppKey, clock: { now: () => time.at } });
  simulator.repositories.createRepository({ slug: 'shop' });
  simulator.repositories.createRepository({ slug: 'pay', project: 'MONEY' });
  simulator.repositories.createRepository({ slug: 'else', workspace: 'other' });
});
afterEach(() => simulator.close());

const asks = (token: StaticToken): Ask => createAsk(simulator, token.authorization);
const statusesOf = async (token: StaticToken, ...paths: string[]): Promise<number[]> => {
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await asks(token)(path)).status);
  return statuses;
};
const slugsOf = async (token: StaticToken, workspace = 'acme'): Promise<unknown[] | number> => {
  const { status, body } = await asks(token)(`/2.0/repositories/${workspace}?sort=slug`);
  return status === 200 ? (body as { values: { slug: string }[] }).values.map(({ slug }) => slug) : status;
};

describe('An access token', () => {
  it('of a workspace reaches all its repositories, and nothing private of another', async () => {
    const token = simulator.credentials.createWorkspaceToken();
    expect(await slugsOf(token)).toEqual(['pay', 'shop']);
    expect(await slugsOf(token, 'other')).toBe(404);
    simulator.access.setPrivacy({ workspace: 'other', isPrivate: false });
    simulator.access.setPrivacy({ workspace: 'other', repository: 'else', isPrivate: false });
    expect(await slugsOf(token, 'other')).toEqual(['else']);
    expect(await statusesOf(token, '/2.0/workspaces/other', '/2.0/workspaces/other/members')).toEqual([200, 403]);
  });

  it('of a project or repository lists its own alone, and may not read the workspace', async () => {
    const { credentials } = simulator;
    expect(await slugsOf(credentials.createProjectToken('MONEY'))).toEqual(['pay']);
    const narrow = credentials.createRepositoryToken('shop');
    expect(await slugsOf(narrow)).toEqual(['shop']);
    expect(await statusesOf(narrow, shop, '/2.0/repositories/acme/pay', '/2.0/workspaces/acme')).toEqual([
      200, 404, 403,
    ]);
    simulator.room.findWorkspace('acme').habits.workspaceForNarrowTokens = 'shown';
    expect(await statusesOf(narrow, '/2.0/workspaces/acme')).toEqual([200]);
  });

  it('may not query permissions, nor groups, whatever its scopes', async () => {
    const paths = [
      '/2.0/workspaces/acme/permissions?q=permission%3D%22owner%22',
      '/2.0/workspaces/acme/permissions/repositories',
      '/2.0/user/workspaces/acme/permission',
      '/2.0/user/workspaces/acme/permissions/repositories',
      '/1.0/groups/acme/',
    ];
    const token = simulator.credentials.createWorkspaceToken();
    expect(await statusesOf(token, ...paths)).toEqual([403, 403, 403, 403, 403]);
    expect((await asks(token)('/2.0/user')).body).toMatchObject({ type: 'app_user', display_name: 'token-1' });
  });

  it('without a scope is told which, and what it has', async () => {
    const token = simulator.credentials.createWorkspaceToken({ scopes: ['account', 'pullrequest'] });
    const pages = [`${shop}/pullrequests?pagelen=1`, shop, `${shop}/deployments?pagelen=1`];
    expect(await statusesOf(token, ...pages)).toEqual([200, 200, 403]);
    expect((await asks(token)(`${shop}/deployments`)).body).toMatchObject({
      error: { detail: { required: ['pipeline'], granted: ['account', 'pullrequest'] } },
    });
    token.scopes = ['pipeline', 'repository'];
    expect(await statusesOf(token, ...pages)).toEqual([403, 200, 200]);
  });

  it('finds members by the e-mail addresses that are asked for', async () => {
    const ask = asks(simulator.credentials.createWorkspaceToken());
    const query = 'q=user.email%20IN%20(%22ben.author%40acme.example%22)';
    const plain = (await ask(`/2.0/workspaces/acme/members?${query}`)).body as { values: unknown[] };
    expect(plain.values).toMatchObject([{ user: { display_name: 'Ben Author' } }]);
    expect(JSON.stringify(plain)).not.toContain('acme.example');
    const { text } = await ask(`/2.0/workspaces/acme/members?${query}&fields=%2Bvalues.user.email`);
    expect(text).toContain('ben.author@acme.example');
  });
});

describe('A token', () => {
  it('is refused when it is unknown, expired, revoked or sent the wrong way', async () => {
    const token = simulator.credentials.createWorkspaceToken({ expiresAt: start + minute });
    const own = simulator.credentials.createApiToken('Ben Author');
    const wrongly = [
      'Bearer nothing',
      `Bearer ${own.secret}`,
      `Basic ${Buffer.from(`ben.author@acme.example:${token.secret}`).toString('base64')}`,
      `Basic ${Buffer.from(`ada.owner@acme.example:${own.secret}`).toString('base64')}`,
    ];
    for (const authorization of wrongly) {
      const { status, body } = await createAsk(simulator, authorization)(shop);
      expect([status, body]).toMatchObject([401, { type: 'error' }]);
    }
    expect(await statusesOf(token, shop)).toEqual([200]);
    time.at += minute;
    expect(await statusesOf(token, shop)).toEqual([401]);
    own.revoke();
    expect(await statusesOf(own, shop)).toEqual([401]);
  });

  it('keeps its old secret for half an hour when it is rotated', async () => {
    const token = simulator.credentials.createWorkspaceToken();
    const before = createAsk(simulator, token.authorization);
    token.rotate();
    time.at += 29 * minute;
    expect((await before(shop)).status).toBe(200);
    time.at += minute;
    expect([(await before(shop)).status, ...(await statusesOf(token, shop))]).toEqual([401, 200]);
  });

  it('tells its own limit and when it is nearly used up, and shares a person’s', async () => {
    const token = simulator.credentials.createWorkspaceToken({ requestsPerHour: 4000 });
    const first = (await asks(token)(shop)).headers;
    const names = ['x-ratelimit-limit', 'x-ratelimit-nearlimit', 'x-ratelimit-resource'];
    expect(names.map((name) => first.get(name))).toEqual(['4000', 'false', 'api']);
    token.requestsPerHour = 2;
    expect((await asks(token)(shop)).headers.get('x-ratelimit-nearlimit')).toBe('true');
    expect(await statusesOf(token, shop)).toEqual([429]);
    simulator.window.limits = { requestsPerHour: 1 };
    const [one, other] = [1, 2].map(() => simulator.credentials.createApiToken('Ben Author'));
    expect(one === undefined ? [] : await statusesOf(one, shop)).toEqual([200]);
    expect(other === undefined ? [] : await statusesOf(other, shop)).toEqual([429]);
  });

  it('is noted by its kind, never by its secret', async () => {
    await asks(simulator.credentials.createWorkspaceToken())('/2.0/user?access_token=hidden&pagelen=1');
    expect(simulator.requests.entries).toMatchObject([
      { caller: 'access_token', route: '2.0/user', path: '/2.0/user?access_token=…&pagelen=1' },
    ]);
  });
});

describe('An API token', () => {
  it('sees what its person sees', async () => {
    const token = simulator.credentials.createApiToken('Ben Author');
    expect(await slugsOf(token)).toEqual(['pay', 'shop']);
    simulator.access.setRights({ person: 'Ben Author', rights: { pay: 'read' } });
    expect(await slugsOf(token)).toEqual(['pay']);
    expect(await statusesOf(token, shop)).toEqual([404]);
    simulator.access.removeMember({ person: 'Ben Author' });
    expect(await slugsOf(token)).toBe(404);
  });

  it('has scopes that do not imply each other', async () => {
    const token = simulator.credentials.createApiToken('Ben Author', { scopes: ['read:pullrequest:bitbucket'] });
    expect(await statusesOf(token, `${shop}/pullrequests`, shop)).toEqual([200, 403]);
  });

  it('reads groups and rights of others for administrators alone', async () => {
    const paths = ['/1.0/groups/acme/', '/2.0/workspaces/acme/permissions/repositories'];
    const token = simulator.credentials.createApiToken('Ben Author');
    expect(await statusesOf(token, ...paths)).toEqual([403, 403]);
    simulator.access.makeOwner({ person: 'Ben Author' });
    expect(await statusesOf(token, ...paths)).toEqual([200, 200]);
  });
});

describe('Without a token', () => {
  it('the events of webhooks and what is public can be read', async () => {
    const ask = createAsk(simulator, null);
    const events = (await ask('/2.0/hook_events/workspace?pagelen=100')).body as { values: { event: string }[] };
    expect(events.values.map(({ event }) => event)).toContain('pullrequest:push');
    expect((await ask('/2.0/hook_events/team')).status).toBe(404);
    expect([(await ask(shop)).status, (await ask('/2.0/user')).status]).toEqual([401, 401]);
    simulator.access.setPrivacy({ repository: 'shop', isPrivate: false });
    expect((await ask(shop)).status).toBe(200);
  });
});
