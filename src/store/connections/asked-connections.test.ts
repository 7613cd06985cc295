import { aWorkspaceUuid as workspace } from '../../../test/support/builders';
import { databaseKinds, openTestStores, testEncryptionKey, type TestStores } from '../../../test/support/test-database';
import { openDatabase } from '../open-database';
import { openStores, type Stores } from '../stores';

const name = { kind: 'connect', reference: 'key:1' } as const;

describe.each(databaseKinds)('Connections that are asked for with every request, on %s', (kind) => {
  let other: TestStores;
  let stores: Stores;
  let statements: string[];

  beforeEach(async () => {
    // Two processes on one database.
    other = await openTestStores(kind);
    statements = [];
    const database = await openDatabase({ url: other.url, onStatement: (sql) => void statements.push(sql) });
    stores = openStores(database, { encryptionKey: testEncryptionKey });
    await other.connections.saveNew({ ...name, workspace, credentials: 'first', installedAt: 1 });
    statements = [];
  });
  afterEach(async () => {
    await stores.database.close();
    await other.close();
  });

  const ask = (reference: string = name.reference) => stores.connections.getByReference('connect', reference);

  it('are read together, and opened once as long as they stay what they are', async () => {
    const before = await ask();
    statements = [];
    const found = await Promise.all(
      Array.from({ length: 100 }, (_, index) => ask(index % 2 === 0 ? 'key:1' : 'key:2')),
    );
    expect(statements).toHaveLength(1);
    expect(before).toMatchObject({ reference: 'key:1', credentials: 'first', status: 'live' });
    expect(new Set(found)).toEqual(new Set([before, null]));
    expect(found[0]).toBe(before);
  });

  it('are believed no longer than they are so, whichever process changes them', async () => {
    await ask();
    const change = { ...name, expectedCredentials: 'first', newCredentials: 'second', now: 2 };
    expect(await other.connections.rotate(change)).toBe(true);
    expect(await ask()).toMatchObject({ credentials: 'second', previousCredentials: 'first' });
    await other.connections.setStatus(name, 'uninstalled', { now: 3 });
    expect(await ask()).toMatchObject({ status: 'uninstalled' });
    await other.database.write('DELETE FROM connections WHERE workspace = $1', [workspace]);
    expect(await ask()).toBeNull();
  });

  it('are of the kind that is asked for', async () => {
    expect(await stores.connections.getByReference('access_token', name.reference)).toBeNull();
  });

  it('that cannot be opened fail alone', async () => {
    await other.connections.saveNew({
      ...name,
      workspace: '{other}',
      reference: 'key:2',
      credentials: 'x',
      installedAt: 1,
    });
    await other.database.write("UPDATE connections SET credentials = 'v1.none' WHERE reference = $1", ['key:2']);
    const [good, bad] = await Promise.allSettled([ask('key:1'), ask('key:2')]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { credentials: 'first' } });
    expect(bad.status).toBe('rejected');
  });
});
