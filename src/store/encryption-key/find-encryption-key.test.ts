import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { CannotStart } from '../../machine/cannot-start';
import { createRememberingLog } from '../../../test/support/remembering-log';
import { createTestDatabase, databaseKinds, type TestDatabaseUrl } from '../../../test/support/test-database';
import type { Database } from '../database/database';
import { openDatabase } from '../open-database';
import { openStores } from '../stores';
import { findEncryptionKey, toKeyFile } from './find-encryption-key';
import { reEncrypt } from './re-encrypt';

const own = Buffer.alloc(32, 1);
const other = Buffer.alloc(32, 2);

let created: TestDatabaseUrl;
let database: Database;
afterEach(async () => {
  await database.close();
  await created.remove();
});

async function open(kind: 'sqlite' | 'postgres'): Promise<void> {
  created = await createTestDatabase(kind);
  database = await openDatabase({ url: created.url });
}

/** What a start would find: the key, or the sentence of its refusal; and what it would say in the log. */
async function start(
  given: Buffer | null,
  previous: Buffer | null = null,
): Promise<{ key: Buffer | null; refusal: string; said: string }> {
  const { log, lines } = createRememberingLog();
  const tell = (): string => lines.map(({ msg }) => String(msg)).join(' ');
  try {
    const key = await findEncryptionKey(database, { given, previous, databaseUrl: created.url, log });
    return { key, refusal: '', said: tell() };
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    return { key: null, refusal: error.message, said: tell() };
  }
}

async function connect(encryptionKey: Buffer, reference = 'k'): Promise<void> {
  const { connections } = openStores(database, { encryptionKey });
  await connections.saveNew({
    workspace: `{${reference}}`,
    kind: 'connect',
    reference,
    credentials: 's',
    installedAt: 1,
  });
}

/** As a version before the fingerprint left it. */
const forget = (): Promise<number> => database.write('DELETE FROM encryption_key', []);

describe.each(databaseKinds)('The encryption key of a database on %s', (kind) => {
  beforeEach(() => open(kind));

  it('is known again, and any other is refused once a secret is stored', async () => {
    expect((await start(own)).key).toEqual(own);
    await connect(own);
    expect((await start(own)).key).toEqual(own);
    const { refusal } = await start(other);
    expect(refusal).toMatch(/^ENCRYPTION_KEY, or the file of .* is not the key with which the secret of a connection/u);
    expect(refusal).toContain('docs/operations.md');
    expect((await start(own)).key).toEqual(own);
  });

  it('may be changed as long as nothing is encrypted with it', async () => {
    expect((await start(own)).key).toEqual(own);
    expect((await start(other)).key).toEqual(other);
    await connect(other);
    expect((await start(own)).key).toBeNull();
  });

  it('leaves a mark that tells nothing of it and is another one each time', async () => {
    const marks = new Set<string>();
    for (const key of [own, other, own]) {
      await start(key);
      const rows = await database.read('SELECT * FROM encryption_key', []);
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(key.toString('base64').slice(0, 10));
      marks.add(JSON.stringify(rows));
    }
    expect(marks.size).toBe(3);
  });

  it('is found out by what is stored in a database from before the mark', async () => {
    await connect(own);
    await connect(own, 'l');
    expect((await start(other)).refusal).toContain('the secrets of 2 connections in this database were encrypted');
    expect(await database.read('SELECT * FROM encryption_key', [])).toEqual([]);
    expect((await start(own)).key).toEqual(own);
    expect(await database.read('SELECT * FROM encryption_key', [])).toHaveLength(1);
  });

  it('that opens only some of the secrets starts, and the log names how many are lost', async () => {
    await connect(own);
    await connect(other, 'l');
    await forget();
    const { key, said } = await start(own);
    expect(key).toEqual(own);
    expect(said).toContain('the secret of a connection cannot be opened with this key');
  });

  it('is needed for an install that waits for its proof as well', async () => {
    const { connections } = openStores(database, { encryptionKey: own });
    await connections.addPending({ workspace: '{w}', clientKey: 'p', secret: 's', receivedAt: 1 });
    expect((await start(other)).key).toBeNull();
    expect((await start(own)).key).toEqual(own);
  });
});

describe.each(databaseKinds)('The change of the key of a database on %s', (kind) => {
  const [old, fresh, wrong] = [own, other, Buffer.alloc(32, 3)];
  const countMarks = async () => (await database.read('SELECT * FROM encryption_key', [])).length;
  beforeEach(async () => {
    await open(kind);
    await start(old);
    await connect(old);
    await connect(old, 'l');
    const { connections } = openStores(database, { encryptionKey: old });
    const named = { kind: 'connect', reference: 'l', expectedCredentials: 's', newCredentials: 't', now: 2 } as const;
    await connections.rotate(named);
    await connections.addPending({ workspace: '{w}', clientKey: 'p', secret: 's', receivedAt: 1 });
  });

  it('begins with both keys: what either encrypted is read, and the new one is written with', async () => {
    expect((await start(fresh, old)).key).toEqual(fresh);
    const { connections } = openStores(database, { encryptionKey: fresh, previousEncryptionKey: old });
    expect(await connections.getByReference('connect', 'l')).toMatchObject({
      ...{ credentials: 't', previousCredentials: 's' },
    });
    await connect(fresh, 'new');
    // From now on neither key alone will do.
    expect((await start(old)).refusal).toContain('set ENCRYPTION_KEY_PREVIOUS to it, then run "drumbeat re-encrypt"');
    expect((await start(fresh)).refusal).toContain('need the other key');
    expect((await start(fresh, old)).key).toEqual(fresh);
  });

  it('is refused with a previous key that is not the one', async () => {
    expect((await start(fresh, wrong)).refusal).toMatch(
      /^Neither ENCRYPTION_KEY,.* nor ENCRYPTION_KEY_PREVIOUS is the key/u,
    );
    expect(await countMarks()).toBe(1);
    expect((await start(old, wrong)).key).toEqual(old);
  });

  it('goes on where it was cut off, and ends when everything is encrypted anew, of every table', async () => {
    await start(fresh, old);
    const stopped = jest.spyOn(database, 'update').mockRejectedValueOnce(new Error('killed'));
    await expect(reEncrypt(database, { key: fresh, previous: old })).rejects.toThrow('killed');
    stopped.mockRestore();
    await connect(fresh, 'meanwhile');
    expect(await reEncrypt(database, { key: fresh, previous: old })).toEqual({ changed: 4, total: 5, unreadable: 0 });
    expect(await countMarks()).toBe(1);
    expect((await start(fresh)).key).toEqual(fresh);
    expect((await start(old)).key).toBeNull();
    const { connections } = openStores(database, { encryptionKey: fresh });
    expect(await connections.getByReference('connect', 'l')).toMatchObject({
      ...{ credentials: 't', previousCredentials: 's' },
    });
    expect(await connections.listPending()).toMatchObject([{ secret: 's' }]);
    expect(await reEncrypt(database, { key: fresh, previous: old })).toEqual({ changed: 0, total: 5, unreadable: 0 });
  });
});

describe('The key file beside an SQLite database', () => {
  let file: string;
  beforeEach(async () => {
    await open('sqlite');
    file = toKeyFile(created.url) ?? '';
  });

  it('is made once, for its owner alone', async () => {
    const { key } = await start(null);
    expect(readFileSync(file, 'utf8')).toBe(key?.toString('base64'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await start(null)).key).toEqual(key);
  });

  it('is not made where secrets wait for the one that is lost', async () => {
    await connect((await start(null)).key ?? own);
    rmSync(file);
    const { refusal } = await start(null);
    expect(refusal).toMatch(/^The key file .* is missing, and the database holds the secret of a connection/u);
    expect(refusal).toContain('set ENCRYPTION_KEY');
    expect(existsSync(file)).toBe(false);
  });

  it('is not made a second time, and any key will do before anything is encrypted', async () => {
    const { key } = await start(null);
    rmSync(file);
    expect((await start(null)).refusal).toContain(`${file} is missing, and the database knows its key`);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, other.toString('base64'));
    expect((await start(null)).key).toEqual(other);
    expect(key).not.toEqual(other);
  });

  it('with another key is refused, and so is ENCRYPTION_KEY, which tells of the file', async () => {
    await connect((await start(null)).key ?? own);
    expect((await start(other)).refusal).toContain(`it may be the one in ${file}`);
    writeFileSync(file, randomBytes(32).toString('base64'));
    expect((await start(null)).refusal).toContain(`The key in ${file} is not the key`);
  });

  it.each(['', 'no key', Buffer.alloc(16).toString('base64')])('that holds no key is refused: "%s"', async (text) => {
    writeFileSync(file, text);
    expect((await start(null)).refusal).toContain(`${file} does not hold a key (32 bytes in base64)`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('that cannot be read is refused, with the reason', async () => {
    mkdirSync(file);
    expect((await start(null)).refusal).toContain('cannot be read (it is a folder)');
  });

  it('that others could read is used, and closed to them, which the log says', async () => {
    await start(null);
    chmodSync(file, 0o644);
    const { key, said } = await start(null);
    expect(key).not.toBeNull();
    expect(said).toContain('its owner alone can');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
