import { createSampleWorld } from './world/growth/sample-world';
import { startSimulator, type Simulator } from './simulator';
import { connect, exchange, signExchange, startTestApp, testAppKey, type TestApp } from './test-app';
import type { Ask } from './ask';
import type { PullRequest, Repository } from './world/model';

const start = Date.UTC(2026, 10, 20, 15, 30);
const time = { at: start };
const clock = { now: () => time.at };
const world = createSampleWorld(3, start);

let app: TestApp;
let simulator: Simulator;
let ask: Ask;

beforeAll(async () => {
  app = await startTestApp();
  simulator = await startSimulator({ world, appKey: testAppKey, clock });
  ask = await connect(simulator, app);
});

afterAll(async () => {
  await simulator.close();
  await app.close();
});

function repository(slug: string): Repository {
  return simulator.room.enter({ repository: slug }).repository;
}

function findPullRequest(slug: string, matches: (one: PullRequest) => boolean): PullRequest {
  const found = [...repository(slug).pullRequests.values()].find(matches);
  if (found === undefined) throw new Error(`No such pull request in ${slug}.`);
  return found;
}

interface PageBody {
  readonly values: Record<string, unknown>[];
  readonly next?: string;
  readonly size?: number;
}

async function readAll(path: string): Promise<Record<string, unknown>[]> {
  const values: Record<string, unknown>[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = (await ask(next)).body as PageBody;
    values.push(...page.values);
    next = page.next;
  }
  return values;
}

const base = '/2.0/repositories/acme/payments';

describe('The token exchange', () => {
  it('gives a token for a token that the app signed', async () => {
    expect(await exchange(simulator, signExchange(simulator, app))).toMatchObject({ status: 200 });
  });

  it.each([
    ['another app key', { iss: 'other' }],
    ['another client key', { sub: 'connection:1' }],
    ['a hash of another address', { qsh: 'context-qsh' }],
    ['an expired token', { exp: start / 1000 - 60 }],
  ])('refuses %s', async (_what, claims) => {
    expect(await exchange(simulator, signExchange(simulator, app, claims))).toMatchObject({ status: 400 });
  });

  it('is what opens the API: other tokens are refused', async () => {
    const response = await fetch(`${simulator.url}/2.0/user`, { headers: { authorization: 'Bearer wrong' } });
    expect(response.status).toBe(401);
  });
});

describe('The lists', () => {
  it('refuse pages of more than fifty pull requests, and ignore the state beside a query', async () => {
    const refused = await ask(`${base}/pullrequests?pagelen=100`);
    expect([refused.status, refused.text]).toStrictEqual([
      400,
      '{"type":"error","error":{"message":"Invalid pagelen"}}',
    ]);
    const open = (await ask(`${base}/pullrequests?state=MERGED&q=state%3D%22OPEN%22&pagelen=50`)).body as PageBody;
    expect(new Set(open.values.map(({ state }) => state))).toStrictEqual(new Set(['OPEN']));
  });

  it('show only open pull requests by default, without participants', async () => {
    const page = (await ask(`${base}/pullrequests`)).body as PageBody;
    expect(page.values.every(({ state, participants }) => state === 'OPEN' && participants === undefined)).toBe(true);
    expect(page.values[0]).not.toHaveProperty('merged_on');
  });

  it('give every pull request once over all pages', async () => {
    const states = 'state=OPEN&state=MERGED&state=DECLINED&state=SUPERSEDED';
    const all = await readAll(`${base}/pullrequests?${states}&pagelen=50&sort=-updated_on`);
    expect(new Set(all.map(({ id }) => id)).size).toBe(repository('payments').pullRequests.size);
    expect(all).toHaveLength(repository('payments').pullRequests.size);
  });

  it('give the activity of the whole repository, newest first, by opaque cursors', async () => {
    const first = (await ask(`${base}/pullrequests/activity?pagelen=50`)).body as PageBody;
    expect(first.next).toMatch(/[?&]ctx=[0-9a-z]{4,}/u);
    expect(first.size).toBeUndefined();
    const activities = [...repository('payments').pullRequests.values()].flatMap((one) => one.activities);
    expect(await readAll(`${base}/pullrequests/activity?pagelen=50`)).toHaveLength(activities.length);
  });

  it('walk commits by cursors and refuse page numbers', async () => {
    expect((await ask(`${base}/commits?page=2`)).status).toBe(400);
    const hashes = (await readAll(`${base}/commits/master?pagelen=100`)).map(({ hash }) => String(hash));
    const place = new Map(hashes.map((hash, index) => [hash, index]));
    const commits = hashes.flatMap((hash) => repository('payments').commits.get(hash) ?? []);
    expect(
      commits.every(({ hash, parents }) => parents.every((one) => (place.get(one) ?? 0) > (place.get(hash) ?? 0))),
    ).toBe(true);
  });
});

describe('A pull request', () => {
  it('shortens hashes to twelve characters, which lead to the commit', async () => {
    const merged = findPullRequest('payments', ({ state }) => state === 'MERGED');
    const shown = (await ask(`${base}/pullrequests/${merged.id}`)).body as { merge_commit: { hash: string } };
    expect(shown.merge_commit.hash).toHaveLength(12);
    const commit = (await ask(`${base}/commit/${shown.merge_commit.hash}`)).body as { hash: string };
    expect(commit.hash).toBe(merged.mergeHash);
  });

  it('lists its commits newest first while the branch is there, and none afterwards', async () => {
    const { branches } = repository('payments');
    const isThere = (one: PullRequest): boolean => one.source.fork === null && branches.has(one.source.branch);
    const kept = findPullRequest('payments', (one) => isThere(one) && one.commits.length > 1 && one.id % 7 !== 0);
    const listed = await readAll(`${base}/pullrequests/${kept.id}/commits`);
    expect(listed.map(({ hash }) => hash)).toStrictEqual([...kept.commits].reverse());
    const gone = findPullRequest('payments', (one) => !isThere(one) && one.source.fork === null);
    expect(await readAll(`${base}/pullrequests/${gone.id}/commits`)).toStrictEqual([]);
  });

  it('has neither source repository nor commits once its fork is gone', async () => {
    const forked = findPullRequest('storefront-web', ({ source }) => source.isForkGone);
    const path = `/2.0/repositories/acme/storefront-web/pullrequests/${forked.id}`;
    expect((await ask(path)).body).toMatchObject({ source: { repository: null, commit: null } });
    expect((await ask(`${path}/commits`)).status).toBe(404);
  });

  it('leads to its diffstat by a redirect to both ends', async () => {
    const { status, headers } = await ask(`${base}/pullrequests/5/diffstat`);
    expect(status).toBe(302);
    const location = headers.get('location') ?? '';
    expect(location).toMatch(/\/diffstat\/acme\/payments:[0-9a-f]{12}%0D[0-9a-f]{12}\?from_pullrequest_id=5$/u);
    expect(((await ask(location)).body as PageBody).values.length).toBeGreaterThan(0);
  });
});

describe('Addresses', () => {
  it('take uuids in braces, percent-encoded, as well as slugs', async () => {
    const workspace = encodeURIComponent(world.workspaces[0]?.uuid ?? '');
    const uuid = encodeURIComponent(repository('payments').uuid);
    expect((await ask(`/2.0/repositories/${workspace}/${uuid}`)).body).toMatchObject({ slug: 'payments' });
  });

  it('of which there is nothing are answered with nine bytes', async () => {
    const { status, text } = await ask('/2.0/nothing/here');
    expect([status, text]).toStrictEqual([404, 'Not Found']);
  });

  it('give groups by slug alone, and to administrators alone', async () => {
    const [workspace] = world.workspaces;
    expect(Array.isArray((await ask('/1.0/groups/acme/')).body)).toBe(true);
    expect((await ask(`/1.0/groups/${encodeURIComponent(workspace?.uuid ?? '')}/`)).status).toBe(404);
    if (workspace !== undefined) workspace.areGroupsReadable = false;
    expect((await ask('/1.0/groups/acme/')).status).toBe(403);
    if (workspace !== undefined) workspace.areGroupsReadable = true;
  });
});

describe('Limits and faults', () => {
  afterEach(() => {
    simulator.window.limits = {};
    simulator.faults.rates = {};
  });

  it('refuse requests over the budget of a rolling hour and say when to come back', async () => {
    time.at += 3 * 3_600_000;
    const again = await exchange(simulator, signExchange(simulator, app));
    const headers = { authorization: `Bearer ${again.accessToken}` };
    simulator.window.limits = { requestsPerHour: 2, retryAfter: 'seconds' };
    const statuses = [];
    for (let index = 0; index < 3; index += 1) {
      const response = await fetch(`${simulator.url}/2.0/user`, { headers });
      statuses.push([response.status, response.headers.get('retry-after')]);
    }
    expect(statuses).toStrictEqual([
      [200, null],
      [200, null],
      [429, '3600'],
    ]);
    time.at += 3_600_000;
    expect((await fetch(`${simulator.url}/2.0/user`, { headers })).status).toBe(200);
  });

  it('break answers as often as asked, and note every request', async () => {
    simulator.requests.clear();
    simulator.faults.rates = { serverErrors: 1 };
    expect((await ask('/2.0/user')).status).toBeGreaterThanOrEqual(500);
    simulator.faults.rates = { resets: 1 };
    await expect(ask('/2.0/user')).rejects.toThrow('fetch failed');
    expect(simulator.requests.entries.map(({ route }) => route)).toStrictEqual(['2.0/user', '2.0/user']);
    expect(simulator.requests.countByRoute()).toStrictEqual({ '2.0/user': 2 });
  });
});
