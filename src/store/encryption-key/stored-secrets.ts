import { placeOfConnection } from '../connections/connection-rows';
import { placeOfPending } from '../connections/pending-installs';
import { placeOfReinstall } from '../connections/reinstall-store';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { Encrypted } from '../encryption/encryption';
import { connections, pendingInstalls, pendingReinstalls } from '../schema/connections';

/** A secret as it is stored, with the place it is bound to. */
export interface StoredSecret {
  readonly secret: Encrypted;
  readonly place: readonly string[];
}

/** Everything in the database that only the encryption key opens. */
export async function listStoredSecrets(database: Database, tx: Transaction): Promise<StoredSecret[]> {
  const [ofConnections, ofPending, ofReinstalls] = [
    await database.find(connections, { where: {} }, tx),
    await database.find(pendingInstalls, { where: {} }, tx),
    await database.find(pendingReinstalls, { where: {} }, tx),
  ];
  return [
    ...ofConnections.map((row) => ({ secret: row.credentials, place: placeOfConnection(row) })),
    ...ofPending.map((row) => ({ secret: row.secret, place: placeOfPending(row) })),
    ...ofReinstalls.map((row) => ({ secret: row.secret, place: placeOfReinstall(row) })),
  ];
}
