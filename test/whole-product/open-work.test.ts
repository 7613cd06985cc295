import { startHouse, type House } from '../support/house/house';
import { testClock } from '../support/test-clock';
import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';

const [ada, ben] = [createAccount('Ada Owner'), createAccount('Ben Author')];
const repository = 'shop';
const minute = 60_000;
const start = Date.UTC(2024, 1, 1, 12);
let house: House;

beforeEach(async () => {
  house = await startHouse({ world: createEmptyWorld({ slug: 'acme', people: [ada, ben] }) });
  house.simulator.repositories.createRepository({ slug: repository, at: start });
});
afterEach(() => house.close());

const lines = (linesAdded: number) => [{ linesAdded, linesRemoved: 1 }];
const countDiffstats = (): number =>
  house.simulator.requests.entries.filter(({ route }) => route.includes('diffstat')).length;
const openOne = (linesAdded: number, at: number) =>
  house.simulator.pullRequests.openPullRequest({ repository, by: ben.uuid, at, commits: lines(linesAdded) });

async function readOpen(): Promise<(readonly [number, number | null])[]> {
  await house.untilQuiet();
  const [workspace] = await house.stores.workspaces.list();
  const open = await house.stores.pullRequests.readOpen(workspace?.uuid ?? '');
  return open.map(({ number, linesChanged }) => [number, linesChanged] as const);
}

describe('The size of an open pull request', () => {
  it('is read by the import, and counts among the sizes of the settings page', async () => {
    openOne(10, start + minute);
    openOne(20, start + 2 * minute);
    await house.install();
    await house.untilImported();
    expect(await readOpen()).toEqual([
      [1, 11],
      [2, 21],
    ]);
    expect((await house.get<ImportStatus>('/import')).sizes).toEqual({ total: 2, done: 2 });
  });

  it('is read when it is created and at each push, and at the merge only if that is of a new head', async () => {
    await house.install();
    await house.untilImported();
    const { pullRequests } = house.simulator;
    const at = Math.floor(testClock.now() / 1000) * 1000 - 60 * minute;
    const { pullRequest, notices } = openOne(10, at);
    const on = { repository, id: pullRequest.id, by: ben.uuid };
    await house.simulator.deliverAll(notices);
    expect(await readOpen()).toEqual([[1, 11]]);
    await house.simulator.deliverAll(pullRequests.push({ ...on, at: at + minute, commits: lines(5) }));
    expect(await readOpen()).toEqual([[1, 17]]);
    await house.simulator.deliverAll(pullRequests.edit({ ...on, at: at + 2 * minute, title: 'Another' }));
    await readOpen();
    const before = countDiffstats();
    await house.simulator.deliverAll(pullRequests.merge({ ...on, at: at + 3 * minute, strategy: 'squash' }));
    expect(await readOpen()).toEqual([]);
    expect(countDiffstats()).toBe(before);
    expect((await house.get<ImportStatus>('/import')).sizes).toEqual({ total: 1, done: 1 });

    const second = openOne(1, at + 4 * minute);
    const last = { repository, id: second.pullRequest.id, by: ben.uuid };
    pullRequests.push({ ...last, at: at + 5 * minute, commits: lines(7) });
    await house.simulator.deliverAll(pullRequests.merge({ ...last, at: at + 6 * minute, strategy: 'squash' }));
    await house.untilQuiet();
    expect(countDiffstats()).toBe(before + 1);
  });
});
