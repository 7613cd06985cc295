import {
  aCommit,
  aMergedSnapshot,
  anActivity,
  anInstant,
  aPullRequestSnapshot,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  day,
} from '../../../test/support/builders';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { pullRequests } from '../schema/pull-requests';
import type { PullRequestFacts } from './saved-rows';

const number = 1;
const facts: PullRequestFacts = {
  snapshots: [aPullRequestSnapshot({ number }), aMergedSnapshot({ number }), aPullRequestSnapshot({ number: 2 })],
  activities: [{ number, activity: anActivity() }],
  wholeReadings: [{ number, shown: new Set(), asOf: anInstant + 9 * day }],
  commits: [{ number, head: null, commits: [aCommit()], isComplete: true, seenAt: anInstant }],
  mergeTimes: [{ number, source: 'notice', at: anInstant + day }],
  defaultBranches: [{ number, branch: 'main' }],
  mergeRecords: [
    { number, defaultBranch: 'other', teams: ['core', 'core'], teamsAsOf: 'merge', mergeRecordedAt: anInstant },
  ],
  sizes: [{ number, head: aMergedSnapshot().source.hash, linesAdded: 1, linesRemoved: 2 }],
};

describe.each(databaseKinds)('What was learnt of pull requests on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const save = (some: PullRequestFacts) => stores.pullRequests.save(workspace, aRepositoryUuid, some);
  const readVersion = async () => (await stores.workspaces.get(workspace))?.version;
  const readRows = () => stores.database.find(pullRequests, { where: { workspace }, order: ['number'] });
  const readAll = async () => ({
    rows: (await readRows()).map((row) => ({ ...row, changedIn: 0 })),
    activities: await stores.pullRequests.listActivities(workspace, aRepositoryUuid, number),
    commits: await stores.pullRequests.listCommits(workspace, aRepositoryUuid, number),
    merged: await stores.pullRequests.readMerged(workspace, '2026-03'),
    people: await stores.people.list(workspace),
  });

  it('is the same whether it is saved at once or one thing after the other', async () => {
    await save(facts);
    const atOnce = await readAll();
    expect(atOnce.merged).toMatchObject([{ defaultBranchAtMerge: 'main', teams: ['core'], linesChanged: 3 }]);
    await stores.erasure.erase(workspace);
    await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: anInstant });
    for (const [part, said] of Object.entries<unknown>({ ...facts })) await save({ [part]: said });
    expect(await readAll()).toEqual(atOnce);
  });

  it('is one new version, which each that changed is of', async () => {
    await save(facts);
    await save(facts);
    expect(await readVersion()).toBe(1);
    expect((await readRows()).map(({ changedIn }) => changedIn)).toEqual([1, 1]);
    await save({ activities: [{ number, activity: anActivity({ key: 'another' }) }] });
    expect((await readRows()).map(({ changedIn }) => changedIn)).toEqual([2, 1]);
  });

  it('of several repositories is one version a transaction', async () => {
    await stores.database.transaction(async (tx) => {
      for (const repository of [aRepositoryUuid, '{another}']) {
        await stores.pullRequests.save(workspace, repository, facts, tx);
      }
    });
    expect(await readVersion()).toBe(1);
    expect((await readRows()).map(({ changedIn }) => changedIn)).toEqual([1, 1, 1, 1]);
  });
});
