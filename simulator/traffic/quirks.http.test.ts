import { createEmptyWorld } from '../world/growth/sample-world';
import { startSimulator, type Simulator } from '../simulator';
import { connect, startTestApp, testAppKey, type TestApp } from '../test-app';
import type { Ask } from '../ask';
import { nineBytes, refusedByAllowlist } from './quirks';
import { withItem, withMembers, withoutItems, withoutMergeUpdates } from './wrong-bodies';

const start = Date.UTC(2026, 10, 20, 12);
const time = { at: start };
const shop = { repository: 'shop' };
const base = '/2.0/repositories/acme/shop';
let simulator: Simulator;
let app: TestApp;
let ask: Ask;

beforeEach(async () => {
  time.at = start;
  app = await startTestApp();
  const clock = { now: () => time.at };
  simulator = await startSimulator({ world: createEmptyWorld(), appKey: testAppKey, clock });
  simulator.repositories.createRepository({ slug: 'shop' });
  simulator.repositories.createRepository({ slug: 'pay' });
  for (const repository of ['shop', 'shop', 'pay']) simulator.pullRequests.openPullRequest({ repository });
  ask = await connect(simulator, app);
});

afterEach(async () => {
  await simulator.close();
  await app.close();
});

const statusesOf = async (...paths: string[]): Promise<number[]> => {
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await ask(path)).status);
  return statuses;
};

interface PageBody {
  readonly values: Record<string, unknown>[];
}

const valuesOf = async (path: string): Promise<PageBody['values']> => ((await ask(path)).body as PageBody).values;

describe('A quirk', () => {
  it('meets its route alone, in its repository and of its pull request', async () => {
    const { count } = simulator.quirks.add({
      route: 'activity',
      repository: 'shop',
      number: 2,
      answer: { status: 500 },
    });
    expect(count).toBe(0);
    const paths = ['/pullrequests/2/activity', '/pullrequests/1/activity', '/pullrequests/activity', '/pullrequests/2'];
    expect(await statusesOf(...paths.map((path) => base + path))).toEqual([500, 200, 200, 200]);
    simulator.quirks.add({ route: 'pull_request', repository: 'shop', number: 1, answer: { status: 403 } });
    expect(await statusesOf('/2.0/repositories/acme/pay/pullrequests/1', `${base}/pullrequests/1`)).toEqual([200, 403]);
  });

  it('meets the diffstat of a pull request at both of its addresses', async () => {
    const { headers } = await ask(`${base}/pullrequests/2/diffstat`);
    simulator.quirks.add({ route: 'diffstat', number: 2, answer: { status: 500 } });
    const target = headers.get('location') ?? '';
    expect(await statusesOf(`${base}/pullrequests/2/diffstat`, target)).toEqual([500, 500]);
    expect(await statusesOf(`${base}/pullrequests/1/diffstat`)).toEqual([302]);
  });

  it('meets by an expression what the address says', async () => {
    simulator.quirks.add({ route: /state=MERGED/u, answer: { status: 502 } });
    expect(await statusesOf(`${base}/pullrequests?state=MERGED`, `${base}/pullrequests?state=OPEN`)).toEqual([
      502, 200,
    ]);
  });

  it('lets some answers pass, counts those it made wrong, and ends after its times', async () => {
    const quirk = simulator.quirks.add({ route: 'repository', after: 1, times: 2, answer: { status: 404 } });
    expect(await statusesOf(base, base, base, base)).toEqual([200, 404, 404, 200]);
    expect(quirk.count).toBe(2);
  });

  it('ends at its moment, when it is removed, and when all are', async () => {
    simulator.quirks.add({ route: 'repository', until: start + 60_000, answer: { status: 500 } });
    const removed = simulator.quirks.add({ route: 'groups', answer: { status: 500 } });
    simulator.quirks.add({ route: 'members', answer: { status: 500 } });
    const paths = [base, '/1.0/groups/acme', '/2.0/workspaces/acme/members'];
    expect(await statusesOf(...paths)).toEqual([500, 500, 500]);
    time.at += 60_000;
    removed.remove();
    expect(await statusesOf(...paths)).toEqual([200, 200, 500]);
    simulator.quirks.clear();
    expect(await statusesOf(...paths)).toEqual([200, 200, 200]);
  });

  it('refuses in the words of an error, by the page of an allowlist, or in nine bytes', async () => {
    simulator.quirks.add({ route: 'repository', times: 1, answer: { status: 403 } });
    simulator.quirks.add({ route: 'repository', after: 1, times: 1, answer: refusedByAllowlist });
    simulator.quirks.add({ route: 'repository', after: 2, times: 1, answer: nineBytes });
    const [plain, page, bytes] = [await ask(base), await ask(base), await ask(base)];
    expect(plain).toMatchObject({ status: 403, body: { type: 'error' } });
    expect(page.status).toBe(403);
    expect(page.text).toContain('Your IP address is not on the allowlist.');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect([bytes.status, bytes.text]).toEqual([404, 'Not Found']);
  });

  it('never answers, and is noted as such', async () => {
    simulator.quirks.add({ route: 'groups', answer: { hang: true } });
    simulator.requests.clear();
    const pending = ask('/1.0/groups/acme').then(
      () => 'answered',
      () => 'cut',
    );
    expect(await Promise.race([pending, ask(base).then(() => 'still open')])).toBe('still open');
    expect(simulator.requests.entries.map(({ status }) => status)).toEqual([0, 200]);
    await simulator.close();
    expect(await pending).toBe('cut');
  });

  it('answers rightly after a while', async () => {
    simulator.quirks.add({ route: 'groups', times: 1, answer: { delayMs: 30 } });
    const inOrder: string[] = [];
    await Promise.all([
      ask('/1.0/groups/acme').then(({ status }) => inOrder.push(`groups ${status}`)),
      ask(base).then(({ status }) => inOrder.push(`repository ${status}`)),
    ]);
    expect(inOrder).toEqual(['repository 200', 'groups 200']);
  });
});

describe('A stale answer', () => {
  it('is what was true when the quirk was added, for every list and thing', async () => {
    const routes = ['pull_request', 'pull_request_commits', 'activity', 'repositories', 'groups'] as const;
    for (const route of routes) simulator.quirks.add({ route, times: 1, answer: { stale: true } });
    simulator.pullRequests.push({ ...shop, id: 1, commits: [{}, {}], at: start + 1000 });
    simulator.pullRequests.approve({ ...shop, id: 1, by: 'Cleo Reviewer', at: start + 2000 });
    simulator.repositories.createRepository({ slug: 'new' });
    simulator.repositories.setGroupMembers({ slug: 'core', members: ['Ben Author'] });
    const paths = [`${base}/pullrequests/1/commits`, `${base}/pullrequests/1/activity`, '/2.0/repositories/acme'];
    const count = async (): Promise<number[]> => Promise.all(paths.map(async (path) => (await valuesOf(path)).length));
    expect(await count()).toEqual([1, 1, 2]);
    expect(await count()).toEqual([3, 3, 3]);
    expect((await ask('/1.0/groups/acme')).body).toHaveLength(0);
    expect((await ask('/1.0/groups/acme')).body).toHaveLength(1);
    const hashOf = async (): Promise<string> =>
      ((await ask(`${base}/pullrequests/1`)).body as { source: { commit: { hash: string } } }).source.commit.hash;
    const { hash } = simulator.room.enter(shop).repository.pullRequests.get(1)?.source ?? { hash: '' };
    expect(hash.startsWith(await hashOf())).toBe(false);
    expect(hash.startsWith(await hashOf())).toBe(true);
  });

  it('leads to a next page that goes on with the same list', async () => {
    simulator.quirks.add({ route: 'activity', times: 1, answer: { stale: true } });
    simulator.pullRequests.comment({ ...shop, id: 1, at: start + 1000 });
    const { next } = (await ask(`${base}/pullrequests/1/activity?pagelen=1`)).body as { next?: string };
    expect(next).toBeUndefined();
    simulator.quirks.add({ route: 'activity', times: 1, answer: { stale: true } });
    simulator.pullRequests.comment({ ...shop, id: 1, at: start + 2000 });
    const first = (await ask(`${base}/pullrequests/1/activity?pagelen=1`)).body as { next?: string };
    expect((await ask(first.next ?? '')).body).toMatchObject({ values: [{ update: { state: 'OPEN' } }] });
  });
});

describe('A changed body', () => {
  it('has one item that cannot be read, or lacks some', async () => {
    simulator.pullRequests.push({ ...shop, id: 1 });
    const change = withItem(-1, (item) => ({ ...(item as object), date: 'yesterday' }));
    simulator.quirks.add({ route: 'pull_request_commits', times: 1, answer: { change } });
    const path = `${base}/pullrequests/1/commits?fields=values.date`;
    expect((await valuesOf(path)).map(({ date }) => date === 'yesterday')).toEqual([false, true]);
    const without = withoutItems(({ id }) => id === 2);
    simulator.quirks.add({ route: 'pull_requests', repository: 'shop', answer: { change: without } });
    expect((await valuesOf(`${base}/pullrequests`)).map(({ id }) => id)).toEqual([1]);
  });

  it('has other members, and the world stays as it was', async () => {
    simulator.quirks.add({ route: 'repository', times: 1, answer: { change: withMembers({ mainbranch: null }) } });
    expect((await ask(base)).body).toMatchObject({ mainbranch: null });
    expect((await ask(base)).body).toMatchObject({ mainbranch: { name: 'main' } });
  });

  it('tells of no merge', async () => {
    simulator.pullRequests.merge({ ...shop, id: 1, at: start + 1000 });
    simulator.quirks.add({ route: 'repository_activity', times: 1, answer: { change: withoutMergeUpdates } });
    const countMerges = async (): Promise<number> =>
      (await valuesOf(`${base}/pullrequests/activity`)).filter(({ update }) =>
        JSON.stringify(update).includes('"state":"MERGED"'),
      ).length;
    expect([await countMerges(), await countMerges()]).toEqual([0, 1]);
  });
});
