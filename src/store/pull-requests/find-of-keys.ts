/* eslint max-params: ["error", 4] -- database, table, which rows; and last, everywhere, the transaction */
import type { Database } from '../database/database';
import { selectList, selectRows, toBatches, toColumnName, toJson, toRows, type Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import { keyColumns, type PullRequestKey } from './read-recorded';

interface OfKeys<Row> {
  readonly workspace: string;
  /** Each once. */
  readonly keys: readonly PullRequestKey[];
  readonly order?: readonly (keyof Row & string)[];
}

/** The rows of a table that are of these pull requests, of whatever repositories; ordered within each batch. */
export async function findOfKeys<Row extends PullRequestKey>(
  database: Database,
  table: Table<Row>,
  { workspace, keys, order = [] }: OfKeys<Row>,
  tx?: Transaction,
): Promise<Row[]> {
  const found: Row[] = [];
  const ordered = order.map((field) => `t.${toColumnName(field, table.columns)}`).join(', ');
  for (const batch of toBatches(keys)) {
    // From the keys to the rows, as a cross join makes SQLite go.
    const rows = await database.read<Row>(
      `SELECT ${selectList(table, 't')}
       FROM ${selectRows(database.dialect, '$2', keyColumns)} AS k CROSS JOIN ${table.name} t
       WHERE t.workspace = $1 AND t.repository = k.repository AND t.number = k.number
       ${ordered === '' ? '' : `ORDER BY ${ordered}`}`,
      [workspace, toKeyJson(batch)],
      tx,
    );
    found.push(...toRows(table, rows));
  }
  return found;
}

/** What the `WHERE` of a change of the table says: of one of these pull requests, bound as `parameter`. */
export function isOfKeys(database: Database, parameter: string): string {
  return `(repository, number) IN (SELECT repository, number FROM ${selectRows(database.dialect, parameter, keyColumns)} AS k)`;
}

export function toKeyJson(keys: readonly PullRequestKey[]): string {
  return toJson(keys.map(({ repositoryUuid, number }) => ({ repositoryUuid, number })));
}
