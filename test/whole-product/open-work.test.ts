import { startProduct, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import { createAccount } from '../../simulator/world/people';
import { createEmptyWorld } from '../../simulator/world/growth/sample-world';
import type { ImportStatus } from '../../src/ingestion/progress/import-status';

const [ada, ben] = [createAccount('Ada Owner'), createAccount('Ben Author')];
const repository = 'shop';
const minute = 60_000;
const start = Date.UTC(2024, 1, 1, 12);
let product: RunningProduct;

beforeEach(async () => {
  product = await startProduct({ world: createEmptyWorld({ slug: 'acme', people: [ada, ben] }) });
  product.simulator.repositories.createRepository({ slug: repository, at: start });
});
afterEach(() => product.close());

const lines = (linesAdded: number) => [{ linesAdded, linesRemoved: 1 }];
const countDiffstats = (): number =>
  product.simulator.requests.entries.filter(({ route }) => route.includes('diffstat')).length;
const openOne = (linesAdded: number, at: number) =>
  product.simulator.pullRequests.openPullRequest({ repository, by: ben.uuid, at, commits: lines(linesAdded) });

async function readOpen(): Promise<(readonly [number, number | null])[]> {
  await product.untilQuiet();
  const [workspace] = await product.stores.workspaces.list();
  const open = await product.stores.pullRequests.readOpen(workspace?.uuid ?? '');
  return open.map(({ number, linesChanged }) => [number, linesChanged] as const);
}

describe('The size of an open pull request', () => {
  it('is read by the import, and counts among the sizes of the settings page', async () => {
    openOne(10, start + minute);
    openOne(20, start + 2 * minute);
    await product.install();
    await product.untilImported();
    expect(await readOpen()).toEqual([
      [1, 11],
      [2, 21],
    ]);
    expect((await product.get<ImportStatus>('/import')).sizes).toEqual({ total: 2, done: 2 });
  });

  it('is read when it is created and at each push, and at the merge only if that is of a new head', async () => {
    await product.install();
    await product.untilImported();
    const { pullRequests } = product.simulator;
    const at = Math.floor(testClock.now() / 1000) * 1000 - 60 * minute;
    const { pullRequest, notices } = openOne(10, at);
    const on = { repository, id: pullRequest.id, by: ben.uuid };
    await product.simulator.deliverAll(notices);
    expect(await readOpen()).toEqual([[1, 11]]);
    await product.simulator.deliverAll(pullRequests.push({ ...on, at: at + minute, commits: lines(5) }));
    expect(await readOpen()).toEqual([[1, 17]]);
    await product.simulator.deliverAll(pullRequests.edit({ ...on, at: at + 2 * minute, title: 'Another' }));
    await readOpen();
    const before = countDiffstats();
    await product.simulator.deliverAll(pullRequests.merge({ ...on, at: at + 3 * minute, strategy: 'squash' }));
    expect(await readOpen()).toEqual([]);
    expect(countDiffstats()).toBe(before);
    expect((await product.get<ImportStatus>('/import')).sizes).toEqual({ total: 1, done: 1 });

    const second = openOne(1, at + 4 * minute);
    const last = { repository, id: second.pullRequest.id, by: ben.uuid };
    pullRequests.push({ ...last, at: at + 5 * minute, commits: lines(7) });
    await product.simulator.deliverAll(pullRequests.merge({ ...last, at: at + 6 * minute, strategy: 'squash' }));
    await product.untilQuiet();
    expect(countDiffstats()).toBe(before + 1);
  });
});
