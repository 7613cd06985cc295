import { createEmptyWorld } from '../../../simulator/world/growth/sample-world';
import type { Workspace } from '../../../simulator/world/model';
import type { StaticToken } from '../../../simulator/access/static-token';
import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import { createFixedClock } from '../../support/fixed-clock';
import { expectWorld, restrictWorkspace } from '../../support/product/expect-world';
import { startTokenProduct, type TokenProduct } from '../../support/product/start-token-product';
import { advance, advanceUntil, settle } from '../../support/situation/due-work';
import { repositoriesOfActs } from '../../support/situation/list-acts';
import { openPullRequest } from '../../support/situation/open-pull-request';
import { ada, ben, cleo, dan, day, hour, minute, situationStart } from '../../support/situation/situation';

/** The webhook of a token is taken away and comes back; meanwhile nothing tells of what happens, and it is found all the same. */

const clock = createFixedClock(situationStart);
/** Compared as seldom as may be: what is found here is found by looking for what moved. */
const environment = { RECONCILE_MINUTES: '10080' };

let product: TokenProduct;
let workspace: Workspace;
let token: StaticToken;

beforeAll(async () => {
  const world = createEmptyWorld({ slug: 'acme', people: [ada, ben, cleo, dan], now: situationStart });
  product = await startTokenProduct({ world, clock, environment });
  const { simulator } = product;
  workspace = simulator.room.findWorkspace('acme');
  token = simulator.credentials.createWorkspaceToken();
  for (const one of [...repositoriesOfActs, { slug: 'old', strategy: 'squash' as const }]) {
    simulator.repositories.createRepository({ at: situationStart - 90 * day, ...one });
  }
  const { on } = openPullRequest(product, { repository: 'old', at: situationStart - 3 * day });
  simulator.pullRequests.merge({ ...on, by: cleo.uuid, at: situationStart - 2 * day });
});
afterAll(() => product.close());

const ground = () => ({ stores: product.stores, app: product.app, clock });
const readImport = () => product.get<ImportStatus>('/import');
const describeConnection = async () => (await product.connections.status())[0];
const readVerifiedAt = async () => (await product.stores.workspaces.get(workspace.uuid))?.verifiedAt;
/** Work that comes due is done on the way, but looks that would come in between are left out. */
const passDay = () => advance(ground(), day + minute, 30 * minute);
const expectNumbers = (seed: number) =>
  expectWorld(product, restrictWorkspace(workspace, { areGroupsShown: false }), {
    ...{ seed, questions: 5, until: clock.now() },
  });

const countLooks = () =>
  product.simulator.requests.entries.filter(({ route }) => route === '2.0/repositories/:workspace').length;

/** The last one stays open. */
const openings = [
  { repository: 'shop', title: 'Add carts' },
  { repository: 'pay', title: 'Pay by card' },
  { repository: 'pay', title: 'Revert "Pay by card"', sourceBranch: 'revert-pr-1' },
  { repository: 'shop', title: 'Mend it', sourceBranch: 'hotfix/it' },
  { repository: 'new', title: 'Send it' },
  { repository: 'pay', title: 'Leave it' },
] as const;

/**
 * What people do in a day, each as the next is asked for; nothing of it is told. Branches stay, and so do verdicts: of
 * what is gone Bitbucket keeps nothing that could be asked for later. Nor is a repository deleted: the list of what
 * moved does not show that, only a comparison does.
 */
function* act(): Generator {
  const { pullRequests, repositories } = product.simulator;
  for (const [index, { repository, ...opening }] of openings.entries()) {
    if (repository === 'new') yield repositories.createRepository({ slug: 'new' });
    const { on } = openPullRequest(product, { ...opening, repository, closeSourceBranch: false });
    yield on;
    yield pullRequests.comment({ ...on, by: cleo.uuid });
    yield pullRequests.push({ ...on, by: ben.uuid, commits: [{}] });
    yield pullRequests.approve({ ...on, by: dan.uuid });
    if (index < openings.length - 1) yield pullRequests.merge({ ...on, by: cleo.uuid });
  }
  yield repositories.renameRepository({ repository: 'new', name: 'Newer' });
}

it('with its webhook nobody looks for changes', async () => {
  expect(await product.connect(token)).toMatchObject({ outcome: 'connected', hook: { result: 'made' } });
  const look = async () => ((await readImport()).state === 'done' ? true : null);
  await advanceUntil(ground(), look, { withinMs: hour, what: 'the import to be done' });
  expect(await describeConnection()).toMatchObject({ hearing: 'notices', hook: { isTrouble: false } });
  expect(await readImport()).not.toHaveProperty('polling');
  expect((await expectNumbers(1)).deployments).toBe(1);
});

it('the daily look finds that it is gone and may not be made anew, and says so', async () => {
  token.scopes = token.scopes.filter((scope) => scope !== 'webhook');
  workspace.hooks.all.splice(0);
  await passDay();
  expect(await describeConnection()).toMatchObject({
    hearing: 'polling',
    hook: { isTrouble: true, sentence: 'The token may not look at webhooks.', wayOut: 'drumbeat hook acme' },
  });
  expect((await readImport()).polling).toMatchObject({ every_minutes: 2 });
});

it('without a notice the numbers are those of the world', async () => {
  const verifiedAt = await readVerifiedAt();
  const looks = countLooks();
  const acts = act();
  while (acts.next().done !== true) await advance(ground(), 2 * minute);
  await advance(ground(), 10 * minute);
  expect(countLooks()).toBeGreaterThan(looks);
  expect(await readVerifiedAt()).toBe(verifiedAt);
  expect(workspace.hooks.all).toEqual([]);
  expect(await product.stores.notices.lastReceivedAt(workspace.uuid)).toBeNull();
  expect(await expectNumbers(2)).toEqual({ deployments: 6, incidents: 2 });
  const { polling, problems, notices } = await readImport();
  expect({ problems, notices }).toEqual({ problems: [], notices: { waiting: 0, unreadable: 0 } });
  expect(polling?.every_minutes).toBe(2);
  expect(clock.now() - Date.parse(polling?.looked_at ?? '')).toBeLessThanOrEqual(2 * minute);
});

it('once the right is back a webhook is made, looking ends, and notices are taken', async () => {
  token.scopes = [...token.scopes, 'webhook'];
  await passDay();
  expect(workspace.hooks.all).toMatchObject([{ isActive: true }]);
  expect(await describeConnection()).toMatchObject({
    ...{ hearing: 'notices', problem: null },
    hook: { isTrouble: false, sentence: 'Bitbucket calls when something happens.' },
  });
  await advance(ground(), 10 * minute);
  expect(await readImport()).not.toHaveProperty('polling');

  const looks = countLooks();
  await advance(ground(), 30 * minute);
  expect(countLooks()).toBe(looks);
  const { on, notices } = openPullRequest(product, { repository: 'pay' });
  const told = [...notices, ...product.simulator.pullRequests.merge({ ...on, by: cleo.uuid })];
  const deliveries = await product.simulator.deliverAll(told);
  const statuses = deliveries.flatMap(({ hooks = [] }) => hooks.map(({ status }) => status));
  expect(new Set(statuses)).toEqual(new Set([204]));
  await settle(ground());
  await expectNumbers(3);
  expect((await readImport()).problems).toEqual([]);
});
