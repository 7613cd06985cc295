import type { Database } from '../database/database';
import { toColumnName, type Columns, type Table } from '../database/table';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { allTables } from '../stores';
import { workspaces } from './workspaces';

interface ModelColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly isKey: boolean;
}

/** SQLite answers whether something is so with 1 or 0. */
type FoundColumn = Omit<ModelColumn, 'isNullable' | 'isKey'> & Record<'isNullable' | 'isKey', boolean | number>;

async function readColumns(database: Database): Promise<ModelColumn[]> {
  const sql =
    database.dialect === 'sqlite'
      ? `SELECT t.name AS "table", c.name, c.type, c."notnull" = 0 AS "isNullable", c.pk > 0 AS "isKey"
         FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'`
      : `SELECT c.table_name AS "table", c.column_name AS name, c.data_type AS type, c.is_nullable = 'YES' AS "isNullable",
           EXISTS (SELECT 1 FROM information_schema.key_column_usage k JOIN information_schema.table_constraints t
             ON t.constraint_name = k.constraint_name AND t.constraint_schema = k.constraint_schema
             WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name) AS "isKey"
         FROM information_schema.columns c WHERE c.table_schema = 'public'`;
  const rows = await database.read<FoundColumn>(sql, []);
  return rows
    .filter(({ table }) => table !== 'schema_migrations')
    .map((row) => ({
      ...row,
      type: row.type.toLowerCase(),
      isNullable: Boolean(row.isNullable),
      isKey: Boolean(row.isKey),
    }));
}

function listModelColumns({ name: table, key, columns }: Table): ModelColumn[] {
  const keys: readonly string[] = key;
  return Object.entries<Columns[string]>(columns).map(([field, { type, isNullable }]) => ({
    table,
    name: toColumnName(field, columns),
    type: { flag: 'integer', bytes: 'bytea' }[type as string] ?? type,
    isNullable,
    isKey: keys.includes(field),
  }));
}

const toWords = (columns: readonly ModelColumn[]): string[] =>
  columns.map((column) => JSON.stringify(Object.entries(column).toSorted())).toSorted();

describe.each(databaseKinds)('The models on %s', (kind) => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await openTestStores(kind);
  });
  afterAll(() => stores.close());

  it('say of every table, column, type, null and key what the migrations made', async () => {
    expect(toWords(allTables.flatMap(listModelColumns))).toEqual(toWords(await readColumns(stores.database)));
  });

  it('read, change and delete rows inside a transaction, which takes all of it back', async () => {
    const { database } = stores;
    await stores.workspaces.save({ uuid: '{w}', slug: 'w', name: "O'Hara \0 \\ $1", connectedAt: 1 });
    const fail = database.transaction(async (tx) => {
      expect(await database.update(workspaces, { where: { uuid: '{w}' }, set: { slug: 'x' } }, tx)).toBe(1);
      expect(await database.findOne(workspaces, { slug: 'x' }, tx)).toMatchObject({ uuid: '{w}' });
      expect(await database.delete(workspaces, { uuid: '{w}' }, tx)).toBe(1);
      throw new Error('Back.');
    });
    await expect(fail).rejects.toThrow('Back.');
    expect(await database.findOne(workspaces, { name: "O'Hara \uFFFD \\ $1" })).toMatchObject({ slug: 'w' });
    expect(await database.update(workspaces, { where: { uuid: '{other}' }, set: { slug: 'x' } })).toBe(0);
  });

  it('refuse to write outside a transaction that is under way', async () => {
    const { database } = stores;
    const write = database.transaction(() => database.delete(workspaces, { uuid: '{w}' }));
    await expect(write).rejects.toThrow('must be given it');
  });
});
