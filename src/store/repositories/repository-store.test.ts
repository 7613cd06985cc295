import {
  aRepository,
  aRepositoryUuid as uuid,
  aWorkspaceUuid as workspace,
  anInstant,
  hour,
} from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';

describe.each(databaseKinds)('A repository on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
    await stores.repositories.saveAll(workspace, [aRepository()]);
  });
  afterEach(() => stores.close());

  const find = () => stores.repositories.get(workspace, uuid);
  const notCompared = 'Bitbucket refuses its pull requests (403).';

  it('has no mark and no problem at first', async () => {
    expect(await find()).toMatchObject({ verifiedAt: null, problem: null, problemSince: null });
  });

  it('keeps its mark and its problem when it is read again', async () => {
    await stores.repositories.markVerified(workspace, uuid, anInstant);
    await stores.repositories.noteProblem(workspace, uuid, { problem: notCompared, now: anInstant + hour });
    await stores.repositories.saveAll(workspace, [aRepository({ name: 'Snares' })]);
    expect(await find()).toMatchObject({
      ...{ name: 'Snares', verifiedAt: anInstant },
      ...{ problem: notCompared, problemSince: anInstant + hour },
    });
  });

  it('has a problem since its first refusal, and none once it was compared', async () => {
    await stores.repositories.noteProblem(workspace, uuid, { problem: notCompared, now: anInstant });
    await stores.repositories.noteProblem(workspace, uuid, { problem: 'another', now: anInstant + hour });
    expect(await find()).toMatchObject({ problem: 'another', problemSince: anInstant });
    await stores.repositories.markVerified(workspace, uuid, anInstant + hour);
    expect(await find()).toMatchObject({ verifiedAt: anInstant + hour, problem: null, problemSince: null });
    await stores.repositories.noteProblem(workspace, uuid, { problem: notCompared, now: anInstant + 2 * hour });
    await stores.repositories.clearProblem(workspace, uuid);
    expect(await find()).toMatchObject({ verifiedAt: anInstant + hour, problem: null, problemSince: null });
  });

  it('never loses ground: an older comparison that ends later changes nothing', async () => {
    await stores.repositories.markVerified(workspace, uuid, anInstant + hour);
    await stores.repositories.markVerified(workspace, uuid, anInstant);
    expect(await find()).toMatchObject({ verifiedAt: anInstant + hour });
  });

  it('keeps its mark while it is gone', async () => {
    await stores.repositories.markVerified(workspace, uuid, anInstant);
    await stores.repositories.markGone(workspace, uuid, anInstant + hour);
    expect(await stores.repositories.list(workspace)).toEqual([]);
    await stores.repositories.saveAll(workspace, [aRepository()]);
    expect(await find()).toMatchObject({ goneAt: null, verifiedAt: anInstant });
  });

  it('does not forget its default branch for an answer that names none', async () => {
    await stores.repositories.saveAll(workspace, [aRepository({ defaultBranch: null, slug: 'snares' })]);
    expect(await find()).toMatchObject({ slug: 'snares', defaultBranch: 'main' });
    await stores.repositories.saveAll(workspace, [aRepository({ defaultBranch: 'trunk' })]);
    expect(await find()).toMatchObject({ defaultBranch: 'trunk' });
  });

  it('has a default branch since a change was told of, whoever reads it first', async () => {
    const [toldAt, readAt] = [anInstant + hour, anInstant + 2 * hour];
    for (const at of [toldAt, readAt]) await stores.repositories.noteChangeTold(workspace, uuid, at);
    await stores.repositories.saveAll(workspace, [aRepository({ defaultBranch: 'trunk', readAt, changeToldAt: null })]);
    expect(await find()).toMatchObject({ changeToldAt: toldAt });
    const another = aRepository({ defaultBranch: 'trunk', readAt: readAt + hour, changeToldAt: toldAt });
    await stores.repositories.saveAll(workspace, [another]);
    expect(await find()).toMatchObject({ changeToldAt: null });
    expect(await stores.repositories.listDefaultBranches(workspace, uuid)).toEqual([
      { since: anInstant, branch: 'main' },
      { since: toldAt, branch: 'trunk' },
    ]);
  });
});

describe.each(databaseKinds)('What a workspace was compared with on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  it('never moves backwards', async () => {
    for (const at of [anInstant, anInstant + hour, anInstant]) await stores.workspaces.moveVerifiedAt(workspace, at);
    expect(await stores.workspaces.get(workspace)).toMatchObject({ verifiedAt: anInstant + hour });
  });

  it('knows when the list of its repositories was read whole', async () => {
    expect(await stores.workspaces.get(workspace)).toMatchObject({ repositoriesReadAt: null });
    await stores.workspaces.update(workspace, { repositoriesReadAt: anInstant });
    expect(await stores.workspaces.get(workspace)).toMatchObject({ repositoriesReadAt: anInstant });
  });
});
