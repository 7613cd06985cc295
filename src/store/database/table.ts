import { toStorableText } from './storable-text';

export type Dialect = 'sqlite' | 'postgres';
/**
 * `flag`: yes or no, kept as the integers 1 and 0 on both databases. `bytes` cannot be written in batches, whose rows are
 * JSON, but as values of a statement of their own.
 */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'flag' | 'bytes';
export type Value = string | number | null | Buffer;

/** A column of which a row holds a `T`. */
export interface Column<T> {
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** Where it is not the field's name in small letters: `readAt` is `read_at`. */
  readonly name?: string;
  /** Only the encryption key opens it. */ readonly isEncrypted?: boolean;
  /** Never there: it carries the type. */
  readonly value?: T;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A table, defined once: its model, its statements and the type of its rows are made from it. */
export interface Table<Row = never> {
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: Readonly<Record<keyof Row & string, Column<unknown>>>;
}

type RowOfColumns<C extends Columns> = { readonly [Name in keyof C]: C[Name] extends Column<infer T> ? T : never };

/** What a row of a table holds. */
export type RowOf<T> = T extends Table<infer Row> ? Row : never;

export function defineTable<C extends Columns>(
  name: string,
  key: readonly (keyof C & string)[],
  columns: C,
): Table<RowOfColumns<C>> {
  return { name, key, columns };
}

/** The table as far as a statement reads or writes it; one that inserts needs the key among the fields. */
export function pickColumns<Row, Field extends keyof Row & string>(
  { name, key, columns }: Table<Row>,
  fields: readonly Field[],
): Table<Pick<Row, Field>> {
  const picked = Object.fromEntries(fields.map((field) => [field, columns[field]]));
  return { name, key, columns: picked } as unknown as Table<Pick<Row, Field>>;
}

export const text = <T extends string = string>(): Column<T> => ({ type: 'text', isNullable: false });
/** Instants in milliseconds, and counts. */
export const bigint: Column<number> = { type: 'bigint', isNullable: false };
export const integer: Column<number> = { type: 'integer', isNullable: false };
export const flag: Column<boolean> = { type: 'flag', isNullable: false };
export const bytes: Column<Buffer> = { type: 'bytes', isNullable: false };
export const orNull = <T>(column: Column<T>): Column<T | null> => ({ ...column, isNullable: true });
export const named = <T>(name: string, column: Column<T>): Column<T> => ({ ...column, name });

/** The column of a field. */
export function toColumnName(field: string, columns: Columns): string {
  return columns[field]?.name ?? toSmallLetters(field);
}

/** Fields are few, and each statement names many. */
const inSmallLetters = new Map<string, string>();

function toSmallLetters(field: string): string {
  const known = inSmallLetters.get(field);
  if (known !== undefined) return known;
  const name = field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
  inSmallLetters.set(field, name);
  return name;
}

/** The select list that gives whole rows, of the table as it is called in the statement. */
export function selectList<Row>(table: Table<Row>, alias = table.name): string {
  const known = selectLists.get(table)?.[alias];
  if (known !== undefined) return known;
  const list = writeSelectList(table, alias);
  selectLists.set(table, { ...selectLists.get(table), [alias]: list });
  return list;
}

/** Tables are few and never change; most statements begin with such a list. */
const selectLists = new WeakMap<object, Readonly<Record<string, string>>>();

function writeSelectList<Row>(table: Table<Row>, alias: string): string {
  return Object.keys(table.columns)
    .map((field) => `${alias}.${toColumnName(field, table.columns)} AS "${field}"`)
    .join(', ');
}

/** Turns 1 and 0 into yes and no, in the rows that a statement gave: they are nobody else's yet. */
export function toRows<Row extends object, Found extends Row>(table: Table<Row>, found: Found[]): Found[] {
  const flags = Object.entries<Column<unknown>>(table.columns).filter(([, { type }]) => type === 'flag');
  for (const [field] of flags) {
    for (const row of found as Record<string, unknown>[]) {
      if (typeof row[field] === 'number') row[field] = row[field] === 1;
    }
  }
  return found;
}

/** What the database keeps of a value. */
export function toStoredValue(value: unknown): unknown {
  if (typeof value === 'string') return toStorableText(value);
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Rows of one statement at most; one JSON text is one bound value on both databases. */
const batchSize = 5_000;

export function toBatches<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  for (let start = 0; start < rows.length; start += batchSize) {
    batches.push(rows.slice(start, start + batchSize));
  }
  return batches;
}

/** The rows of a batch as the bound value that `selectRows` reads. */
export function toJson(rows: readonly unknown[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => toStoredValue(value));
}

/** A sub-select over the JSON array of objects bound as `parameter`, with the given columns. */
export function selectRows(dialect: Dialect, parameter: string, columns: Columns): string {
  const names = Object.keys(columns);
  if (dialect === 'sqlite') {
    const fields = names.map((name) => `parsed->>'${name}' AS ${toColumnName(name, columns)}`).join(', ');
    // Each row is parsed once, not once a column.
    return `(WITH rows AS MATERIALIZED (SELECT jsonb(value) AS parsed FROM json_each(${parameter}))
      SELECT ${fields} FROM rows)`;
  }
  const fields = names.map((name) => `"${name}" ${toSqlType(columns[name]?.type ?? 'text')}`).join(', ');
  const list = names.map((name) => `"${name}" AS ${toColumnName(name, columns)}`).join(', ');
  return `(SELECT ${list} FROM json_to_recordset(${parameter}::json) AS r(${fields}))`;
}

function toSqlType(type: ColumnType): string {
  if (type === 'bytes') return 'bytea';
  return type === 'flag' ? 'integer' : type;
}

/** Of rows in an order a list of tuples as one JSON text; `null` on PostgreSQL where there are none. */
export function selectTupleList(dialect: Dialect, fields: string, order: string): string {
  return dialect === 'sqlite'
    ? `json_group_array(json_array(${fields}) ORDER BY ${order})`
    : `CAST(json_agg(json_build_array(${fields}) ORDER BY ${order}) AS TEXT)`;
}

/** Rows that have these values and, in one field, one of many. */
export interface Among<Row> {
  readonly where: { readonly [Field in keyof Row]?: Row[Field] & Value };
  readonly field: keyof Row & string;
  readonly among: readonly Value[];
  readonly order?: readonly (keyof Row & string)[];
}

/** `SELECT` of whole rows; the values of `where` are bound first, and then the JSON array of the many. */
export function selectAmong<Row>(
  table: Table<Row>,
  dialect: Dialect,
  { where, field, order = [] }: Among<Row>,
): string {
  const columns: Columns = table.columns;
  const toName = (one: string): string => toColumnName(one, columns);
  const fixed = Object.keys(where).map((one, index) => `${toName(one)} = $${index + 1} AND `);
  const list = { parameter: `$${fixed.length + 1}`, type: columns[field]?.type ?? 'text' };
  const ordered = order.length === 0 ? '' : ` ORDER BY ${order.map(toName).join(', ')}`;
  return `SELECT ${selectList(table)} FROM ${table.name}
    WHERE ${fixed.join('')}${isOneOf(dialect, toName(field), list)}${ordered}`;
}

/** Rows that have these values. */
interface Plain<Row> {
  readonly where: { readonly [Field in keyof Row]?: Value | boolean };
  readonly without?: readonly (keyof Row)[];
  /** Fields, ascending, or each with its direction. */
  readonly order?: readonly (string | readonly [string, 'ASC' | 'DESC'])[];
  readonly limit?: number;
}

/** `SELECT` of whole rows that have these values; each that is not null is bound, in order. */
export function selectPlain<Row>(
  table: Table<Row>,
  { where, without = [], order = [], limit }: Plain<Row>,
): readonly [sql: string, values: readonly Value[]] {
  const conditions: string[] = [];
  const values: Value[] = [];
  for (const [field, value] of Object.entries<Value | boolean | undefined>(where)) {
    const name = toColumnName(field, table.columns);
    conditions.push(value === null ? `${name} IS NULL` : `${name} = $${values.length + 1}`);
    if (value !== null) values.push(toStoredValue(value) as Value);
  }
  const list = without.length === 0 ? selectList(table) : writeSelectList(leaveOut(table, without), table.name);
  const rest = `${orderBy(order, table.columns)}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
  return [`SELECT ${list} FROM ${table.name} WHERE ${conditions.join(' AND ')}${rest}`, values];
}

function orderBy(order: NonNullable<Plain<never>['order']>, columns: Columns): string {
  const names = order.map((one) => (typeof one === 'string' ? ([one, 'ASC'] as const) : one));
  const list = names.map(([field, direction]) => `${toColumnName(field, columns)} ${direction}`).join(', ');
  return list === '' ? '' : ` ORDER BY ${list}`;
}

function leaveOut<Row>(table: Table<Row>, without: readonly (keyof Row)[]): Table {
  const columns = Object.entries<Column<unknown>>(table.columns).filter(
    ([field]) => !without.some((one) => one === field),
  );
  return { name: table.name, key: [], columns: Object.fromEntries(columns) };
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

/** What becomes of a row that is there already: these fields of it are overwritten, or all, or none. */
export type OnConflict<Row> = 'overwrite' | 'keep' | readonly (keyof Row & string)[];

/**
 * `INSERT` of a whole batch, bound as `$1`. To `keep` is to leave alone whatever is in the way, by the key or by another
 * unique index. No key may occur twice in a batch that overwrites.
 */
export function insertStatement<Row>(table: Table<Row>, dialect: Dialect, onConflict: OnConflict<Row>): string {
  const toName = (field: string): string => toColumnName(field, table.columns);
  const fields = Object.keys(table.columns);
  const names = fields.map(toName).join(', ');
  const overwritten: readonly string[] = typeof onConflict === 'string' ? fields : onConflict;
  const keys: readonly string[] = table.key;
  const updates = overwritten
    .filter((field) => !keys.includes(field))
    .map((field) => `${toName(field)} = excluded.${toName(field)}`);
  const action =
    onConflict === 'keep' || updates.length === 0
      ? 'DO NOTHING'
      : `(${keys.map(toName).join(', ')}) DO UPDATE SET ${updates.join(', ')}`;
  return `INSERT INTO ${table.name} (${names})
    SELECT ${names} FROM ${selectRows(dialect, '$1', table.columns)} AS batch WHERE true
    ON CONFLICT ${action}`;
}
