import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';

const viewer = '{99999999-9999-4999-8999-999999999999}';
const [a, b] = ['{aaaaaaaa-0000-4000-8000-000000000001}', '{aaaaaaaa-0000-4000-8000-000000000002}'];
const all = { isAdministrator: true, repositories: null, readAt: 1 };

describe.each(databaseKinds)('What viewers may see, on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(async () => {
    await stores.close();
  });

  it('is kept as it was said: all, some or nothing', async () => {
    const said = [all, { isAdministrator: false, repositories: [a, b], readAt: 2 }, { ...all, repositories: [] }];
    for (const rights of said) {
      await stores.viewers.saveRights('{w}', viewer, rights);
      expect(await stores.viewers.getRights('{w}', viewer)).toMatchObject(rights);
    }
    expect(await stores.viewers.getRights('{other}', viewer)).toBeNull();
  });

  it('is replaced as a whole, also by several at once', async () => {
    await stores.viewers.saveRights('{old}', viewer, all);
    await stores.viewers.saveRights('{old}', 'somebody else', all);
    const replace = (workspace: string) => stores.viewers.replaceRights(viewer, new Map([[workspace, all]]));
    await Promise.all(['{v}', '{w}', '{x}', '{y}'].map(replace));
    expect(await stores.viewers.listWorkspaces(viewer)).toHaveLength(1);
    expect(await stores.viewers.listWorkspaces('somebody else')).toEqual(['{old}']);
  });
});
