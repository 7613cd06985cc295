import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sqlite3 from 'sqlite3';
import { CannotStart } from '../machine/cannot-start';
import { createTestDatabase, databaseKinds } from '../../test/support/test-database';
import { DatabaseFailed } from './database/database-failed';
import { toOpeningFailure } from './database/opening-failure';
import { allMigrations } from './migrations/all-migrations';
import { openDatabase } from './open-database';

/** The sentence that whoever set DATABASE_URL reads. */
async function refusal(url: string): Promise<string> {
  const error = await openDatabase({ url }).then(
    async (database) => {
      await database.close();
      return null;
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CannotStart);
  const { message } = error as CannotStart;
  expect(message).not.toMatch(/\n|canary/u);
  return message;
}

/** As an account that has no rights of its own: root may write what can only be read. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const me = process.geteuid?.();
  if (me !== 0) return work();
  process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    process.seteuid?.(me);
  }
}

describe('A file that cannot be a database', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-test-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (...parts: string[]): string => path.join(folder, ...parts);

  it('is a folder, and the sentence names a file in it', async () => {
    expect(await refusal(`sqlite:${folder}`)).toBe(
      `DATABASE_URL names ${folder}, which is a folder: name a file in it, such as sqlite:${at('drumbeat.sqlite')}.`,
    );
  });

  it('lies below a file', async () => {
    writeFileSync(at('file'), '');
    expect(await refusal(`sqlite:${at('file', 'x.sqlite')}`)).toContain(
      'cannot be reached (a part of its path is a file)',
    );
    expect(await refusal(`sqlite:${at('file', 'a', 'x.sqlite')}`)).toContain(
      `its folder ${at('file', 'a')} cannot be made`,
    );
  });

  it.each([
    ['/proc/drumbeat/x.sqlite', 'cannot be made'],
    ['/dev/null', 'no ordinary file'],
  ])('is %s, which SQLite is not even asked for', async (file, words) => {
    expect(await refusal(`sqlite:${file}`)).toContain(words);
  });

  it('holds something else', async () => {
    writeFileSync(at('text'), 'This is no database. '.repeat(100));
    expect(await refusal(`sqlite:${at('text')}`)).toContain('is no SQLite database');
    expect(readFileSync(at('text'), 'utf8')).toMatch(/^This is no database/u);
  });

  it('would have to be made in a folder that may not be written to', async () => {
    await (await openDatabase({ url: 'sqlite::memory:' })).close();
    const message = await asNobody(() => refusal(`sqlite:${at('x.sqlite')}`));
    expect(message).toContain(`let the user of this process write to the folder ${folder}`);
    expect(await asNobody(() => refusal(`sqlite:${at('a', 'x.sqlite')}`))).toContain(
      'cannot be made (permission denied)',
    );
  });

  it('can only be read, though its folder can be written to', async () => {
    mkdirSync(at('open'));
    chmodSync(at('open'), 0o777);
    const url = `sqlite:${at('open', 'x.sqlite')}`;
    await (await openDatabase({ url })).close();
    chmodSync(at('open', 'x.sqlite'), 0o444);
    expect(await asNobody(() => refusal(url))).toContain('which can only be read');
  });
});

describe('A PostgreSQL that cannot be used', () => {
  it('does not listen, and its name is said without the password', async () => {
    const message = await refusal('postgres://me:canary@localhost:1/none');
    expect(message).toBe(
      'DATABASE_URL names PostgreSQL at localhost:1, where nothing listens: start PostgreSQL, or correct host and port.',
    );
  });

  it('has no database of this name', async () => {
    const created = await createTestDatabase('postgres');
    await created.remove();
    expect(await refusal(created.url)).toMatch(
      /^DATABASE_URL names the database "drumbeat_test_\w+" at .*: create it/u,
    );
  });

  it.each([
    ['28P01', 'password authentication failed for user "me"', 'refuses the user "me" with this password'],
    ['28000', 'no pg_hba.conf entry', 'refuses the user "me" (no pg_hba.conf entry)'],
    ['42501', 'permission denied for schema public', 'grant it that'],
    ['57P03', 'the database system is starting up', 'start again later'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND db', 'a host that cannot be found'],
    [null, 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'asks for a password'],
    [null, 'Operation timeout', 'does not answer'],
    [null, 'Connection terminated unexpectedly', 'closes the connection at once'],
    ['XX000', 'something new', 'which cannot be used (something new)'],
  ])('says why: %s %s', (code, message, words) => {
    const failure = toOpeningFailure(new DatabaseFailed(message, code), 'postgres://me:canary@db/metrics');
    expect(failure).toBeInstanceOf(CannotStart);
    expect((failure as CannotStart).message).toContain(words);
    expect((failure as CannotStart).message).not.toContain('canary');
  });

  it('is named by an address whose certificate cannot be read', async () => {
    expect(await refusal('postgres://me:canary@db/d?sslrootcert=/none/ca.pem')).toContain('/none/ca.pem');
  });
});

it.each([
  ['SQLITE_FULL', 'no room left'],
  ['SQLITE_CORRUPT', 'put a backup in its place'],
  ['SQLITE_BUSY', 'which another process holds'],
  ['SQLITE_IOERR', 'cannot be used (disk I/O error)'],
])('SQLite says %s, and the operator reads why and what to do', (code, words) => {
  const failure = toOpeningFailure(new DatabaseFailed('disk I/O error', code), 'sqlite:/x/y.sqlite');
  expect((failure as CannotStart).message).toContain(words);
});

it('a fault of ours is not explained away', () => {
  const fault = new TypeError('x is not a function');
  expect(toOpeningFailure(fault, 'sqlite:x')).toBe(fault);
});

describe.each(databaseKinds)('A database on %s', (kind) => {
  it('that a newer version has changed is left alone by an older one', async () => {
    const created = await createTestDatabase(kind);
    const database = await openDatabase({ url: created.url });
    await database.write(`INSERT INTO schema_migrations (name) VALUES ('9999-from-tomorrow')`, []);
    await database.close();
    expect(await refusal(created.url)).toMatch(
      /newer version of Drumbeat has changed \(9999-from-tomorrow\): start that/u,
    );
    await created.remove();
  });

  it('that another product migrates is not taken for ours', async () => {
    const created = await createTestDatabase(kind);
    const database = await openDatabase({ url: created.url, migrations: [] });
    await database.write('DROP TABLE schema_migrations', []);
    await database.write('CREATE TABLE schema_migrations (version TEXT)', []);
    await database.close();
    expect(await refusal(created.url)).toContain('a database of something else, with the table schema_migrations');
    await created.remove();
  });

  it('whose migration fails half-way is as it was before', async () => {
    const created = await createTestDatabase(kind);
    await (await openDatabase({ url: created.url })).close();
    const broken = { name: '9998-broken', statements: ['CREATE TABLE half (a TEXT)', 'CREATE TABLE half (a TEXT)'] };
    const opening = openDatabase({ url: created.url, migrations: [...allMigrations, broken] });
    await expect(opening).rejects.toThrow(/^DATABASE_URL names .* cannot be used \(.*half.*\)/u);
    await expect(opening).rejects.toBeInstanceOf(CannotStart);
    const again = await openDatabase({ url: created.url });
    await expect(again.read('SELECT * FROM half', [])).rejects.toThrow('half');
    await again.close();
    await created.remove();
  });
});

it('a database file of another product keeps its tables and its log mode', async () => {
  const created = await createTestDatabase('sqlite');
  const file = created.url.slice('sqlite:'.length);
  await new Promise<void>((resolve, reject) => {
    const other = new sqlite3.Database(file);
    other.exec('CREATE TABLE moz_places (a TEXT)', (error) => (error === null ? undefined : reject(error)));
    other.close(() => resolve());
  });
  const before = readFileSync(file);
  expect(await refusal(created.url)).toContain('with the table moz_places');
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(`${file}-wal`)).toBe(false);
  await created.remove();
});
