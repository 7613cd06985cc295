import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRememberingLog } from '../../test/support/remembering-log';
import { createTestDatabase, databaseKinds, openTestStores } from '../../test/support/test-database';
import { allMigrations } from './migrations/all-migrations';
import { isSafeVersion } from './database/check-sqlite';
import type { Database } from './database/database';
import { openDatabase } from './open-database';
import { WorkspaceStore } from './workspaces/workspace-store';

const acme = { uuid: '{w}', slug: 'acme', name: 'Acme', connectedAt: 1 };

const readMode = (file: string): number => statSync(file).mode & 0o777;

async function count(database: Database): Promise<number> {
  return (await new WorkspaceStore(database).list()).length;
}

describe('Opening a database', () => {
  it.each(['', 'mysql://root@localhost/x', 'data/drumbeat.sqlite'])('refuses %p in words', async (url) => {
    await expect(openDatabase({ url })).rejects.toThrow('DATABASE_URL must be');
  });

  it('refuses sqlite: without a file', async () => {
    await expect(openDatabase({ url: 'sqlite:' })).rejects.toThrow('names no file');
  });

  it('makes the folder of the file, and sets SQLite up to lose nothing', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-test-'));
    const file = path.join(folder, 'a', 'b', 'data.sqlite');
    const database = await openDatabase({ url: `sqlite:${file}` });
    expect(existsSync(file)).toBe(true);
    expect(await database.readOne('PRAGMA journal_mode', [])).toEqual({ journal_mode: 'wal' });
    await database.transaction(async (tx) => {
      expect(await database.readOne('PRAGMA synchronous', [], tx)).toEqual({ synchronous: 2 });
      expect(await database.readOne('PRAGMA foreign_keys', [], tx)).toEqual({ foreign_keys: 1 });
    });
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it.each([0o000, 0o022, 0o077, 0o177])('keeps its files and their folder to their owner, umask %o', async (umask) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-test-'));
    const file = path.join(folder, 'made', 'data.sqlite');
    const names = () => readdirSync(path.dirname(file)).sort();
    const modes = () => [path.dirname(file), ...names().map((name) => path.join(folder, 'made', name))].map(readMode);
    const former = process.umask(umask);
    try {
      const database = await openDatabase({ url: `sqlite:${file}` });
      await new WorkspaceStore(database).save(acme);
      expect(names()).toEqual(['data.sqlite', 'data.sqlite-shm', 'data.sqlite-wal']);
      expect(modes()).toEqual([0o700, 0o600, 0o600, 0o600]);
      await database.close();
    } finally {
      process.umask(former);
    }
    // One of an older version, or that somebody has opened, is closed, and the log says so.
    chmodSync(file, 0o664);
    const { log, lines } = createRememberingLog();
    await (await openDatabase({ url: `sqlite:${file}`, log })).close();
    expect(modes()).toEqual([0o700, ...names().map(() => 0o600)]);
    expect(lines[0]?.['msg']).toContain(`could get at ${file}: from now on its owner alone can`);
    rmSync(folder, { recursive: true });
  });

  it('keeps a database in memory, whose transactions take turns', async () => {
    const database = await openDatabase({ url: 'sqlite::memory:' });
    const workspaces = new WorkspaceStore(database);
    await Promise.all(
      ['{a}', '{b}', '{c}'].map((uuid) =>
        database.transaction(async (tx) => {
          await workspaces.save({ ...acme, uuid }, tx);
          await workspaces.bumpVersion(uuid, tx);
        }),
      ),
    );
    expect(await count(database)).toBe(3);
    await database.close();
  });

  it.each([
    ['3.52.0', true],
    ['3.51.3', true],
    ['3.51.2', false],
    ['3.50.7', true],
    ['3.50.6', false],
    ['3.44.6', true],
    ['3.40.1', false],
  ])('takes SQLite %s for safe: %p', (version, isSafe) => {
    expect(isSafeVersion(version)).toBe(isSafe);
  });
});

describe.each(databaseKinds)('A database on %s', (kind) => {
  it('is migrated once by several that open it at the same time', async () => {
    const created = await createTestDatabase(kind);
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ url: created.url, poolSize: 3 })));
    expect(await Promise.all(opened.map(count))).toEqual([0, 0, 0]);
    await Promise.all(opened.map((database) => database.close()));
    await created.remove();
  });

  it('keeps nothing of a transaction that fails, and gives its error', async () => {
    const stores = await openTestStores(kind);
    const failing = stores.database.transaction(async (tx) => {
      await stores.workspaces.save(acme, tx);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await stores.workspaces.list()).toEqual([]);
    await stores.workspaces.save(acme);
    expect(await stores.workspaces.list()).toHaveLength(1);
    await stores.close();
  });

  it('refuses a write that a transaction forgot to take along, and one after its end', async () => {
    const stores = await openTestStores(kind);
    const forgetting = stores.database.transaction(async () => stores.workspaces.save(acme));
    await expect(forgetting).rejects.toThrow('must be given it');
    const late = await stores.database.transaction(async (tx) => tx);
    await expect(stores.workspaces.save(acme, late)).rejects.toThrow('is over');
    await stores.close();
  });

  it('of an older version is no place for a visit, which leaves it as it is; a new one and the present one are', async () => {
    const old = await createTestDatabase(kind);
    const { url } = old;
    const older = allMigrations.slice(0, -1);
    await (await openDatabase({ url, migrations: older })).close();
    await expect(openDatabase({ url, isVisit: true })).rejects.toThrow('an older version of Drumbeat');
    await (await openDatabase({ url, migrations: older, isVisit: true })).close();
    await (await openDatabase({ url })).close();
    await (await openDatabase({ url, isVisit: true })).close();
    await old.remove();
    const fresh = await createTestDatabase(kind);
    await (await openDatabase({ url: fresh.url, isVisit: true })).close();
    await fresh.remove();
  });

  it('fails without telling what it was to store', async () => {
    const stores = await openTestStores(kind);
    const failing = stores.apiTokens.create({ workspace: '{unknown}', name: 'canary', scope: 'read', now: 1 });
    const error = await failing.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'DatabaseFailed' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('canary');
    await stores.close();
  });
});
