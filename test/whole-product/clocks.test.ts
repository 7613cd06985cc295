import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';

const ben = createAccount('Ben Author');
const repository = 'shop';
let product: RunningProduct;
let aheadSeconds = 0;

beforeEach(async () => {
  aheadSeconds = 0;
  const clock = { now: () => testClock.now() + aheadSeconds * 1000 };
  product = await startProduct({ world: createEmptyWorld({ slug: 'acme', people: [ben] }), simulator: { clock } });
  product.simulator.repositories.createRepository({ slug: repository });
  await product.install();
  await product.untilImported();
});
afterEach(() => product.close());

/** Somebody opens a pull request; what Bitbucket is answered to each of its notices. */
async function openPullRequest(): Promise<Set<number | null>> {
  const { notices } = product.simulator.pullRequests.openPullRequest({ repository, by: ben.uuid, commits: [{}] });
  return new Set((await product.simulator.deliverAll(notices)).map(({ status }) => status));
}

const problems = async (): Promise<ImportStatus['problems']> => (await product.get<ImportStatus>('/import')).problems;

it('people read on the settings page and in the API that the clocks differ, until a notice is believed', async () => {
  const session = await product.openPage('settings');
  const readSettings = async (): Promise<string> =>
    (await fetch(`${product.app.url}/pages/settings`, { headers: { authorization: `Bearer ${session}` } })).text();

  aheadSeconds = 60;
  expect(await openPullRequest()).toEqual(new Set([204]));
  expect(await problems()).toEqual([]);

  aheadSeconds = 300;
  expect(await openPullRequest()).toEqual(new Set([401]));
  const [problem, ...others] = await problems();
  expect(others).toEqual([]);
  // Tokens tell whole seconds, and one may begin between signing and reading.
  expect(problem?.message).toMatch(
    /^Bitbucket's notices are refused because their clock and ours differ by (?:299|300) seconds: check the clock/u,
  );
  expect(await readSettings()).toContain('Notices of Bitbucket are refused');
  const metrics = await (await fetch(`${product.app.url}/metrics`)).text();
  expect(metrics).toMatch(/^bitbucket_tokens_refused_by_time_total\{use="notice"\} [1-9]/mu);

  aheadSeconds = 0;
  expect(await openPullRequest()).toEqual(new Set([204]));
  expect(await problems()).toEqual([]);
  expect(await readSettings()).not.toContain('Notices of Bitbucket are refused');
});
