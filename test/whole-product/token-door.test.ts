import { createTokenOperator } from '../support/product/token-operator';
import { startProduct, untilImported, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import { waitUntil } from '../support/product/wait-until';
import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import type { TokenConnections } from '../../src/doors/access-token/token-connections';

/** A workspace that is connected by a token: its history, its notices, and what happens when the token ends. */

const [ada, ben] = [createAccount('Ada Owner'), createAccount('Ben Author')];
const repository = 'shop';
const minute = 60_000;
const hour = 60 * minute;
const createdAt = Date.UTC(2024, 1, 1, 12);
const unproved = { email: null, repositories: null, expiresAt: null, withHook: true };

let product: RunningProduct;
let operator: TokenConnections;
let workspace: string;
beforeEach(async () => {
  const world = createEmptyWorld({ slug: 'acme', people: [ada, ben] });
  product = await startProduct({ world });
  product.simulator.repositories.createRepository({ slug: repository, strategy: 'squash', at: createdAt });
  workspace = product.simulator.room.findWorkspace('acme').uuid;
  operator = createTokenOperator(product);
});
afterEach(() => product.close());

function merge(at: number) {
  const { pullRequests } = product.simulator;
  const doing = { repository, by: ben.uuid };
  const { pullRequest, notices } = pullRequests.openPullRequest({ ...doing, at, commits: [{ authoredAt: at - hour }] });
  const merged = pullRequests.merge({ ...doing, id: pullRequest.id, at: at + 5 * minute });
  return { id: pullRequest.id, notices: [...notices, ...merged] };
}

async function connect(token: string, repositories: string[] | null = null): Promise<void> {
  const { outcome, hook } = await operator.connect({ ...unproved, workspaceName: 'acme', token, repositories });
  expect([outcome, hook?.result]).toEqual(['connected', 'made']);
  const { token: session } = await product.stores.apiTokens.create({
    ...{ workspace, name: 'test', scope: 'read' as const, now: testClock.now() },
  });
  ask = (route) => product.api(route, { session });
  await untilImported({ api: ask });
}
let ask: RunningProduct['api'];

async function listDeployments(): Promise<string[]> {
  const { body } = await ask('/deployments?from=2024-01-01&to=2099-12-31&limit=500');
  return (body as { items: { deploy_id: string }[] }).items
    .map(({ deploy_id: id }) => id.split('/').at(-1) ?? '')
    .sort();
}

test('its history is read, and what happens comes in through its own webhook', async () => {
  const before = merge(createdAt + hour);
  await connect(product.simulator.credentials.createWorkspaceToken().secret);
  expect(await listDeployments()).toEqual([String(before.id)]);
  const live = merge(testClock.now() - hour);
  const deliveries = await product.simulator.deliverAll(live.notices);
  expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 204));
  await product.untilQuiet();
  expect(await listDeployments()).toEqual([String(before.id), String(live.id)]);
  const [status] = await operator.status();
  expect(status).toMatchObject({ hearing: 'notices', hook: { isTrouble: false }, problem: null });
  expect(status?.lastNoticeAt).toEqual(expect.any(Number));
});

test('the token of one repository reads that one alone, and hears of it', async () => {
  const { simulator } = product;
  simulator.repositories.createRepository({ slug: 'closed', at: createdAt });
  await connect(simulator.credentials.createRepositoryToken(repository).secret, [repository]);
  const { uuid } = simulator.room.enter({ repository }).repository;
  expect(await product.stores.connections.getLive(workspace)).toMatchObject({ repositories: [uuid] });
  const live = merge(testClock.now() - hour);
  const deliveries = await simulator.deliverAll(live.notices);
  expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 204));
  // What such a token may not read at all is tried again for long: it is never quiet.
  const isThere = async () => ((await listDeployments()).length > 0 ? true : null);
  await waitUntil(isThere, { withinMs: 60_000, what: 'the merge to be a deployment' });
  expect(await listDeployments()).toEqual([String(live.id)]);
});

test('when its token is revoked work waits, and all of it is done once there is another one', async () => {
  const token = product.simulator.credentials.createWorkspaceToken();
  await connect(token.secret);
  token.revoke();
  const live = [1, 2, 3].map((number) => merge(testClock.now() - number * hour));
  for (const { notices } of live) await product.simulator.deliverAll(notices);
  const problem = await waitUntil(async () => (await operator.describe(workspace))?.problem ?? null, {
    withinMs: 60_000,
    what: 'the problem to be told',
  });
  expect(problem.sentence).toMatch(/^Bitbucket no longer accepts the token of .*\. Nothing is lost; work waits\.$/u);
  expect(problem.wayOut).toBe('drumbeat rotate acme');
  expect(await listDeployments()).toEqual([]);
  const fresh = product.simulator.credentials.createWorkspaceToken();
  expect((await operator.rotate({ workspaceName: 'acme', token: fresh.secret })).outcome).toBe('rotated');
  await product.untilQuiet();
  expect(await listDeployments()).toEqual(live.map(({ id }) => String(id)));
  expect((await operator.describe(workspace))?.problem).toBeNull();
});
