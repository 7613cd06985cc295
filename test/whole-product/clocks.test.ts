import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import { startHouse, type House } from '../support/house/house';
import { testClock } from '../support/test-clock';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';

const ben = createAccount('Ben Author');
const repository = 'shop';
let house: House;
let aheadSeconds = 0;

beforeEach(async () => {
  aheadSeconds = 0;
  const clock = { now: () => testClock.now() + aheadSeconds * 1000 };
  house = await startHouse({ world: createEmptyWorld({ slug: 'acme', people: [ben] }), simulator: { clock } });
  house.simulator.repositories.createRepository({ slug: repository });
  await house.install();
  await house.untilImported();
});
afterEach(() => house.close());

/** Somebody opens a pull request; what Bitbucket is answered to each of its notices. */
async function openPullRequest(): Promise<Set<number | null>> {
  const { notices } = house.simulator.pullRequests.openPullRequest({ repository, by: ben.uuid, commits: [{}] });
  return new Set((await house.simulator.deliverAll(notices)).map(({ status }) => status));
}

const problems = async (): Promise<ImportStatus['problems']> => (await house.get<ImportStatus>('/import')).problems;

it('people read on the settings page and in the API that the clocks differ, until a notice is believed', async () => {
  const session = await house.openPage('settings');
  const readSettings = async (): Promise<string> =>
    (await fetch(`${house.app.url}/pages/settings`, { headers: { authorization: `Bearer ${session}` } })).text();

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
  const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
  expect(metrics).toMatch(/^bitbucket_tokens_refused_by_time_total\{use="notice"\} [1-9]/mu);

  aheadSeconds = 0;
  expect(await openPullRequest()).toEqual(new Set([204]));
  expect(await problems()).toEqual([]);
  expect(await readSettings()).not.toContain('Notices of Bitbucket are refused');
});
