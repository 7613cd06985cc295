import { listAll, without } from '../support/product/compare-with-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import { createChance } from '../../simulator/world/random';
import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import type { SimulatorNotice } from '../../simulator/connect/deliver-notice';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';
import type { Group, MergeStrategy, Repository, World } from '../../simulator/world/model';

const [ada, ben, cleo] = [createAccount('Ada Owner'), createAccount('Ben Author'), createAccount('Cleo Reviewer')];
const repository = 'shop';
const workspace = 'acme';
const open: RunningProduct[] = [];
const minute = 60_000;
const hour = 60 * minute;
/** The same before every product, so that hashes are. */
const createdAt = Date.UTC(2024, 1, 1, 12);
const everything = 'from=2024-01-01&to=2099-12-31';

function createWorld(): World {
  const group = (slug: string, ...members: (typeof ada)[]): Group => ({
    ...{ slug, name: slug },
    memberUuids: members.map(({ uuid }) => uuid),
  });
  const groups = [group('red', ada, ben), group('blue', ben, cleo), group('lonely', ada)];
  return createEmptyWorld({ slug: workspace, people: [ada, ben, cleo], groups });
}

async function start(): Promise<RunningProduct> {
  const product = await startProduct({ world: createWorld() });
  open.push(product);
  return product;
}

afterEach(async () => {
  for (const product of open.splice(0)) await product.close();
});

/** A workspace with one repository, imported, at rest. */
async function startQuiet(strategy: MergeStrategy = 'squash'): Promise<RunningProduct> {
  const product = await start();
  product.simulator.repositories.createRepository({ slug: repository, strategy, at: createdAt });
  await product.install();
  await product.untilImported();
  return product;
}

function findShop({ simulator }: RunningProduct): Repository {
  return simulator.room.enter({ repository }).repository;
}

interface Facts {
  readonly deployments: Record<string, unknown>[];
  readonly incidents: Record<string, unknown>[];
}

async function readFacts(product: RunningProduct): Promise<Facts> {
  await product.untilQuiet();
  return {
    deployments: without(await listAll(product, '/deployments', everything), 'url'),
    incidents: without(await listAll(product, '/incidents', everything), 'url'),
  };
}

/** What happens in the repository, one activity after another; each gives its notices. */
function* live(product: RunningProduct, at: number): Generator<SimulatorNotice[]> {
  const { pullRequests, repositories } = product.simulator;
  const strategies: MergeStrategy[] = ['squash', 'merge_commit', 'rebase', 'squash'];
  for (const [index, strategy] of strategies.entries()) {
    const doing = { repository, by: ben.uuid };
    const openedAt = at + index * hour;
    const opening = { ...doing, at: openedAt, commits: [{ authoredAt: openedAt - 9 * minute }, {}] };
    const { pullRequest, notices } = pullRequests.openPullRequest({
      ...opening,
      ...(index === 2 ? { sourceBranch: 'revert-pr-1' } : index === 3 ? { sourceBranch: 'hotfix/pay' } : {}),
    });
    yield notices;
    const on = { ...doing, id: pullRequest.id };
    yield pullRequests.comment({ ...on, by: cleo.uuid, at: openedAt + minute }).notices;
    yield pullRequests.push({ ...on, at: openedAt + 2 * minute, commits: [{}, {}], force: index === 1 });
    yield pullRequests.approve({ ...on, by: cleo.uuid, at: openedAt + 3 * minute });
    yield pullRequests.merge({ ...on, by: ada.uuid, at: openedAt + 4 * minute, strategy });
  }
  yield repositories.commit({ repository, branch: 'release', at: at + 5 * hour });
  const aside = { repository, by: ben.uuid, destination: 'release', at: at + 6 * hour };
  const { pullRequest, notices } = pullRequests.openPullRequest(aside);
  yield notices;
  yield pullRequests.merge({ repository, id: pullRequest.id, at: at + 7 * hour });
}

const newLife = (): number => Math.floor((testClock.now() - 80 * hour) / 1000) * 1000;

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const chance = createChance(seed);
  const sorted = items.map((item) => ({ item, at: chance.next() })).sort((one, other) => one.at - other.at);
  return sorted.map(({ item }) => item);
}

it('notices lose nothing of squashes with deleted branches, and skip what is no deployment', async () => {
  const product = await startQuiet();
  const at = newLife();
  const notices: SimulatorNotice[] = [];
  for (const told of live(product, at)) {
    notices.push(...told);
    await product.simulator.deliverAll(told);
    await product.untilQuiet();
  }
  const { deployments, incidents } = await readFacts(product);
  const shop = findShop(product);
  const expected = [1, 2, 3, 4].map((id) => ({
    number: id,
    changes: [...(shop.pullRequests.get(id)?.commits ?? [])].sort(),
  }));

  expect(
    deployments.map(({ deploy_id, changes }) => ({
      number: Number(String(deploy_id).split('/').at(-1)),
      changes: (changes as { change_id: string }[]).map((one) => one.change_id).sort(),
    })),
  ).toEqual(expected.reverse());
  expect(deployments.map(({ teams, teams_as_of, complete }) => ({ teams, teams_as_of, complete }))).toEqual(
    expected.map(() => ({ teams: ['blue', 'red'], teams_as_of: 'import', complete: true })),
  );
  expect(incidents.map(({ incident_id, deploy_id }) => [incident_id, deploy_id])).toEqual([
    [`${shop.uuid}/pullrequests/4`, `${shop.uuid}/pullrequests/3`],
    [`${shop.uuid}/pullrequests/3`, `${shop.uuid}/pullrequests/1`],
  ]);

  // All of it once more, twice over and in any order: nothing changes.
  await product.simulator.deliverAll(shuffle([...notices, ...notices], 4));
  expect(await readFacts(product)).toEqual({ deployments, incidents });
});

it.each([1, 2])('notices in any order, some twice, give the facts of notices in order (seed %d)', async (seed) => {
  const one = await startQuiet('merge_commit');
  const other = await startQuiet('merge_commit');
  const at = newLife();
  const inOrder = [...live(one, at)].flat();
  const again = [...live(other, at)].flat();
  await one.simulator.deliverAll(inOrder);
  await other.simulator.deliverAll(shuffle([...again, ...again.slice(5)], seed));

  const [first, second] = [await readFacts(one), await readFacts(other)];
  expect(second).toEqual(first);
  expect(first.deployments).toHaveLength(4);
});

it('branches that exist at the install are read before they go', async () => {
  const product = await start();
  const { pullRequests, repositories } = product.simulator;
  repositories.createRepository({ slug: repository, strategy: 'squash', at: createdAt });
  const { pullRequest } = pullRequests.openPullRequest({ repository, by: ben.uuid, commits: [{}, {}, {}] });
  await product.install();
  await product.untilImported();
  await product.simulator.deliverAll(pullRequests.merge({ repository, id: pullRequest.id, by: ada.uuid }));
  const { deployments } = await readFacts(product);

  expect(deployments).toMatchObject([{ complete: true, teams_as_of: 'merge', teams: ['blue', 'red'] }]);
  expect(deployments[0]?.['changes']).toHaveLength(3);
});

it('the default branch and the teams are those at the merge', async () => {
  const product = await startQuiet('merge_commit');
  const { pullRequests, repositories } = product.simulator;
  await product.simulator.deliverAll(repositories.commit({ repository, branch: 'trunk' }));
  await product.simulator.deliverAll(repositories.setDefaultBranch({ repository, branch: 'trunk' }));
  const propose = (destination: string, by: string) => pullRequests.openPullRequest({ repository, by, destination });
  const into = [propose('trunk', ben.uuid), propose('main', ben.uuid)];
  for (const { pullRequest, notices } of into) {
    await product.simulator.deliverAll(notices);
    await product.simulator.deliverAll(pullRequests.merge({ repository, id: pullRequest.id, by: ada.uuid }));
  }
  const before = await readFacts(product);
  expect(before.deployments).toHaveLength(1);
  expect(before.deployments[0]).toMatchObject({ teams: ['blue', 'red'], teams_as_of: 'merge' });

  repositories.setGroupMembers({ slug: 'red', members: [ada.uuid, cleo.uuid] });
  repositories.setGroupMembers({ slug: 'blue', members: null });
  const session = await product.openPage('settings');
  expect((await product.api('/settings', { method: 'PATCH', session, body: { levels: 'dora-2024' } })).status).toBe(
    200,
  );
  const later = propose('trunk', cleo.uuid);
  await product.simulator.deliverAll(later.notices);
  await product.simulator.deliverAll(pullRequests.merge({ repository, id: later.pullRequest.id, by: ada.uuid }));
  const after = await readFacts(product);

  expect(after.deployments.slice(1)).toEqual(before.deployments);
  expect(after.deployments[0]).toMatchObject({ teams: expect.arrayContaining([]) as unknown });
});

it('a notice that cannot be read is kept and counted, one of an unknown event is taken', async () => {
  const product = await startQuiet();
  const [workspaceUuid, at] = [product.simulator.world.workspaces[0]?.uuid ?? '', testClock.now()];
  const told = (eventKey: string, data: unknown, requestUuid: string): SimulatorNotice => ({
    ...{ workspaceUuid, eventKey, requestUuid, at },
    body: JSON.stringify({ event: eventKey, data }),
  });
  const sent = [
    told('pullrequest:created', { pullrequest: { id: 'seven' } }, '00000000-0000-4000-8000-000000000001'),
    told('repo:push', { nothing: true }, '00000000-0000-4000-8000-000000000002'),
  ];
  const unknown = { ...told('pullrequest:created', {}, '3'), body: JSON.stringify({ event: 'moon:landed', data: {} }) };
  const answers = await product.simulator.deliverAll([...sent, ...sent, unknown]);
  await product.untilQuiet();

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  expect((await product.get<ImportStatus>('/import')).notices).toEqual({ waiting: 0, unreadable: 2 });
});

it('an uninstall ends everything, and a reinstall finds the data', async () => {
  const product = await startQuiet();
  const { pullRequests } = product.simulator;
  const { pullRequest, notices } = pullRequests.openPullRequest({ repository, by: ben.uuid });
  await product.simulator.deliverAll(notices);
  const merged = pullRequests.merge({ repository, id: pullRequest.id, by: ada.uuid });
  await product.simulator.deliverAll(merged);
  const before = await readFacts(product);
  const [session, page] = [await product.openPage(), product.simulator.pageUrl('workspace')];

  expect((await product.simulator.uninstall()).status).toBe(204);
  const installation = product.simulator.findInstallation();
  if (installation !== null) (installation as { isInstalled: boolean }).isInstalled = true;
  const asked = product.simulator.requests.entries.length;
  expect(await product.simulator.deliver(merged[0] as SimulatorNotice)).toMatchObject({ status: 401 });
  expect((await fetch(page)).status).toBe(401);
  expect((await product.api('/deployments', { session })).status).toBe(401);
  expect(product.simulator.requests.entries).toHaveLength(asked);

  expect(await product.install()).toBe(204);
  expect((await product.api('/deployments', { session })).status).toBe(401);
  const fresh = await product.openPage();
  const found = await product.api(`/deployments?${everything}`, { session: fresh });
  expect(without((found.body as { items: Record<string, unknown>[] }).items, 'url')).toEqual(before.deployments);
});
