import { anInstant, aWorkspaceUuid as uuid } from '../../../test/support/builders';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';

const month = { month: '2026-04', columns: Buffer.from('columns') };

describe.each(databaseKinds)('finished columns on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openWorkspaceStores(kind);
  });
  afterEach(() => stores.close());

  const findWorkspace = async () => {
    const workspace = await stores.workspaces.get(uuid);
    if (workspace === null) throw new Error('There is a workspace.');
    return workspace;
  };

  it('that are written while the workspace is being erased go with it', async () => {
    const { database, columns } = stores;
    const workspace = await findWorkspace();
    const save = async () => {
      await columns.saveMonth(workspace, month);
      await columns.saveCheckpoint(workspace, { version: 1, basis: '{}', names: '{}' });
    };
    const tellCleared: (() => void)[] = [];
    const cleared = new Promise<void>((resolve) => tellCleared.push(resolve));
    // SQLite has one writer: there the columns are written before.
    const saved = kind === 'sqlite' ? save() : cleared.then(save);
    if (kind === 'sqlite') await saved;
    const erasing = database.transaction(async (tx) => {
      if (kind === 'postgres') await database.write('DELETE FROM month_columns WHERE workspace = $1', [uuid], tx);
      tellCleared.forEach((tell) => tell());
      await saved;
      await database.write('DELETE FROM workspaces WHERE uuid = $1', [uuid], tx);
    });
    await Promise.all([saved, erasing]);
    expect(await columns.readMonth(uuid, month.month)).toBeNull();
    expect(await columns.getCheckpoint(uuid)).toBeNull();
  });

  it('are not written of a workspace that is gone, or was connected anew since', async () => {
    const workspace = await findWorkspace();
    await stores.columns.saveMonth({ uuid, connectedAt: workspace.connectedAt - 1 }, month);
    expect(await stores.columns.readMonth(uuid, month.month)).toBeNull();
    await stores.erasure.erase(uuid);
    await stores.columns.saveMonth(workspace, month);
    await stores.columns.saveCheckpoint(workspace, { version: 9, basis: '{}', names: '{}' });
    expect(await stores.columns.getCheckpoint(uuid)).toBeNull();
  });

  it('never go back to an older version', async () => {
    const workspace = await findWorkspace();
    await stores.columns.saveCheckpoint(workspace, { version: anInstant, basis: 'new', names: '' });
    await stores.columns.saveCheckpoint(workspace, { version: 5, basis: 'old', names: '' });
    expect(await stores.columns.getCheckpoint(uuid)).toEqual({ version: anInstant, basis: 'new', names: '' });
  });
});
