import type { Database } from './database';
import { pickColumns, selectList, type Dialect, type Table, type Value } from './table';

/** One of several selections that are read in one statement. */
export interface Selection<Row> {
  /** A `SELECT` of exactly these columns; its parameters are those of the whole statement. */
  readonly sql: string;
  readonly columns: readonly (keyof Row & string)[];
  /** Never there: it carries the type. */
  readonly row?: Row;
}
export type SelectedRow<T> = T extends Selection<infer Row> ? Row : never;

/** Some fields of the rows of the workspace that is bound as `$1`; of none that is yes or no. */
export function selectOfWorkspace<Row, Field extends keyof Row & string>(
  table: Table<Row>,
  columns: readonly Field[],
  condition = '',
): Selection<Pick<Row, Field>> {
  const list = selectList(pickColumns(table, columns));
  return { columns, sql: `SELECT ${list} FROM ${table.name} WHERE workspace = $1${condition}` };
}

/**
 * The rows of several selections, read in one statement: at the cost of one, and all of one moment, which several
 * statements outside of a transaction are not. The order of rows is not kept.
 */
export async function readTogether<Rows extends object>(
  database: Database,
  selections: { readonly [Name in keyof Rows]: Selection<Rows[Name]> },
  values: readonly Value[],
): Promise<{ readonly [Name in keyof Rows]: readonly Rows[Name][] }> {
  const parts = Object.entries(selections as Record<string, SelectedColumns>).map(
    ([name, selection]) => `(${toList(database.dialect, selection)}) AS "${name}"`,
  );
  const row = await database.readOne<Record<string, unknown>>(`SELECT ${parts.join(', ')}`, values);
  const lists = Object.entries(row ?? {}).map(([name, list]) => [name, toRows(list)]);
  return Object.fromEntries(lists) as { readonly [Name in keyof Rows]: readonly Rows[Name][] };
}

interface SelectedColumns {
  readonly sql: string;
  readonly columns: readonly string[];
}

function toList(dialect: Dialect, { sql, columns }: SelectedColumns): string {
  const fields = columns.map((column) => `'${column}', t."${column}"`).join(', ');
  return dialect === 'sqlite'
    ? `SELECT json_group_array(json_object(${fields})) FROM (${sql}) AS t`
    : `SELECT coalesce(json_agg(json_build_object(${fields})), '[]'::json) FROM (${sql}) AS t`;
}

/** PostgreSQL's driver has read the JSON already. */
function toRows(list: unknown): unknown {
  return typeof list === 'string' ? (JSON.parse(list) as unknown) : list;
}
