import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/database';
import type { RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import { encryptionKeys } from '../schema/connections';

/** By which a key is known again. */
export type KeyMark = Pick<RowOf<typeof encryptionKeys>, 'salt' | 'fingerprint'>;

export async function listMarks(database: Database, tx: Transaction): Promise<KeyMark[]> {
  return database.find(encryptionKeys, { where: {} }, tx);
}

/** Whether the mark is of this key. */
export function isMarkOf({ salt, fingerprint }: KeyMark, encryption: Encryption): boolean {
  const own = Buffer.from(encryption.fingerprint(['key', salt]));
  const marked = Buffer.from(fingerprint);
  return own.length === marked.length && timingSafeEqual(own, marked);
}

/** From now on something may be encrypted with this key too. */
export async function addMark(database: Database, encryption: Encryption, tx: Transaction): Promise<void> {
  const salt = randomBytes(16).toString('base64url');
  const row = { salt, fingerprint: encryption.fingerprint(['key', salt]), probedAt: 0 };
  await database.insert(encryptionKeys, [row], { onConflict: 'keep', tx });
}

/** Nothing is encrypted with any other key. */
export async function keepOnly(database: Database, kept: readonly Encryption[], tx: Transaction): Promise<void> {
  await database.delete(encryptionKeys, {}, tx);
  for (const encryption of kept) await addMark(database, encryption, tx);
}
