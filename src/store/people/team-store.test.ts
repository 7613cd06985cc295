import {
  aMergedSnapshot,
  aRepositoryUuid,
  aWorkspaceUuid as workspace,
  anInstant,
} from '../../../test/support/builders';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';

describe.each(databaseKinds)('Teams on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const group = (slug: string, ...memberUuids: string[]) => ({ slug, name: `Group ${slug}`, memberUuids });
  const member = (userUuid: string) => ({ userUuid, since: anInstant, until: null });
  const version = async (): Promise<number | undefined> => (await stores.workspaces.get(workspace))?.version;

  it('are groups of two or more, as they are now', async () => {
    await stores.teams.replaceGroups(workspace, [group('core', '{b}', '{a}', '{a}'), group('solo', '{a}')], anInstant);
    expect(await stores.teams.list(workspace)).toEqual([
      {
        slug: 'core',
        name: 'Group core',
        source: 'group',
        isDeleted: false,
        members: [
          { userUuid: '{a}', since: null, until: null },
          { userUuid: '{b}', since: null, until: null },
        ],
      },
    ]);
    expect(await stores.workspaces.get(workspace)).toMatchObject({ groupsReadAt: anInstant });
  });

  it('give a new version only when a group changed', async () => {
    await stores.teams.replaceGroups(workspace, [group('core', '{a}', '{b}')], anInstant);
    const before = await version();
    await stores.teams.replaceGroups(workspace, [group('core', '{b}', '{a}')], anInstant + 1);
    expect(await version()).toBe(before);
    await stores.teams.replaceGroups(workspace, [group('core', '{b}', '{c}')], anInstant + 2);
    expect(await version()).toBeGreaterThan(before ?? 0);
  });

  it('stay as deleted when their group has gone, and come back with it', async () => {
    await stores.teams.replaceGroups(workspace, [group('core', '{a}', '{b}')], anInstant);
    await stores.pullRequests.saveSnapshots(workspace, aRepositoryUuid, [aMergedSnapshot()]);
    await stores.mergeRecords.recordMerges(workspace, aRepositoryUuid, [
      { number: 1, defaultBranch: 'main', teams: ['core'], teamsAsOf: 'merge', mergeRecordedAt: anInstant },
    ]);
    await stores.teams.replaceGroups(workspace, [], anInstant);
    expect(await stores.teams.list(workspace)).toMatchObject([{ slug: 'core', isDeleted: true }]);
    await stores.teams.replaceGroups(workspace, [group('core', '{a}')], anInstant);
    expect(await stores.teams.list(workspace)).toMatchObject([{ slug: 'core', isDeleted: false }]);
  });

  it('kept by hand know since when, and keep their slug from a group of the same', async () => {
    const { teams } = stores;
    const slug = await teams.saveManual(workspace, { slug: null, name: 'Core', members: [member('{a}')] });
    expect(slug).toBe('core');
    expect(await teams.saveManual(workspace, { slug: null, name: 'Core', members: [] })).toBe('core-2');
    await teams.replaceGroups(workspace, [group('core', '{a}', '{b}')], anInstant);
    await teams.replaceGroups(workspace, [group('core', '{a}', '{c}')], anInstant);
    await teams.saveManual(workspace, { slug, name: 'Kernel', members: [member('{z}')] });
    await teams.saveManual(workspace, { slug: 'core-2', name: 'Core', members: [member('{y}')] });
    await teams.deleteManual(workspace, 'core-2', 9_000);
    await teams.deleteManual(workspace, 'core-group', 9_000);
    expect(await teams.list(workspace)).toMatchObject([
      { slug: 'core', name: 'Kernel', source: 'manual', isDeleted: false, members: [member('{z}')] },
      { slug: 'core-2', isDeleted: true, members: [{ ...member('{y}'), until: 9_000 }] },
      { slug: 'core-group', source: 'group', isDeleted: false },
    ]);
  });
});
