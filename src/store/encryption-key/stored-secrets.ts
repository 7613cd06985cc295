import { placeOfConnection } from '../connections/connection-rows';
import { placeOfPending } from '../connections/pending-installs';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

/** A secret as it is stored, with the place it is bound to. */
export interface StoredSecret {
  readonly secret: string;
  readonly place: readonly string[];
}

/** Everything in the database that only the encryption key opens. */
export async function listStoredSecrets(database: Database, tx: Transaction): Promise<StoredSecret[]> {
  const connections = await database.read<{ workspace: string; reference: string; credentials: string }>(
    'SELECT workspace, reference, credentials FROM connections',
    [],
    tx,
  );
  const pending = await database.read<{ id: string; secret: string }>(
    'SELECT id, secret FROM pending_installs',
    [],
    tx,
  );
  return [
    ...connections.map((row) => ({ secret: row.credentials, place: placeOfConnection(row.workspace, row.reference) })),
    ...pending.map((row) => ({ secret: row.secret, place: placeOfPending(row.id) })),
  ];
}
