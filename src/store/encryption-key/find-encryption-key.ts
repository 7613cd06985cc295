import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../../machine/cannot-start';
import type { Log } from '../../machine/log';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { Encryption } from '../encryption/encryption';
import { encryptionKeys } from '../schema/connections';
import { keepToOwner } from '../../machine/owner-only';
import { isOpenToOthers, makeKeyFile, readKeyFile } from './key-file';
import { listStoredSecrets, type StoredSecret } from './stored-secrets';

export interface KeySource {
  /** `ENCRYPTION_KEY`; `null`: it is in the file. */
  readonly given: Buffer | null;
  /** As in `DATABASE_URL`: the key file lies beside an SQLite file. */
  readonly databaseUrl: string;
  readonly log?: Log;
}

/** Where the key is when none is given; `null` for a database in memory, and for PostgreSQL. */
export function toKeyFile(databaseUrl: string): string | null {
  const file = /^sqlite:(.+)$/u.exec(databaseUrl)?.[1] ?? ':memory:';
  return file === ':memory:' ? null : `${path.resolve(file)}.key`;
}

/** Where the steps stand for whoever has lost the key. */
const whenLost = 'if it is lost, see "The key is lost" in docs/operations.md';

/**
 * The key that secrets at rest are encrypted with, made where none was needed before. With another key pages and
 * notices would fail one by one, long after the start; so the database knows its key by a fingerprint, and a database
 * from before the fingerprint by what it holds.
 * @throws {CannotStart} when the key is not there, or is not the one that the stored secrets need.
 */
export async function findEncryptionKey(database: Database, source: KeySource): Promise<Buffer> {
  const key = await database.transaction(async (tx) => {
    await database.lock('drumbeat encryption key', tx);
    const secrets = await listStoredSecrets(database, tx);
    const key = source.given ?? takeFromFile(source, secrets);
    const encryption = new Encryption(key);
    const known = await database.findOne(encryptionKeys, {}, tx);
    const isKnown = known !== null && isSame(known.fingerprint, encryption.fingerprint(['key', known.salt]));
    if (isKnown) return key;
    checkSecrets(source, secrets, encryption);
    await remember(database, encryption, tx);
    return key;
  });
  warnOfOpenFile(source);
  return key;
}

function takeFromFile({ databaseUrl }: KeySource, secrets: readonly StoredSecret[]): Buffer {
  const file = toKeyFile(databaseUrl);
  if (file === null) return randomBytes(32);
  const key = readKeyFile(file);
  if (key === null && secrets.length > 0) {
    throw new CannotStart(
      `The key file ${file} is missing, and the database holds ${toCount(secrets)} that only this key opens: put the ` +
        `file back from its backup, or set ENCRYPTION_KEY to what was in it; ${whenLost}.`,
    );
  }
  return key ?? makeKeyFile(file);
}

/** What was encrypted is opened for a try; without anything encrypted any key will do. */
function checkSecrets(source: KeySource, secrets: readonly StoredSecret[], encryption: Encryption): void {
  const closed = secrets.filter((secret) => !opens(encryption, secret));
  if (closed.length === 0) return;
  if (closed.length === secrets.length) throw new CannotStart(toRefusal(source, secrets));
  source.log?.warn(
    `${toCount(closed)} cannot be opened with this key: these workspaces have to install Drumbeat again.`,
  );
}

function toRefusal({ given, databaseUrl }: KeySource, secrets: readonly StoredSecret[]): string {
  const file = toKeyFile(databaseUrl);
  const isOf = `is not the key with which ${toCount(secrets)} in this database ${secrets.length === 1 ? 'was' : 'were'} encrypted`;
  if (given === null) {
    return `The key in ${String(file)} ${isOf}: put the backup of that key in its place, or set ENCRYPTION_KEY to it; ${whenLost}.`;
  }
  const former =
    file !== null && existsSync(file) ? ` (it may be the one in ${file}, which is read without ENCRYPTION_KEY)` : '';
  return `ENCRYPTION_KEY, or the file of ENCRYPTION_KEY_FILE, ${isOf}: set it to that key again${former}; ${whenLost}.`;
}

function warnOfOpenFile({ given, databaseUrl, log }: KeySource): void {
  const file = toKeyFile(databaseUrl);
  if (given !== null || file === null || !isOpenToOthers(file)) return;
  keepToOwner(file, log);
}

const toCount = ({ length }: readonly StoredSecret[]): string =>
  length === 1 ? 'the secret of a connection' : `the secrets of ${length} connections`;

function opens(encryption: Encryption, { secret, place }: StoredSecret): boolean {
  try {
    encryption.decrypt(secret, place);
    return true;
  } catch {
    return false;
  }
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

async function remember(database: Database, encryption: Encryption, tx: Transaction): Promise<void> {
  const salt = randomBytes(16).toString('base64url');
  const row = { salt, fingerprint: encryption.fingerprint(['key', salt]) };
  await database.delete(encryptionKeys, {}, tx);
  await database.insert(encryptionKeys, [row], { onConflict: 'keep', tx });
}
