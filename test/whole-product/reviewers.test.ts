import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';

const [ada, ben, cleo] = [createAccount('Ada Owner'), createAccount('Ben Author'), createAccount('Cleo Reviewer')];
const repository = 'shop';
const minute = 60_000;
let product: RunningProduct;

beforeAll(async () => {
  product = await startProduct({ world: createEmptyWorld({ slug: 'acme', people: [ada, ben, cleo] }) });
  product.simulator.repositories.createRepository({ slug: repository, at: testClock.now() - 500 * minute });
});
afterAll(() => product.close());

/** The page as the owner sees it. */
async function readPage(query = ''): Promise<{ status: number; text: string }> {
  const session = await product.openPage();
  const response = await fetch(`${product.app.url}/pages/work-in-progress${query}`, {
    headers: { authorization: `Bearer ${session}` },
  });
  return { status: response.status, text: await response.text() };
}

async function readReviewers(): Promise<readonly (readonly string[] | null)[]> {
  await product.untilQuiet();
  const [workspace] = await product.stores.workspaces.list();
  const open = await product.stores.pullRequests.readOpen(workspace?.uuid ?? '');
  return open.map(({ reviewerUuids }) => reviewerUuids);
}

it('shows whoever is asked for a review as soon as a notice tells, and nobody asked before that', async () => {
  const { pullRequests } = product.simulator;
  const at = Math.floor(testClock.now() / 1000) * 1000 - 60 * minute;
  pullRequests.openPullRequest({ repository, by: ben.uuid, at, reviewers: [ada.uuid] });
  await product.install();
  await product.untilImported();
  expect(await readReviewers()).toEqual([[ada.uuid]]);
  expect((await readPage()).text).toContain('Ada Owner</span>');

  const on = { repository, id: 1, by: ben.uuid };
  const none = pullRequests.edit({ ...on, at: at + minute, reviewers: [] });
  const cleos = pullRequests.edit({ ...on, at: at + 2 * minute, reviewers: [cleo.uuid] });
  await product.simulator.deliverAll(cleos);
  expect(await readReviewers()).toEqual([[cleo.uuid]]);
  expect((await readPage()).text).toContain('Cleo Reviewer</span>');
  await product.simulator.deliverAll(none);
  expect(await readReviewers()).toEqual([[cleo.uuid]]);

  const isMine = async (whose: string) => (await readPage(`?whose=${whose}`)).text.includes('Cleo Reviewer</span>');
  expect([await isMine('everybody'), await isMine('mine'), await isMine('review')]).toEqual([true, false, false]);
  await product.simulator.deliverAll(
    pullRequests.edit({ ...on, at: at + 3 * minute, reviewers: [ada.uuid, cleo.uuid] }),
  );
  await readReviewers();
  expect([await isMine('mine'), await isMine('review')]).toEqual([true, true]);
  expect((await readPage('?whose=theirs')).status).toBe(400);
});
