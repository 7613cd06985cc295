import { toStorableText } from './storable-text';

export type Dialect = 'sqlite' | 'postgres';
export type ColumnType = 'text' | 'bigint' | 'integer';
export type Value = string | number | null;

/** A table as bulk statements need to know it. Yes and no are the integers 1 and 0. */
export interface Table<Row> {
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
}

/** Rows of one statement at most; one JSON text is one bound value on both databases. */
export const batchSize = 5_000;

export function toBatches<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  for (let start = 0; start < rows.length; start += batchSize) {
    batches.push(rows.slice(start, start + batchSize));
  }
  return batches;
}

/** The rows of a batch as the bound value that `selectRows` reads. */
export function toJson(rows: readonly unknown[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? toStorableText(value) : value));
}

/** A sub-select over the JSON array of objects bound as `parameter`, with the given columns. */
export function selectRows(dialect: Dialect, parameter: string, columns: Readonly<Record<string, ColumnType>>): string {
  const names = Object.keys(columns);
  if (dialect === 'sqlite') {
    const fields = names.map((name) => `parsed->>'${name}' AS ${name}`).join(', ');
    // Each row is parsed once, not once a column.
    return `(WITH rows AS MATERIALIZED (SELECT jsonb(value) AS parsed FROM json_each(${parameter}))
      SELECT ${fields} FROM rows)`;
  }
  const fields = names.map((name) => `${name} ${columns[name] ?? 'text'}`).join(', ');
  return `(SELECT ${names.join(', ')} FROM json_to_recordset(${parameter}::json) AS r(${fields}))`;
}

/**
 * Whether the column holds one of the values in the JSON array bound as `parameter`. On PostgreSQL an
 * array, which leads into the index; of a sub-select it would guess the size, and scan.
 */
export function isOneOf(dialect: Dialect, column: string, list: { parameter: string; type: ColumnType }): string {
  return dialect === 'sqlite'
    ? `${column} IN (SELECT value FROM json_each(${list.parameter}))`
    : `${column} = ANY(ARRAY(SELECT value::${list.type} FROM json_array_elements_text(${list.parameter}::json)))`;
}

/**
 * `INSERT` of a whole batch, bound as `$1`. A row already there is overwritten column by column, or
 * kept as it is. No key may occur twice in a batch that overwrites.
 */
export function insertStatement<Row>(table: Table<Row>, dialect: Dialect, onConflict: 'overwrite' | 'keep'): string {
  const names = Object.keys(table.columns);
  const keys: readonly string[] = table.key;
  const updates = names.filter((name) => !keys.includes(name)).map((name) => `${name} = excluded.${name}`);
  const action = onConflict === 'keep' || updates.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${updates.join(', ')}`;
  return `INSERT INTO ${table.name} (${names.join(', ')})
    SELECT ${names.join(', ')} FROM ${selectRows(dialect, '$1', table.columns)} AS batch WHERE true
    ON CONFLICT (${keys.join(', ')}) ${action}`;
}
