import {
  aWorkspaceUuid,
  aRepositoryUuid,
  aMergedSnapshot,
  anInstant,
  aHash,
  hour,
  day,
} from '../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../test/support/test-database';

describe.each(databaseKinds)('The stores on %s', (kind) => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await openTestStores(kind);
  });
  afterAll(() => stores.close());

  it('carry a pull request from its snapshot to a merged one that reports can read', async () => {
    const { workspaces, pullRequests, mergeRecords } = stores;
    await workspaces.save({ uuid: aWorkspaceUuid, slug: 'acme', name: 'Acme', connectedAt: anInstant });
    await pullRequests.saveSnapshots(aWorkspaceUuid, aRepositoryUuid, [aMergedSnapshot()]);
    await pullRequests.saveMergeTimes(aWorkspaceUuid, aRepositoryUuid, [
      { number: 1, source: 'activity', at: anInstant + day },
    ]);
    await pullRequests.saveCommits(aWorkspaceUuid, aRepositoryUuid, [
      {
        number: 1,
        head: 'aaaaaaaaaaaa',
        isComplete: true,
        commits: [{ hash: aHash(1), authoredAt: anInstant - hour }],
      },
    ]);
    await mergeRecords.recordMerges(aWorkspaceUuid, aRepositoryUuid, [
      { number: 1, defaultBranch: 'main', teams: ['core'], teamsAsOf: 'merge', mergeRecordedAt: anInstant + day },
    ]);
    expect(await pullRequests.readMerged(aWorkspaceUuid, '2026-03')).toEqual([
      {
        repositoryUuid: aRepositoryUuid,
        number: 1,
        title: 'Count the drums',
        sourceBranch: 'feature/count',
        openedAt: anInstant,
        mergedAt: anInstant + day,
        destinationBranch: 'main',
        defaultBranchAtMerge: 'main',
        changes: [{ changeId: aHash(1), createdAt: anInstant - hour }],
        isComplete: true,
        teams: ['core'],
        teamsAsOf: 'merge',
        authorUuid: '{33333333-3333-4333-8333-333333333333}',
        isDraft: false,
        firstCommitAt: anInstant - hour,
        linesChanged: null,
        activities: [],
      },
    ]);
    const workspace = await workspaces.get(aWorkspaceUuid);
    expect(await pullRequests.listMonths(aWorkspaceUuid)).toEqual([{ month: '2026-03', version: workspace?.version }]);
  });
});
