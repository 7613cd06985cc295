import type { Database } from '../database/database';
import type { Column, Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { Encrypted } from '../encryption/encryption';
import { allTables } from '../stores';

type SecretRow = Readonly<Record<string, string | null>>;

/** A secret as it is stored, with the place it is bound to: its table and the key of its row. */
export interface StoredSecret {
  readonly secret: Encrypted;
  readonly place: readonly string[];
  readonly table: Table<SecretRow>;
  readonly row: SecretRow;
  readonly field: string;
}

/** Everything in the database that only the encryption key opens, of whatever table. */
export async function listStoredSecrets(database: Database, tx: Transaction): Promise<StoredSecret[]> {
  const found: StoredSecret[] = [];
  for (const table of allTables as unknown as readonly Table<SecretRow>[]) {
    const fields = Object.entries<Column<unknown>>(table.columns).filter(([, { isEncrypted }]) => isEncrypted === true);
    if (fields.length === 0) continue;
    for (const row of await database.find(table, { where: {} }, tx)) {
      for (const [field] of fields) {
        const secret = row[field] ?? null;
        if (secret !== null) found.push({ secret: secret as Encrypted, place: toPlace(table, row), table, row, field });
      }
    }
  }
  return found;
}

/** What names the row. */
export function toKey({ key }: Table<SecretRow>, row: SecretRow): SecretRow {
  return Object.fromEntries(key.map((name) => [name, row[name] ?? '']));
}

function toPlace(table: Table<SecretRow>, row: SecretRow): string[] {
  return [table.name, ...table.key.map((name) => row[name] ?? '')];
}
