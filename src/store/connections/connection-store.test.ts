import { pendingInstalls } from '../schema/connections';
import { randomBytes } from 'node:crypto';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { Encryption, type Encrypted } from '../encryption/encryption';
import type { Connection } from './connection';
import type { NewConnection } from './connection-rows';

describe('Encryption', () => {
  const encryption = new Encryption(Buffer.alloc(32, 1));

  it('gives the text back at its place, and another cipher each time', () => {
    const one = encryption.encrypt('secret', ['connections', 'a']);
    expect(encryption.encrypt('secret', ['connections', 'a'])).not.toBe(one);
    expect(encryption.decrypt(one, ['connections', 'a'])).toBe('secret');
  });

  it('refuses another place, another key and a changed text', () => {
    const stored = encryption.encrypt('secret', ['connections', 'a']);
    const changed = [`${stored.slice(0, -4)}AAA=`, ''] as Encrypted[];
    expect(() => encryption.decrypt(stored, ['connections', 'b'])).toThrow('cannot be decrypted');
    expect(() => new Encryption(randomBytes(32)).decrypt(stored, ['connections', 'a'])).toThrow('ENCRYPTION_KEY');
    for (const text of changed) {
      expect(() => encryption.decrypt(text, ['connections', 'a'])).toThrow('decrypted');
    }
  });

  it('refuses a key of another length', () => {
    expect(() => new Encryption(Buffer.alloc(16))).toThrow('16 bytes');
  });
});

const k = { kind: 'connect', reference: 'k' } as const;

describe.each(databaseKinds)('Connections on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
  });
  afterEach(() => stores.close());

  const save = (kind: Connection['kind'], reference: string, more: Partial<NewConnection> = {}): Promise<Connection> =>
    stores.connections.saveNew({
      ...{ workspace: '{w}', kind, reference, credentials: `of ${reference}`, installedAt: 1 },
      ...more,
    });
  const install = (reference: string, workspace = '{w}'): Promise<Connection> =>
    save('connect', reference, { workspace });
  const statusOf = async (kind: Connection['kind'], reference: string): Promise<string | undefined> =>
    (await stores.connections.getByReference(kind, reference))?.status;

  it('keep no secret in clear', async () => {
    const { connections } = stores;
    await save('connect', 'k', { credentials: 'canary' });
    await connections.rotate({ ...k, expectedCredentials: 'canary', newCredentials: 'canary 2', now: 2 });
    await connections.addPending({ workspace: '{w}', clientKey: 'p', secret: 'canary 3', receivedAt: 1 });
    const rows = await Promise.all(
      ['connections', 'pending_installs'].map((table) => stores.database.read(`SELECT * FROM ${table}`, [])),
    );
    expect(JSON.stringify(rows)).not.toContain('canary');
    expect(await connections.getLive('{w}')).toMatchObject({
      credentials: 'canary 2',
      previousCredentials: 'canary',
    });
  });

  it('of a workspace are live one at a time', async () => {
    await install('one');
    await install('two');
    await install('elsewhere', '{x}');
    expect(await stores.connections.getLive('{w}')).toMatchObject({ reference: 'two' });
    expect(await stores.connections.getByReference('connect', 'one')).toMatchObject({
      status: 'uninstalled',
      uninstalledAt: 1,
    });
    expect(await stores.connections.getLive('{x}')).toMatchObject({ reference: 'elsewhere' });
  });

  it('are found after an uninstall, and live again in a new epoch by a rotation', async () => {
    const { connections } = stores;
    const first = await install('k');
    await connections.setStatus(k, 'uninstalled', { now: 5 });
    expect(await connections.getLive('{w}')).toBeNull();
    expect(await connections.get('{w}')).toMatchObject({ status: 'uninstalled', uninstalledAt: 5 });
    const change = { ...k, expectedCredentials: 'of k', newCredentials: 'new', now: 9 };
    expect(await connections.rotate(change)).toBe(true);
    const again = await connections.getLive('{w}');
    expect(again).toMatchObject({
      ...{ credentials: 'new', previousCredentials: 'of k' },
      ...{ installedAt: 9, uninstalledAt: null },
    });
    expect(again?.epoch).not.toBe(first.epoch);
  });

  it('rotate for one of those who expect the same secret', async () => {
    await install('k');
    const results = await Promise.all(
      ['a', 'b', 'c'].map((newCredentials) =>
        stores.connections.rotate({ ...k, expectedCredentials: 'of k', newCredentials, now: 2 }),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    const unknown = { ...k, reference: 'x', expectedCredentials: '', newCredentials: '', now: 2 };
    expect(await stores.connections.rotate(unknown)).toBe(false);
  });

  describe('of several kinds', () => {
    beforeEach(async () => {
      await install('k');
      await save('access_token', 'hook', { installedAt: 2 });
    });

    it('supersede each other: one is live, and sessions go on', async () => {
      const { connections } = stores;
      const live = await connections.getLive('{w}');
      expect(live).toMatchObject({ kind: 'access_token', credentials: 'of hook' });
      const before = await connections.getByReference('connect', 'k');
      expect(before).toMatchObject({ status: 'superseded', uninstalledAt: null, credentials: 'of k' });
      expect(live?.epoch).toBe(before?.epoch);
      expect((await connections.get('{w}'))?.kind).toBe('access_token');
      expect(await connections.getByReference('forge', 'k')).toBeNull();
    });

    it('supersede back, the one of the same kind ending as ever', async () => {
      await install('later');
      expect(await statusOf('access_token', 'hook')).toBe('superseded');
      expect(await statusOf('connect', 'k')).toBe('uninstalled');
      expect(await statusOf('connect', 'later')).toBe('live');
    });

    it('stay superseded when their credentials are rotated or they are enabled', async () => {
      const { connections } = stores;
      expect(await connections.rotate({ ...k, expectedCredentials: 'of k', newCredentials: 'new', now: 3 })).toBe(true);
      expect(await connections.getByReference('connect', 'k')).toMatchObject({
        ...{ status: 'superseded', credentials: 'new' },
      });
      await connections.setStatus(k, 'disabled', { now: 4 });
      expect(await connections.enable(k, { now: 5 })).toBe('superseded');
      await connections.setStatus(k, 'disabled', { now: 6 });
      await connections.rotate({ ...k, expectedCredentials: 'new', newCredentials: 'newer', now: 7 });
      expect(await statusOf('connect', 'k')).toBe('superseded');
      expect(await statusOf('access_token', 'hook')).toBe('live');
    });

    it('come back from an uninstall as the live one', async () => {
      const { connections } = stores;
      await connections.setStatus(k, 'uninstalled', { now: 3 });
      await connections.rotate({ ...k, expectedCredentials: 'of k', newCredentials: 'new', now: 4 });
      expect(await statusOf('connect', 'k')).toBe('live');
      expect(await statusOf('access_token', 'hook')).toBe('superseded');
    });

    it('become live by being enabled where no other kind is, and end the others of theirs', async () => {
      const { connections } = stores;
      await connections.setStatus({ kind: 'access_token', reference: 'hook' }, 'uninstalled', { now: 3 });
      await install('later');
      await connections.setStatus(k, 'disabled', { now: 4 });
      expect(await connections.enable(k, { now: 5 })).toBe('live');
      expect(await statusOf('connect', 'later')).toBe('uninstalled');
    });

    it('cannot be live twice, whoever writes', async () => {
      const setLive = `UPDATE connections SET status = 'live' WHERE reference = 'k'`;
      await expect(stores.database.write(setLive, [])).rejects.toThrow();
    });
  });

  it('pend until they prove themselves, the same install once', async () => {
    const { connections } = stores;
    const pending = { clientKey: 'k', workspace: '{w}', secret: 's', receivedAt: 1 };
    const id = await connections.addPending(pending);
    expect(await connections.addPending({ ...pending, receivedAt: 2 })).toBe(id);
    const squatter = await connections.addPending({ ...pending, secret: 'other' });
    await connections.notePendingAttempt(squatter, 'refused');
    expect(await connections.listPending()).toHaveLength(2);
    expect(await connections.getPending(id)).toMatchObject({ receivedAt: 2, attempts: 0, secret: 's' });
    expect(await connections.getPending(squatter)).toMatchObject({ problem: 'refused' });
    expect(await connections.promotePending(id, { now: 7 })).toMatchObject({
      ...{ kind: 'connect', reference: 'k' },
      credentials: 's',
      status: 'live',
      installedAt: 7,
    });
    expect(await connections.listPending()).toEqual([]);
  });

  it('are tried in turn, at most one a second over all processes, and not for longer than they may wait', async () => {
    const { connections } = stores;
    const add = (clientKey: string, receivedAt: number) =>
      connections.addPending({ clientKey, workspace: `{${clientKey}}`, secret: 's', receivedAt, origin: clientKey });
    const [one, other] = [await add('one', 0), await add('other', 10)];
    expect(await connections.findProofTurn(300)).toBeNull();
    const asked = await Promise.all([connections.takeProofTurn(300), connections.takeProofTurn(300)]);
    expect(asked).toContainEqual({ pendingId: other });
    expect(asked).toContainEqual({ againAt: 1_300 });
    expect(await connections.findProofTurn(1_299)).toBe(1_300);
    // A clock that was set back.
    expect(await connections.findProofTurn(299)).toBeNull();
    expect(await connections.takeProofTurn(1_300)).toEqual({ pendingId: one });
    expect(await connections.getPending(one)).toMatchObject({ attempts: 1, nextTryAt: 3_300 });
    await add('one', 2_000);
    expect(await connections.getPending(one)).toMatchObject({ attempts: 0, receivedAt: 2_000 });
    expect(await connections.takeProofTurn(15 * 60_000 + 10)).toEqual({ pendingId: one });
    expect(await connections.listPending()).toHaveLength(1);
    expect(await connections.takeProofTurn(30 * 60_000)).toBeNull();
  });

  it('wait in a line of two hundred, whose last gives way', async () => {
    const { connections, database } = stores;
    const aRow = { attempts: 1, problem: null, nextTryAt: 0, receivedAt: 1, secret: 's' as Encrypted, origin: 'o' };
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...aRow,
      id: `${index}`,
      workspace: 'w',
      clientKey: 'k',
    }));
    await database.insert(pendingInstalls, rows, { onConflict: 'keep' });
    const id = await connections.addPending({ clientKey: 'k', workspace: '{w}', secret: 's', receivedAt: 2 });
    expect((await database.find(pendingInstalls, { where: {} })).filter((row) => row.id === id)).toHaveLength(1);
    expect(await database.find(pendingInstalls, { where: {} })).toHaveLength(200);
  });

  it('are not replaced by a pending install whose client key became known meanwhile', async () => {
    const { connections } = stores;
    const id = await connections.addPending({ clientKey: 'k', workspace: '{w}', secret: 'late', receivedAt: 1 });
    await install('k');
    expect(await connections.promotePending(id, { now: 7 })).toBeNull();
    expect(await connections.getLive('{w}')).toMatchObject({ credentials: 'of k' });
  });

  it('take over with another secret and other terms in one step, and give back what they superseded', async () => {
    const { connections } = stores;
    const hook = { kind: 'access_token', reference: 'h' } as const;
    const { epoch } = await save('access_token', 'h');
    await install('k');
    const change = { ...hook, expectedCredentials: 'of h', newCredentials: 'new', now: 5 };
    const terms = { givenAt: 5, expiresAt: 9, repositories: ['{r}'] };
    expect(await connections.rotate({ ...change, terms, takesOver: true })).toBe(true);
    expect(await connections.getLive('{w}')).toMatchObject({ ...hook, ...terms, epoch, credentials: 'new' });
    expect(await statusOf('connect', 'k')).toBe('superseded');
    expect(await connections.giveBack(hook, { now: 6 })).toBe(true);
    expect(await connections.getLive('{w}')).toMatchObject({ ...k, epoch });
    expect(await connections.list('{w}')).toMatchObject([{ ...hook, status: 'uninstalled', uninstalledAt: 6 }, k]);
    expect(await connections.list('{other}')).toEqual([]);
    expect(await connections.giveBack(hook, { now: 7 })).toBe(false);
    expect(await connections.giveBack({ ...hook, reference: 'none' }, { now: 7 })).toBe(false);
  });
});
