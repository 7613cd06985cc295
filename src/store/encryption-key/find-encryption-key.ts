import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../../machine/cannot-start';
import type { Log } from '../../machine/log';
import type { Database } from '../database/database';
import { Encryption } from '../encryption/encryption';
import { keepToOwner } from '../../machine/owner-only';
import { isOpenToOthers, makeKeyFile, readKeyFile } from './key-file';
import { addMark, isMarkOf, keepOnly, listMarks, type KeyMark } from './key-marks';
import { listStoredSecrets, type StoredSecret } from './stored-secrets';

export interface KeySource {
  /** `ENCRYPTION_KEY`; `null`: it is in the file. */
  readonly given: Buffer | null;
  /** `ENCRYPTION_KEY_PREVIOUS`; `null`: no rotation is under way. */
  readonly previous?: Buffer | null;
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
 * The key that secrets at rest are encrypted with, made where there never was one. With another key pages and notices
 * would fail one by one, long after the start; so the database knows its keys by marks, and a database from before the
 * marks by what it holds. With the previous key given too, a rotation begins: what either opens is read.
 * @throws {CannotStart} when the key is not there, or is not the one that the stored secrets need.
 */
export async function findEncryptionKey(database: Database, source: KeySource): Promise<Buffer> {
  const key = await database.transaction(async (tx) => {
    await database.lock('drumbeat encryption key', tx);
    const secrets = await listStoredSecrets(database, tx);
    const marks = await listMarks(database, tx);
    const key = source.given ?? takeFromFile(source, { secrets, marks });
    const encryption = new Encryption(key);
    const former = toEncryptions(source.previous);
    const isKnown = (mark: KeyMark) => [encryption, ...former].some((one) => isMarkOf(mark, one));
    if (marks.length > 0 && marks.every(isKnown)) {
      if (!marks.some((mark) => isMarkOf(mark, encryption))) await addMark(database, encryption, tx);
      return key;
    }
    checkSecrets(source, { secrets, marks }, [encryption, ...former]);
    const isNeeded = (one: Encryption) => secrets.some((secret) => opens(one, secret) && !opens(encryption, secret));
    await keepOnly(database, [encryption, ...former.filter(isNeeded)], tx);
    return key;
  });
  warnOfOpenFile(source);
  return key;
}

const toEncryptions = (key: Buffer | null | undefined): Encryption[] =>
  key === null || key === undefined ? [] : [new Encryption(key)];

interface Held {
  readonly secrets: readonly StoredSecret[];
  readonly marks: readonly KeyMark[];
}

function takeFromFile({ databaseUrl }: KeySource, { secrets, marks }: Held): Buffer {
  const file = toKeyFile(databaseUrl);
  if (file === null) return randomBytes(32);
  const key = readKeyFile(file);
  if (key !== null) return key;
  if (secrets.length === 0 && marks.length === 0) return makeKeyFile(file);
  const what = secrets.length === 0 ? 'knows its key' : `holds ${toCount(secrets)} that only this key opens`;
  const wayOut =
    secrets.length === 0 ? 'as nothing is encrypted with it, any other key that you set there will do' : whenLost;
  throw new CannotStart(
    `The key file ${file} is missing, and the database ${what}: put the file back from its backup, or set ` +
      `ENCRYPTION_KEY to what was in it; ${wayOut}.`,
  );
}

/** What was encrypted is opened for a try; without anything encrypted any key will do that somebody gives. */
function checkSecrets(source: KeySource, { secrets, marks }: Held, held: readonly Encryption[]): void {
  const closed = secrets.filter((secret) => !held.some((one) => opens(one, secret)));
  if (closed.length === 0) return;
  if (closed.length === secrets.length) throw new CannotStart(toRefusal(source, secrets));
  if (marks.length > 0) throw new CannotStart(toRotationRefusal(source, closed));
  source.log?.warn(
    `${toCount(closed)} cannot be opened with this key: these workspaces have to install Drumbeat again.`,
  );
}

function toRefusal({ given, previous, databaseUrl }: KeySource, secrets: readonly StoredSecret[]): string {
  const file = toKeyFile(databaseUrl);
  const isOf = `the key with which ${toCount(secrets)} in this database ${secrets.length === 1 ? 'was' : 'were'} encrypted`;
  const name = given === null ? `the key in ${String(file)}` : 'ENCRYPTION_KEY, or the file of ENCRYPTION_KEY_FILE,';
  if ((previous ?? null) !== null) {
    return `Neither ${name} nor ENCRYPTION_KEY_PREVIOUS is ${isOf}: set ENCRYPTION_KEY_PREVIOUS to that key; ${whenLost}.`;
  }
  if (given === null) {
    return `The key in ${String(file)} is not ${isOf}: put the backup of that key in its place, or set ENCRYPTION_KEY to it; ${whenLost}.`;
  }
  const former =
    file !== null && existsSync(file) ? ` (it may be the one in ${file}, which is read without ENCRYPTION_KEY)` : '';
  return (
    `${name} is not ${isOf}: set it to that key again${former}, or ENCRYPTION_KEY_PREVIOUS to that one where this is a ` +
    `new key; ${whenLost}.`
  );
}

function toRotationRefusal({ previous }: KeySource, closed: readonly StoredSecret[]): string {
  const missing =
    (previous ?? null) === null
      ? 'set ENCRYPTION_KEY_PREVIOUS to it'
      : 'ENCRYPTION_KEY_PREVIOUS is not that one: correct it';
  return (
    `A change of the encryption key has not come to its end, and ${toCount(closed)} in this database ` +
    `${closed.length === 1 ? 'needs' : 'need'} the other key: ${missing}, then run "drumbeat re-encrypt".`
  );
}

function warnOfOpenFile({ given, databaseUrl, log }: KeySource): void {
  const file = toKeyFile(databaseUrl);
  if (given !== null || file === null || !isOpenToOthers(file)) return;
  keepToOwner(file, log);
}

function toCount(secrets: readonly StoredSecret[]): string {
  const length = new Set(secrets.map(({ place }) => place.join(' '))).size;
  return length === 1 ? 'the secret of a connection' : `the secrets of ${length} connections`;
}

const opens = (encryption: Encryption, { secret, place }: StoredSecret): boolean =>
  encryption.open(secret, place) !== null;
