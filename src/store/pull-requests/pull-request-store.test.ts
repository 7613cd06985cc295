import {
  aHash,
  aMergedSnapshot,
  anActivity,
  anInstant,
  aPerson,
  aPullRequestSnapshot,
  aRepositoryUuid as repository,
  aWorkspaceUuid as workspace,
  day,
  hour,
} from '../../../test/support/builders';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';

const april = Date.UTC(2026, 3, 1);
const may = Date.UTC(2026, 4, 1);

describe.each(databaseKinds)('Pull requests on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const months = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await stores.pullRequests.listMonths(workspace)).map((row) => [row.month, row.version]));
  const get = (number = 1) => stores.pullRequests.get(workspace, repository, number);

  it('come back as they were saved', async () => {
    const snapshot = aPullRequestSnapshot({
      title: '=cmd|"\' $1 %s 🥁',
      closedAt: anInstant,
      diffstatUrl: 'https://a/b',
    });
    await stores.pullRequests.saveSnapshots(workspace, repository, [snapshot]);
    expect(await get()).toEqual({
      ...snapshot,
      reviewers: undefined,
      mergedAt: null,
      mergeNoticedAt: null,
      mergeRecordedAt: null,
      commitsHead: null,
      commitsState: 'unread',
      firstCommitAt: null,
      linesAdded: null,
      linesRemoved: null,
      isSizeTried: false,
    });
    expect(await get(2)).toBeNull();
    expect(await stores.pullRequests.get('{other}', repository, 1)).toBeNull();
    expect(await stores.people.list(workspace)).toEqual([aPerson()]);
  });

  it('of an unknown workspace are refused', async () => {
    const saving = stores.pullRequests.saveSnapshots('{other}', repository, [aPullRequestSnapshot()]);
    await expect(saving).rejects.toThrow('not known');
  });

  it('are merged at the time of the most trusted source, the earliest it ever said', async () => {
    const { pullRequests } = stores;
    const save = (source: 'notice' | 'activity', at: number): Promise<void> =>
      pullRequests.saveMergeTimes(workspace, repository, [
        { number: 1, source, at },
        { number: 99, source, at },
      ]);
    await pullRequests.saveSnapshots(workspace, repository, [aPullRequestSnapshot()]);
    await save('notice', april + hour);
    expect((await get())?.mergedAt).toBeNull();
    await pullRequests.saveSnapshots(workspace, repository, [aMergedSnapshot()]);
    expect((await get())?.mergedAt).toBe(april + hour);
    await save('activity', april + day);
    await save('activity', april + 2 * day);
    expect((await get())?.mergedAt).toBe(april + day);
  });

  it('give a new version to the month they lie in and the month they leave, and to no other', async () => {
    const { pullRequests } = stores;
    await pullRequests.saveSnapshots(workspace, repository, [
      aMergedSnapshot(),
      aMergedSnapshot({ number: 2 }),
      aMergedSnapshot({ number: 3 }),
    ]);
    await pullRequests.saveMergeTimes(workspace, repository, [
      { number: 1, source: 'notice', at: april },
      { number: 2, source: 'notice', at: april - 1 },
      { number: 3, source: 'notice', at: may },
    ]);
    const before = await months();
    expect(Object.keys(before)).toEqual(['2026-03', '2026-04', '2026-05']);
    await pullRequests.saveMergeTimes(workspace, repository, [{ number: 1, source: 'activity', at: april - 1 }]);
    const after = await months();
    const version = (await stores.workspaces.get(workspace))?.version;
    expect(after).toEqual({ '2026-03': version, '2026-04': version, '2026-05': before['2026-05'] });
    await pullRequests.saveActivities(workspace, repository, [{ number: 3, activity: anActivity() }]);
    await pullRequests.saveActivities(workspace, repository, [{ number: 3, activity: anActivity() }]);
    await pullRequests.saveSnapshots(workspace, repository, [aMergedSnapshot()]);
    expect(await months()).toEqual({ ...after, '2026-05': (version ?? 0) + 1 });
  });

  it('keep the earliest author date when their commits are replaced', async () => {
    const { pullRequests } = stores;
    const save = (isComplete: boolean, ...hours: number[]): Promise<void> =>
      pullRequests.saveCommits(workspace, repository, [
        {
          number: 1,
          head: `head ${hours.length}`,
          isComplete,
          commits: hours.map((count) => ({ hash: aHash(count), authoredAt: anInstant + count * hour })),
        },
        { number: 99, head: null, commits: [{ hash: aHash(1), authoredAt: 1 }], isComplete: true },
      ]);
    await pullRequests.saveSnapshots(workspace, repository, [aPullRequestSnapshot()]);
    await save(true, 3, 1, 2, 2);
    expect((await pullRequests.listCommits(workspace, repository, 1)).map((one) => one.hash)).toEqual(
      [3, 1, 2].map(aHash),
    );
    await save(true, 5, 4);
    expect(await get()).toMatchObject({
      firstCommitAt: anInstant + hour,
      commitsHead: 'head 2',
      commitsState: 'complete',
    });
    await save(false);
    expect(await get()).toMatchObject({ firstCommitAt: anInstant + hour, commitsState: 'incomplete' });
    expect(await pullRequests.listCommits(workspace, repository, 1)).toEqual([]);
    expect(await pullRequests.listCommits(workspace, repository, 99)).toEqual([]);
  });

  it('are recorded once', async () => {
    const { pullRequests } = stores;
    const mergeRecord = { number: 1, teamsAsOf: 'merge' as const, mergeRecordedAt: anInstant };
    await pullRequests.saveSnapshots(workspace, repository, [aMergedSnapshot()]);
    await pullRequests.saveMergeTimes(workspace, repository, [{ number: 1, source: 'notice', at: april }]);
    expect(await pullRequests.readMerged(workspace, '2026-04')).toEqual([]);
    await stores.mergeRecords.recordMerges(workspace, repository, [
      { ...mergeRecord, defaultBranch: 'trunk', teams: ['b', 'a', 'b'] },
    ]);
    await stores.mergeRecords.recordMerges(workspace, repository, [
      { ...mergeRecord, defaultBranch: 'main', teams: ['c'], mergeRecordedAt: 1 },
    ]);
    expect(await pullRequests.readMerged(workspace, '2026-04')).toMatchObject([
      { destinationBranch: 'main', defaultBranchAtMerge: 'trunk', teams: ['a', 'b'], isComplete: false, changes: [] },
    ]);
    expect(await pullRequests.readMerged(workspace, '2026-03')).toEqual([]);
    await expect(pullRequests.readMerged(workspace, '2026-4')).rejects.toThrow('Not a month');
  });

  it('can be asked for what they lack, newest first', async () => {
    const { pullRequests } = stores;
    await pullRequests.saveSnapshots(workspace, repository, [
      aMergedSnapshot({ number: 1 }),
      aMergedSnapshot({ number: 2 }),
      aPullRequestSnapshot({ number: 3 }),
    ]);
    await pullRequests.saveSize(workspace, repository, {
      number: 3,
      head: 'aaaaaaaaaaaa',
      linesAdded: 2,
      linesRemoved: 1,
    });
    await pullRequests.saveSize(workspace, repository, { number: 2, head: 'aaaaaaaaaaaa', problem: 'too large' });
    await pullRequests.saveCommits(workspace, repository, [{ number: 1, head: null, commits: [], isComplete: false }]);
    const numbers = async (where: Parameters<typeof pullRequests.list>[2]): Promise<number[]> =>
      (await pullRequests.list(workspace, repository, where)).map((one) => one.number);
    expect(await numbers({})).toEqual([3, 2, 1]);
    expect(await numbers({ limit: 2 })).toEqual([3, 2]);
    expect(await numbers({ needs: 'size' })).toEqual([1]);
    expect(await numbers({ needs: 'commits' })).toEqual([2]);
    expect(await numbers({ needs: 'merge_record' })).toEqual([2, 1]);
    expect(await numbers({ state: 'OPEN' })).toEqual([3]);
    expect(await numbers({ state: 'MERGED', sourceBranch: 'feature/count' })).toEqual([2, 1]);
    expect((await stores.progress.readWhole(workspace, [])).counts).toEqual([
      { repositoryUuid: repository, total: 3, merged: 2, open: 1, unreadCommits: 1, unsized: 1 },
    ]);
    expect(await get(3)).toMatchObject({ linesAdded: 2, linesRemoved: 1 });
  });

  it('tell their activities in the order of time, deleted ones as such', async () => {
    const { pullRequests } = stores;
    const comment = anActivity({ key: 'comment:1', kind: 'comment', at: anInstant, isInline: true });
    await pullRequests.saveActivities(workspace, repository, [
      { number: 1, activity: anActivity() },
      { number: 1, activity: comment },
    ]);
    await pullRequests.saveActivities(workspace, repository, [
      { number: 1, activity: { ...comment, isDeleted: true } },
    ]);
    await pullRequests.saveActivities(workspace, repository, [{ number: 1, activity: comment }]);
    expect(await pullRequests.listActivities(workspace, repository, 1)).toEqual([
      { ...comment, isDeleted: true, isGone: false },
      { ...anActivity(), isGone: false },
    ]);
  });

  it('are saved by two at once without losing either', async () => {
    const { pullRequests } = stores;
    const snapshots = Array.from({ length: 20 }, (_, index) =>
      aPullRequestSnapshot({ updatedAt: anInstant + index, title: `Title ${index}` }),
    );
    await Promise.all(snapshots.map((one) => pullRequests.saveSnapshots(workspace, repository, [one])));
    expect(await get()).toMatchObject({ title: 'Title 19' });
  });
});
