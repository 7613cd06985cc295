import path from 'node:path';
import type { Log } from './machine/log';
import type { Settings } from './settings';
import type { Database } from './store/database/database';
import { toOpeningFailure } from './store/database/opening-failure';
import { SqliteHold } from './store/database/sqlite-hold';
import { findEncryptionKey } from './store/encryption-key/find-encryption-key';
import { createDatabaseProbe, type DatabaseProbe } from './store/encryption-key/probe-database';
import { openDatabase, type DatabaseOptions } from './store/open-database';
import { openStores, type Stores } from './store/stores';

/** What everything else stands on. */
export interface Core {
  readonly database: Database;
  /** 32 bytes, for secrets at rest. */
  readonly encryptionKey: Buffer;
  readonly stores: Stores;
  readonly probe: DatabaseProbe;
  /** Waits for the writers that are on their way; then another process may have the database. */
  close(): Promise<void>;
}

export interface CoreParts extends Pick<DatabaseOptions, 'onStatement' | 'isVisit'> {
  readonly settings: Pick<Settings, 'databaseUrl' | 'encryptionKey' | 'previousEncryptionKey'>;
  readonly log: Log;
}

/**
 * Opens the database with its key: the one way for the server, the command line and `npm run verify`. A visit disturbs
 * nobody who has it open already; whoever is no visit has an SQLite file alone.
 * @throws {CannotStart} naming what is in the way; nothing stays open then.
 */
export async function openCore({ settings, log, ...options }: CoreParts): Promise<Core> {
  const { databaseUrl, encryptionKey: given, previousEncryptionKey: previous } = settings;
  const file = findSqliteFile(databaseUrl);
  const hold = file === null || options.isVisit === true ? null : new SqliteHold(file, { log });
  let database: Database | null = null;
  const close = async (): Promise<void> => {
    await database?.close();
    await hold?.release();
  };
  try {
    database = await openDatabase({ ...options, url: databaseUrl, log, beforeChange: () => takeHold(hold) });
    const encryptionKey = await findEncryptionKey(database, { databaseUrl, given, previous, log });
    const stores = openStores(database, { encryptionKey, previousEncryptionKey: previous });
    return { database, encryptionKey, stores, probe: createDatabaseProbe(database, { encryptionKey, file }), close };
  } catch (error) {
    await close();
    throw toOpeningFailure(error, databaseUrl);
  }
}

async function takeHold(hold: SqliteHold | null): Promise<void> {
  await hold?.take();
}

/** `null` for one in memory, and for PostgreSQL. */
function findSqliteFile(databaseUrl: string): string | null {
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : ':memory:';
  return file === ':memory:' ? null : path.resolve(file);
}
