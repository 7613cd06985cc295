import type { Database } from '../database/database';
import { Encryption } from '../encryption/encryption';
import { keepOnly } from './key-marks';
import { listStoredSecrets, toKey, type StoredSecret } from './stored-secrets';

interface Rotation {
  readonly key: Buffer;
  /** `null`: nothing can be encrypted anew. */
  readonly previous: Buffer | null;
}

/** What became of the secrets, counted. */
export interface ReEncrypted {
  /** Were encrypted with the previous key. */
  readonly changed: number;
  /** Are encrypted with the key. */
  readonly total: number;
  /** Are opened by neither key, and stay as they are. */
  readonly unreadable: number;
}

const mostInOneGo = 100;

/**
 * Encrypts with the key what was encrypted with the previous one, some in a transaction: cut off anywhere, it leaves
 * what both keys together open, and goes on when it is asked again. What somebody changes meanwhile is theirs. The mark
 * of the previous key goes last, when nothing needs it.
 */
export async function reEncrypt(database: Database, { key, previous }: Rotation): Promise<ReEncrypted> {
  const encryption = new Encryption(key);
  const former = previous === null ? null : new Encryption(previous);
  let changed = 0;
  for (;;) {
    const left = await database.transaction((tx) => listStoredSecrets(database, tx));
    const old = former === null ? [] : left.filter((one) => !opens(encryption, one) && opens(former, one));
    if (former === null || old.length === 0) break;
    for (let from = 0; from < old.length; from += mostInOneGo) {
      changed += await changeSome(database, old.slice(from, from + mostInOneGo), { encryption, former });
    }
  }
  return database.transaction(async (tx) => {
    const all = await listStoredSecrets(database, tx);
    const unreadable = all.filter((one) => !opens(encryption, one)).length;
    await keepOnly(database, [encryption], tx);
    return { changed, total: all.length - unreadable, unreadable };
  });
}

const opens = (encryption: Encryption, { secret, place }: StoredSecret): boolean =>
  encryption.open(secret, place) !== null;

/** How many. One that is another by now was written with the key, or is found again. */
async function changeSome(
  database: Database,
  some: readonly StoredSecret[],
  { encryption, former }: { readonly encryption: Encryption; readonly former: Encryption },
): Promise<number> {
  return database.transaction(async (tx) => {
    let changed = 0;
    for (const { table, row, field, secret, place } of some) {
      const set = { [field]: encryption.encrypt(former.decrypt(secret, place), place) };
      changed += await database.update(table, { where: { ...toKey(table, row), [field]: secret }, set }, tx);
    }
    return changed;
  });
}
