import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { Activity } from '../../domain/pull-requests/activity';
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
import { saveMerges } from '../../../test/support/facts/saved-merges';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';

const march = '2026-03';
const { source } = aPullRequestSnapshot();
const pushed = { ...source, hash: 'dddddddddddd' };

function toPastActivity({
  kind,
  at,
  actor,
  isInline,
  isDeleted,
  state,
  sourceHash,
  isDraft,
}: PullRequestActivity): Activity {
  return { kind, at, actorUuid: actor?.uuid ?? null, isInline, isDeleted, isGone: false, state, sourceHash, isDraft };
}

describe.each(databaseKinds)('Pull requests read with their acts on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const merge = () => saveMerges(stores, repository, [{ number: 1, mergedAt: anInstant + day }]);
  const save = (...rows: ReturnType<typeof aPullRequestSnapshot>[]) =>
    stores.pullRequests.saveSnapshots(workspace, repository, rows);
  const saveSize = (head: string | null, linesAdded: number, number = 1) =>
    stores.pullRequests.saveSize(workspace, repository, { number, head, linesAdded, linesRemoved: 1 });
  const wanting = async () =>
    (await stores.pullRequests.list(workspace, repository, { needs: 'size' })).map(({ number }) => number);
  const monthOf = async () => (await stores.pullRequests.listMonths(workspace))[0]?.version;

  it('tell them in the order of time, whatever Bitbucket calls a state or a head', async () => {
    await merge();
    const activities = [
      anActivity({ key: 'z', kind: 'update', at: anInstant + 2, state: 'A "new" word, \\ \'%s\' [1]', isDraft: false }),
      anActivity({ key: 'b', kind: 'comment', at: anInstant + 1, actor: null, isInline: true, isDeleted: true }),
      anActivity({ key: 'a', kind: 'update', at: anInstant + 1, sourceHash: ' x:y\n\u0001 🥁', isDraft: true }),
    ];
    await stores.pullRequests.saveActivities(workspace, repository, [
      ...activities.map((activity) => ({ number: 1, activity })),
      { number: 2, activity: anActivity() },
    ]);
    const [found] = await stores.pullRequests.readMerged(workspace, march);
    expect(found?.activities).toEqual(activities.toReversed().map(toPastActivity));
  });

  it('are open ones, oldest first, with what is known of each', async () => {
    await save(
      aPullRequestSnapshot({ number: 1 }),
      aPullRequestSnapshot({ number: 2, openedAt: anInstant - hour, author: null, isDraft: true }),
      aMergedSnapshot({ number: 3 }),
      aPullRequestSnapshot({ number: 4, state: 'DECLINED' }),
    );
    await stores.pullRequests.saveCommits(workspace, repository, [
      {
        ...{ number: 1, head: 'aaaaaaaaaaaa', isComplete: true },
        commits: [2, 1, 3].map((hours) => ({ hash: aHash(hours), authoredAt: anInstant - hours * hour })),
      },
      { number: 2, head: null, commits: [{ hash: aHash(9), authoredAt: anInstant }], isComplete: false },
    ]);
    await stores.pullRequests.saveActivities(workspace, repository, [{ number: 1, activity: anActivity() }]);
    await saveSize('aaaaaaaaaaaa', 41);
    const shared = {
      ...{ repositoryUuid: repository, title: 'Count the drums', state: 'OPEN', destinationBranch: 'main' },
      isQueued: false,
      reviewerUuids: null,
    };
    expect(await stores.pullRequests.readOpen(workspace)).toEqual([
      {
        ...{ ...shared, number: 2, isDraft: true, authorUuid: null, openedAt: anInstant - hour, mergedAt: null },
        ...{ firstCommitAt: anInstant, closedAt: null, commitCount: null, lastCommitAt: anInstant },
        ...{ linesChanged: null, activities: [] },
      },
      {
        ...{ ...shared, number: 1, isDraft: false, authorUuid: aPerson().uuid, openedAt: anInstant, mergedAt: null },
        ...{ firstCommitAt: anInstant - 3 * hour, closedAt: null, commitCount: 3, lastCommitAt: anInstant - hour },
        ...{ linesChanged: 42, activities: [toPastActivity(anActivity())] },
      },
    ]);
    expect(await stores.pullRequests.readOpen('{other}')).toEqual([]);
  });

  it('need a size at each new head, and none again for the merge of a head that was sized', async () => {
    await save(aPullRequestSnapshot());
    expect(await wanting()).toEqual([1]);
    await saveSize('aaaaaaaaaaaa', 1);
    expect(await wanting()).toEqual([]);
    await save(aPullRequestSnapshot({ updatedAt: anInstant + 2 * hour, source: pushed }));
    expect(await wanting()).toEqual([1]);
    expect((await stores.pullRequests.readOpen(workspace))[0]?.linesChanged).toBeNull();
    // Asked for before the push, answered after it.
    await saveSize('aaaaaaaaaaaa', 3);
    expect(await wanting()).toEqual([1]);
    await saveSize('dddddddddddd', 4);
    await save(aMergedSnapshot({ source: { ...pushed, hash: `dddddddddddd${'1'.repeat(28)}` } }));
    expect(await wanting()).toEqual([]);
    expect(await stores.pullRequests.get(workspace, repository, 1)).toMatchObject({ linesAdded: 4, linesRemoved: 1 });
  });

  it('remember of each head that its size cannot be had', async () => {
    await save(aPullRequestSnapshot());
    await saveSize('aaaaaaaaaaaa', 1);
    await save(aPullRequestSnapshot({ updatedAt: anInstant + 2 * hour, source: pushed }));
    const row = { number: 1, head: 'dddddddddddd', problem: 'too large' };
    await stores.pullRequests.saveSize(workspace, repository, row);
    expect(await wanting()).toEqual([]);
    expect(await stores.pullRequests.get(workspace, repository, 1)).toMatchObject({ linesAdded: null });
    await save(aPullRequestSnapshot({ updatedAt: anInstant + 3 * hour, source: { ...source, hash: 'eeeeeeeeeeee' } }));
    expect(await wanting()).toEqual([1]);
    await save(aPullRequestSnapshot({ updatedAt: anInstant + 4 * hour, state: 'DECLINED' }));
    expect(await wanting()).toEqual([]);
  });

  it('say so by the workspace when one of their people has another name or type', async () => {
    const rename = async (updatedAt: number, author: ReturnType<typeof aPerson>) => {
      await save(aPullRequestSnapshot({ updatedAt, author }));
      return (await stores.workspaces.get(workspace))?.version ?? 0;
    };
    // Older snapshots change no row of the pull request.
    const first = await rename(anInstant + 5 * hour, aPerson({ displayName: null, accountId: null }));
    const named = await rename(anInstant, aPerson({ displayName: 'Build Bot', accountId: null }));
    expect(named).toBe(first + 1);
    expect(await rename(anInstant, aPerson({ displayName: 'Build Bot', accountId: null }))).toBe(named);
    expect(await rename(anInstant + hour, aPerson({ displayName: 'Build Bot', type: 'app_user' }))).toBe(named + 1);
  });

  it('say so by their month when a size, an activity or an earlier commit comes late', async () => {
    await merge();
    const versions = [await monthOf()];
    await saveSize('aaaaaaaaaaaa', 1);
    versions.push(await monthOf());
    await stores.pullRequests.saveActivities(workspace, repository, [{ number: 1, activity: anActivity() }]);
    versions.push(await monthOf());
    const commits = [{ hash: aHash(5), authoredAt: anInstant - 5 * day }];
    await stores.pullRequests.saveCommits(workspace, repository, [
      { number: 1, head: null, commits, isComplete: true },
    ]);
    versions.push(await monthOf());
    expect(new Set(versions).size).toBe(4);
    expect(await stores.pullRequests.readMerged(workspace, march)).toMatchObject([
      { linesChanged: 2, firstCommitAt: anInstant - 5 * day, activities: [{ kind: 'approval' }] },
    ]);
  });
});
