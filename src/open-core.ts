import type { Log } from './machine/log';
import type { Settings } from './settings';
import type { Database } from './store/database/database';
import { findEncryptionKey } from './store/encryption-key/find-encryption-key';
import { openDatabase, type DatabaseOptions } from './store/open-database';
import { openStores, type Stores } from './store/stores';

/** What everything else stands on. */
export interface Core {
  readonly database: Database;
  /** 32 bytes, for secrets at rest. */
  readonly encryptionKey: Buffer;
  readonly stores: Stores;
}

interface CoreParts extends Pick<DatabaseOptions, 'onStatement' | 'isVisit'> {
  readonly settings: Pick<Settings, 'databaseUrl' | 'encryptionKey'>;
  readonly log: Log;
}

/**
 * Opens the database with its key: the one way for the server, the command line and `npm run verify`. Whoever opens it
 * disturbs nobody who has it open already.
 * @throws {CannotStart} naming what is in the way; nothing stays open then.
 */
export async function openCore({ settings, log, ...options }: CoreParts): Promise<Core> {
  const { databaseUrl, encryptionKey: given } = settings;
  const database = await openDatabase({ ...options, url: databaseUrl, log });
  try {
    const encryptionKey = await findEncryptionKey(database, { databaseUrl, given, log });
    return { database, encryptionKey, stores: openStores(database, { encryptionKey }) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
