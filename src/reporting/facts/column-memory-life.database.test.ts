import { anInstant, aRepositoryUuid, aWorkspaceUuid, day } from '../../../test/support/builders';
import { people, saveRepositories } from '../../../test/support/facts/changing-workspace';
import { describeColumns } from '../../../test/support/facts/describe-columns';
import { savePullRequest } from '../../../test/support/facts/saved-pull-requests';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { ColumnMemory } from './column-memory';

const otherUuid = '{0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f}';
const failLoudly = (error: unknown): never => {
  throw error;
};

describe.each(databaseKinds)('the memory of columns on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
    await saveRepositories(stores);
    await stores.workspaces.save({ uuid: otherUuid, slug: 'other', name: 'Other', connectedAt: anInstant });
  });
  afterEach(() => stores.close());

  const find = async (uuid: string) => {
    const workspace = await stores.workspaces.get(uuid);
    if (workspace === null) throw new Error('There is a workspace.');
    return workspace;
  };
  const merge = (number: number) =>
    savePullRequest(stores, aRepositoryUuid, {
      ...{ number, author: people[0] ?? null, sourceBranch: 'feature/a', destination: 'main', teams: [] },
      openedAt: anInstant - day,
      mergedAt: anInstant + number,
      commits: [{ hash: number.toString(16).padStart(40, '0'), authoredAt: anInstant - day }],
    });
  const countMerges = ({ corrected }: Awaited<ReturnType<ColumnMemory['load']>>) =>
    corrected.months.reduce((sum, { merges }) => sum + merges.count, 0);

  it('reads a version once, however many ask for it at once', async () => {
    await merge(1);
    const memory = new ColumnMemory(stores, { onProblem: failLoudly });
    const workspace = await find(aWorkspaceUuid);
    const [one, ...others] = await Promise.all([1, 2, 3].map(() => memory.load(workspace)));
    expect(others.every((other) => other === one)).toBe(true);
    expect(memory.holds(workspace)).toBe(true);
  });

  it('gives the version that is asked for, or a later one, when versions come while one is being read', async () => {
    await merge(1);
    const memory = new ColumnMemory(stores, { onProblem: failLoudly });
    const loads = [memory.load(await find(aWorkspaceUuid))];
    for (const number of [2, 3]) {
      await merge(number);
      loads.push(memory.load(await find(aWorkspaceUuid)));
    }
    const counts = (await Promise.all(loads)).map(countMerges);
    expect(counts.every((count, index) => count > index)).toBe(true);
    expect(counts.at(-1)).toBe(3);
  });

  it('forgets the workspace that was asked for longest ago when there is no room, and reads it again', async () => {
    await merge(1);
    const memory = new ColumnMemory(stores, { mostBytes: 1, onProblem: failLoudly });
    const [mine, other] = [await find(aWorkspaceUuid), await find(otherUuid)];
    await memory.load(mine);
    expect(memory.holds(mine)).toBe(true);
    await memory.load(other);
    expect([memory.holds(mine), memory.holds(other)]).toEqual([false, true]);
    expect(countMerges(await memory.load(mine))).toBe(1);
    expect([memory.holds(mine), memory.holds(other)]).toEqual([true, false]);
    await memory.settle();
  });

  it('keeps all workspaces that there is room for', async () => {
    const memory = new ColumnMemory(stores, { onProblem: failLoudly });
    const all = [await find(aWorkspaceUuid), await find(otherUuid)];
    for (const one of all) await memory.load(one);
    expect(all.map((one) => memory.holds(one))).toEqual([true, true]);
  });

  it('shares what is stored with another process that writes it too', async () => {
    const memories = [1, 2].map(() => new ColumnMemory(stores, { storeAfter: 1, onProblem: failLoudly }));
    for (const number of [1, 2, 3, 4, 5, 6]) {
      await merge(number);
      const workspace = await find(aWorkspaceUuid);
      const found = await Promise.all(memories.map((memory) => memory.load(workspace)));
      expect(found.map(countMerges)).toEqual([number, number]);
      // Sometimes both write at once, sometimes one behind the other.
      if (number % 2 === 0) await Promise.all(memories.map((memory) => memory.settle()));
    }
    await Promise.all(memories.map((memory) => memory.settle()));
    const fresh = new ColumnMemory(stores, { onProblem: failLoudly });
    const workspace = await find(aWorkspaceUuid);
    const [read, held] = [await fresh.load(workspace), await memories[0]?.load(workspace)];
    expect(describeColumns(read.corrected)).toEqual(held && describeColumns(held.corrected));
    expect((await stores.columns.getCheckpoint(aWorkspaceUuid))?.version).toBeGreaterThan(0);
  });
});
