import { randomBytes } from 'node:crypto';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { Encryption } from '../encryption/encryption';
import type { Connection } from './connection';

describe('Encryption', () => {
  const encryption = new Encryption(Buffer.alloc(32, 1));

  it('gives the text back at its place, and another cipher each time', () => {
    const [one, two] = [1, 2].map(() => encryption.encrypt('secret', ['connections', 'a']));
    expect(one).not.toBe(two);
    expect(encryption.decrypt(one ?? '', ['connections', 'a'])).toBe('secret');
  });

  it('refuses another place, another key and a changed text', () => {
    const stored = encryption.encrypt('secret', ['connections', 'a']);
    expect(() => encryption.decrypt(stored, ['connections', 'b'])).toThrow('cannot be decrypted');
    expect(() => new Encryption(randomBytes(32)).decrypt(stored, ['connections', 'a'])).toThrow('ENCRYPTION_KEY');
    expect(() => encryption.decrypt(`${stored.slice(0, -4)}AAA=`, ['connections', 'a'])).toThrow('decrypted');
    expect(() => encryption.decrypt('', ['connections', 'a'])).toThrow('decrypted');
  });

  it('refuses a key of another length', () => {
    expect(() => new Encryption(Buffer.alloc(16))).toThrow('16 bytes');
  });
});

describe.each(databaseKinds)('Connections on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
  });
  afterEach(() => stores.close());

  const install = (clientKey: string, workspace = '{w}'): Promise<Connection> =>
    stores.connections.saveNew({ workspace, kind: 'connect', clientKey, secret: `of ${clientKey}`, installedAt: 1 });

  it('keep no secret in clear', async () => {
    const { connections } = stores;
    await connections.saveNew({ workspace: '{w}', kind: 'connect', clientKey: 'k', secret: 'canary', installedAt: 1 });
    await connections.rotate({ clientKey: 'k', expectedSecret: 'canary', newSecret: 'canary 2', now: 2 });
    await connections.addPending({ workspace: '{w}', clientKey: 'p', secret: 'canary 3', receivedAt: 1 });
    const rows = await Promise.all(
      ['connections', 'pending_installs'].map((table) => stores.database.read(`SELECT * FROM ${table}`, [])),
    );
    expect(JSON.stringify(rows)).not.toContain('canary');
    expect(await connections.getLive('{w}')).toMatchObject({ secret: 'canary 2', previousSecret: 'canary' });
  });

  it('of a workspace are live one at a time', async () => {
    await install('one');
    await install('two');
    await install('elsewhere', '{x}');
    expect(await stores.connections.getLive('{w}')).toMatchObject({ clientKey: 'two' });
    expect(await stores.connections.getByClientKey('one')).toMatchObject({ status: 'uninstalled', uninstalledAt: 1 });
    expect(await stores.connections.getLive('{x}')).toMatchObject({ clientKey: 'elsewhere' });
  });

  it('are found after an uninstall, and live again in a new epoch by a rotation', async () => {
    const { connections } = stores;
    const first = await install('k');
    await connections.setStatus('k', 'uninstalled', { now: 5 });
    expect(await connections.getLive('{w}')).toBeNull();
    expect(await connections.get('{w}')).toMatchObject({ status: 'uninstalled', uninstalledAt: 5 });
    const change = { clientKey: 'k', expectedSecret: 'of k', newSecret: 'new', now: 9 };
    expect(await connections.rotate(change)).toBe(true);
    const again = await connections.getLive('{w}');
    expect(again).toMatchObject({ secret: 'new', previousSecret: 'of k', installedAt: 9, uninstalledAt: null });
    expect(again?.epoch).not.toBe(first.epoch);
  });

  it('rotate for one of those who expect the same secret', async () => {
    await install('k');
    const results = await Promise.all(
      ['a', 'b', 'c'].map((newSecret) =>
        stores.connections.rotate({ clientKey: 'k', expectedSecret: 'of k', newSecret, now: 2 }),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await stores.connections.rotate({ clientKey: 'x', expectedSecret: '', newSecret: '', now: 2 })).toBe(false);
  });

  it('pend until they prove themselves, the same install once', async () => {
    const { connections } = stores;
    const pending = { clientKey: 'k', workspace: '{w}', secret: 's', receivedAt: 1 };
    const id = await connections.addPending(pending);
    expect(await connections.addPending({ ...pending, receivedAt: 2 })).toBe(id);
    const squatter = await connections.addPending({ ...pending, secret: 'other' });
    await connections.notePendingAttempt(squatter, 'refused');
    expect(await connections.countPending()).toBe(2);
    expect(await connections.getPending(id)).toMatchObject({ receivedAt: 2, attempts: 0, secret: 's' });
    expect(await connections.getPending(squatter)).toMatchObject({ attempts: 1, problem: 'refused' });
    expect(await connections.promotePending(id, { now: 7 })).toMatchObject({
      clientKey: 'k',
      secret: 's',
      status: 'live',
      installedAt: 7,
    });
    expect(await connections.listPending()).toEqual([]);
  });

  it('are not replaced by a pending install whose client key became known meanwhile', async () => {
    const { connections } = stores;
    const id = await connections.addPending({ clientKey: 'k', workspace: '{w}', secret: 'late', receivedAt: 1 });
    await install('k');
    expect(await connections.promotePending(id, { now: 7 })).toBeNull();
    expect(await connections.getLive('{w}')).toMatchObject({ secret: 'of k' });
  });
});
