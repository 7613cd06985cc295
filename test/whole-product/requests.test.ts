import { waitUntil } from '../support/product/wait-until';
import { startProduct, type RunningProduct, type ProductOptions } from '../support/product/start-product';
import { inOrder, listAll, toItem, without } from '../support/product/compare-with-world';
import { createMixedWorld, mixedNow } from '../support/product/mixed-world';
import { readNaiveFacts } from '../support/naive/read-world';
import { testClock } from '../support/test-clock';
import { createLargeWorld } from '../../simulator/world/growth/sample-world';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';
import type { MergeStrategy, Workspace, World } from '../../simulator/world/model';

const everything = 'from=2023-01-01&to=2024-12-31';
const open: RunningProduct[] = [];

async function start(options: ProductOptions): Promise<RunningProduct> {
  const product = await startProduct(options);
  open.push(product);
  return product;
}

afterEach(async () => {
  for (const product of open.splice(0)) await product.close();
});

function workspaceOf(world: World): Workspace {
  const [workspace] = world.workspaces;
  if (workspace === undefined) throw new Error('The world is empty.');
  return workspace;
}

async function expectWhole(product: RunningProduct): Promise<void> {
  const facts = readNaiveFacts(workspaceOf(product.simulator.world));
  const found = await listAll(product, '/deployments', everything);
  expect(without(found, 'url', 'teams_as_of')).toEqual(inOrder(facts.deployments.map(toItem), 'deploy_id'));
}

/** Requests to the API for everything but sizes. */
function countRequests({ simulator }: RunningProduct): number {
  return simulator.requests.entries.filter(({ route }) => !/diffstat|oauth2/u.test(route)).length;
}

interface PlainWorld {
  readonly strategy: MergeStrategy;
  readonly branches: 'kept' | 'deleted';
  readonly pullRequests: number;
}

function createWorld({ strategy, branches, pullRequests: count }: PlainWorld): World {
  const world = createLargeWorld({ pullRequests: count, repositories: 1, strategy, now: mixedNow, seed: 3 });
  for (const { branches: names, pullRequests } of workspaceOf(world).repositories.values()) {
    for (const { state, source } of pullRequests.values()) {
      if (state === 'MERGED' && branches === 'deleted') names.delete(source.branch);
      if (state === 'MERGED' && branches === 'kept' && source.fork === null) names.set(source.branch, source.hash);
    }
  }
  return world;
}

it.each([
  // With many pull requests alone, lists and the walk of the history are a small part.
  ['merge_commit', 'deleted', 0.28, 120],
  ['squash', 'deleted', 1.3, 60],
  ['fast_forward', 'kept', 1.3, 60],
] as const)('a repository of %s with branches %s costs at most %d requests a pull request', async (...of) => {
  const [strategy, branches, most, pullRequests] = of;
  const product = await start({ world: createWorld({ strategy, branches, pullRequests }) });
  await product.install();
  await product.untilImported();

  expect(countRequests(product) / pullRequests).toBeLessThanOrEqual(most);
  await expectWhole(product);
});

it('every request is counted, and none that was not sent', async () => {
  const product = await start({ world: createWorld({ strategy: 'squash', branches: 'deleted', pullRequests: 30 }) });
  await product.install();
  await product.untilImported();
  await product.untilQuiet();
  const status = await product.get<ImportStatus>('/import');
  // Without the two that prove the install, before there is a budget to count them in.
  const sent = product.simulator.requests.entries.filter(({ route }) => !/oauth2/u.test(route)).length;
  expect(status.requests.used).toBe(sent - 2);
});

it('a mixed workspace costs at most 1.3 requests a pull request', async () => {
  const product = await start({ world: createMixedWorld({ seed: 11, pullRequests: 30 }) });
  await product.install();
  await product.untilImported();
  const repositories = [...workspaceOf(product.simulator.world).repositories.values()];
  const count = repositories.reduce((sum, { pullRequests }) => sum + pullRequests.size, 0);

  expect(countRequests(product) / count).toBeLessThanOrEqual(1.3);
});

it.each(['seconds', 'date'] as const)(
  'after a 429 nothing is asked before the time it names in %s',
  async (retryAfter) => {
    const world = createMixedWorld({ seed: 5, pullRequests: 15 });
    const product = await start({ world });
    const { window, requests } = product.simulator;
    await product.install();
    await waitUntil(async () => (requests.entries.length > 20 ? true : null), { withinMs: 20_000, what: 'requests' });
    // What was used until now leaves the hour in two seconds: until then everything is refused.
    const freeAt = Math.ceil((testClock.now() + 2000) / 1000) * 1000;
    const admit = window.admit.bind(window);
    window.admit = (key) => {
      if (testClock.now() >= freeAt) return admit(key);
      const seconds = String(Math.ceil((freeAt - testClock.now()) / 1000));
      return { 'retry-after': retryAfter === 'seconds' ? seconds : new Date(freeAt).toUTCString() };
    };
    await product.untilImported();

    const refused = requests.entries.filter(({ status }) => status === 429);
    const first = refused[0]?.at ?? 0;
    // Those under way at the moment of the refusal could not know.
    expect(refused.length).toBeLessThanOrEqual(3);
    expect(requests.entries.filter(({ at }) => at > first + 250 && at < freeAt)).toEqual([]);
    await expectWhole(product);
  },
);

it('faults in a twentieth of the answers change nothing but the time', async () => {
  const faults = { seed: 9, serverErrors: 0.02, resets: 0.01, truncated: 0.01, html: 0.01 };
  const product = await start({ world: createMixedWorld({ seed: 21, pullRequests: 25 }), simulator: { faults } });
  await product.install();
  const status = await product.untilImported();

  expect(status.problems).toEqual([]);
  await expectWhole(product);
});

it.each([403, 404, 500])('a repository that answers %d for ever is named, and the others finish', async (status) => {
  const world = createMixedWorld({ seed: 31, pullRequests: 12, strategies: ['squash', 'merge_commit'] });
  const product = await start({ world });
  const [broken] = [...workspaceOf(world).repositories.values()];
  const answer = product.simulator.answer.bind(product.simulator);
  product.simulator.answer = async (request, response) => {
    const isBroken = decodeURIComponent(request.url ?? '').includes(`${broken?.uuid ?? ''}/pullrequests`);
    if (!isBroken) return answer(request, response);
    response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>No</h1>');
  };
  await product.install();
  const found = await product.untilImported();

  expect(found.problems).toEqual([
    { repository: broken?.slug, message: expect.stringMatching(/^Bitbucket .+\.$/u) as unknown },
  ]);
  expect(found.repositories).toEqual({ total: 4, done: 3, failed: 1 });
  const facts = readNaiveFacts(workspaceOf(world));
  const others = facts.deployments.filter(({ system }) => system.uuid !== broken?.uuid);
  const deployments = await listAll(product, '/deployments', everything);
  expect(without(deployments, 'url', 'teams_as_of')).toEqual(inOrder(others.map(toItem), 'deploy_id'));
});

it('without the groups the import is done all the same, and the settings page says why there are no teams', async () => {
  const world = createMixedWorld({ seed: 41, pullRequests: 8, strategies: ['squash'] });
  workspaceOf(world).areGroupsReadable = false;
  const product = await start({ world });
  await product.install();
  const status = await product.untilImported();

  expect(status.problems).toEqual([]);
  const headers = { authorization: `Bearer ${await product.openPage('settings')}` };
  const page = await fetch(`${product.app.url}/pages/settings?section=teams`, { headers });
  expect(await page.text()).toContain('shows the groups of a workspace to its administrators only');
});

it('a workspace without repositories is imported at once', async () => {
  const world = createMixedWorld({ seed: 1, pullRequests: 1 });
  workspaceOf(world).repositories.clear();
  const product = await start({ world });
  await product.install();

  expect(await product.untilImported()).toMatchObject({ state: 'done', repositories: { total: 0 } });
});
