import {
  aMergedSnapshot,
  anInstant,
  aPullRequestSnapshot,
  aRepository,
  aRepositoryUuid as repository,
  aWorkspaceUuid as workspace,
  day,
  hour,
} from '../../../test/support/builders';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';

const mergedAt = anInstant + day;
const mergeRecord = {
  number: 1,
  defaultBranch: 'main',
  teams: ['core'],
  teamsAsOf: 'merge',
  mergeRecordedAt: mergedAt,
} as const;

describe.each(databaseKinds)('What was so at a merge, on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
    await stores.pullRequests.saveSnapshots(workspace, repository, [aMergedSnapshot()]);
    await stores.pullRequests.saveMergeTimes(workspace, repository, [{ number: 1, source: 'notice', at: mergedAt }]);
  });
  afterEach(() => stores.close());

  const read = async () => (await stores.pullRequests.readMerged(workspace, '2026-03'))[0];
  const readRepository = (defaultBranch: string | null, readAt: number) =>
    stores.repositories.saveAll(workspace, [aRepository({ defaultBranch, readAt })]);

  it('is the default branch that was known when its notice arrived, whatever is said later', async () => {
    await stores.mergeRecords.noteDefaultBranch(workspace, repository, [{ number: 1, branch: 'main' }]);
    await stores.mergeRecords.noteDefaultBranch(workspace, repository, [{ number: 1, branch: 'trunk' }]);
    await stores.mergeRecords.recordMerges(workspace, repository, [{ ...mergeRecord, defaultBranch: 'trunk' }]);
    expect(await read()).toMatchObject({ defaultBranchAtMerge: 'main' });
  });

  it('is judged once a default branch is known', async () => {
    await readRepository(null, anInstant);
    await stores.mergeRecords.recordMerges(workspace, repository, [{ ...mergeRecord, defaultBranch: null }]);
    expect(await read()).toMatchObject({ defaultBranchAtMerge: null });
    const before = await stores.workspaces.get(workspace);
    await readRepository('main', anInstant + 40 * day);
    expect(await read()).toMatchObject({ defaultBranchAtMerge: 'main' });
    expect((await stores.workspaces.get(workspace))?.version).toBeGreaterThan(before?.version ?? 0);
    await readRepository('trunk', anInstant + 41 * day);
    expect(await read()).toMatchObject({ defaultBranchAtMerge: 'main' });
  });

  it('has teams that may be filled in later, once', async () => {
    await stores.mergeRecords.recordMerges(workspace, repository, [{ ...mergeRecord, teams: null }]);
    expect(await read()).toMatchObject({ teams: [], teamsAsOf: 'import' });
    expect(await stores.mergeRecords.listWithoutTeams(workspace)).toEqual([
      { repositoryUuid: repository, number: 1, authorUuid: aMergedSnapshot().author?.uuid },
    ]);
    await stores.mergeRecords.fillTeams(workspace, repository, [{ number: 1, teams: ['core'], teamsAsOf: 'import' }]);
    await stores.mergeRecords.fillTeams(workspace, repository, [{ number: 1, teams: ['other'], teamsAsOf: 'merge' }]);
    expect(await read()).toMatchObject({ teams: ['core'], teamsAsOf: 'import' });
    expect(await stores.mergeRecords.listWithoutTeams(workspace)).toEqual([]);
  });

  it('has no teams before it is recorded', async () => {
    await stores.mergeRecords.fillTeams(workspace, repository, [{ number: 1, teams: ['core'], teamsAsOf: 'import' }]);
    await stores.mergeRecords.recordMerges(workspace, repository, [mergeRecord]);
    expect(await read()).toMatchObject({ teams: ['core'], teamsAsOf: 'merge' });
  });

  it('knows the default branches of a repository since when each was one, and forgets none', async () => {
    await readRepository('master', anInstant);
    await readRepository('master', anInstant + hour);
    await readRepository(null, anInstant + 2 * hour);
    await readRepository('main', anInstant + 3 * hour);
    expect(await stores.repositories.listDefaultBranches(workspace, repository)).toEqual([
      { since: anInstant, branch: 'master' },
      { since: anInstant + 3 * hour, branch: 'main' },
    ]);
    expect((await stores.repositories.get(workspace, repository))?.defaultBranch).toBe('main');
  });

  it('keeps a default branch over a reading that tells none', async () => {
    await readRepository('master', anInstant);
    await readRepository(null, anInstant + hour);
    expect((await stores.repositories.get(workspace, repository))?.defaultBranch).toBe('master');
  });
});

describe.each(databaseKinds)('What a reading shows, on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  it('dates a commit from the future to when it was first seen', async () => {
    await stores.pullRequests.saveSnapshots(workspace, repository, [aPullRequestSnapshot()]);
    const save = (seenAt: number) =>
      stores.pullRequests.saveCommits(workspace, repository, [
        {
          ...{ number: 1, head: 'aaaaaaaaaaaa', isComplete: true, seenAt },
          commits: [{ hash: 'a'.repeat(40), authoredAt: anInstant + 40 * day }],
        },
      ]);
    await save(anInstant + hour);
    await save(anInstant + 2 * hour);
    expect(await stores.pullRequests.readOpen(workspace)).toMatchObject([{ lastCommitAt: anInstant + hour }]);
  });

  it('is what one push told of a branch, the first time a commit came', async () => {
    const commit = { hash: '1'.repeat(40), authoredAt: anInstant, parents: ['0'.repeat(40)] };
    const more = { hash: '2'.repeat(40), authoredAt: anInstant, parents: null };
    const first = { branch: 'b', oldHash: null, newHash: commit.hash, isWhole: true, commits: [commit] };
    const second = { branch: 'b', oldHash: commit.hash, newHash: more.hash, isWhole: false, commits: [more, commit] };
    const save = (pushes: readonly (typeof first | typeof second)[], at: number) =>
      stores.database.transaction((tx) => stores.pushes.saveAll(workspace, repository, { pushes, at }, tx));
    await save([first], anInstant);
    await save([second], anInstant + hour);
    await save([first], anInstant + day);
    expect(await stores.pushes.list(workspace, repository, 'b')).toEqual([first, { ...second, commits: [more] }]);
    await stores.endedRows.forget(workspace, anInstant + 180 * day + hour);
    expect(await stores.pushes.list(workspace, repository, 'b')).toEqual([{ ...second, commits: [more] }]);
  });

  it('names what could not be read until it can be', async () => {
    const problem = {
      repositoryUuid: repository,
      number: 4,
      what: 'pull_request' as const,
      problem: 'No answer.',
      since: 1,
    };
    await stores.readingProblems.note(workspace, problem);
    await stores.readingProblems.note(workspace, { ...problem, problem: 'Again.', since: 2 });
    await stores.readingProblems.note(workspace, { ...problem, what: 'size' });
    expect(await stores.readingProblems.list(workspace)).toEqual([problem, { ...problem, what: 'size' }]);
    await stores.readingProblems.clear(workspace, { repositoryUuid: repository, number: 4, what: 'size' });
    expect(await stores.readingProblems.list(workspace, repository)).toEqual([problem]);
    await stores.readingProblems.clear(workspace, { repositoryUuid: repository, number: 4 });
    expect(await stores.readingProblems.list(workspace)).toEqual([]);
  });
});
