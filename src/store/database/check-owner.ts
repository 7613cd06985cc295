import { CannotStart } from '../../machine/cannot-start';
import type { Migration } from '../migrations/migration';
import type { Database } from './database';
import type { Transaction } from './transaction';

/** Where the schema notes which steps it has taken. Other products have a table of this name, with other columns. */
export const migrationsTable = 'schema_migrations';

/**
 * Refuses, before anything is changed, a database that holds the tables of something else, and one that a newer version
 * has changed: an older one would write what the newer cannot read.
 */
export async function checkOwner(
  database: Database,
  migrations: readonly Migration[],
  tx?: Transaction,
): Promise<void> {
  const done = (await hasOurMigrations(database, tx)) ? await listDone(database, tx) : null;
  const known = new Set(migrations.map(({ name }) => name));
  const newer = (done ?? []).filter((name) => !known.has(name));
  if (newer.length === 0 && done !== null) return;
  const isOurs = newer.length < (done ?? []).length;
  if (isOurs) {
    throw new CannotStart(
      `DATABASE_URL names a database that a newer version of Drumbeat has changed (${newer.join(', ')}): ` +
        'start that version or a newer one, or put the backup from before the upgrade in its place.',
    );
  }
  const strangers = findStrangers(database, await listTables(database, tx));
  if (strangers.length > 0) {
    throw new CannotStart(
      `DATABASE_URL names a database of something else, with the table ${strangers.slice(0, 3).join(', ')}: ` +
        'name a database that is for Drumbeat alone.',
    );
  }
}

/** Another schema would pull the ground from under a server that runs. A database with nothing in it passes. */
export async function refuseOlder(database: Database, migrations: readonly Migration[]): Promise<void> {
  const done = (await hasOurMigrations(database)) ? await listDone(database) : [];
  if (done.length === 0 || migrations.every(({ name }) => done.includes(name))) return;
  throw new CannotStart(
    'DATABASE_URL names a database of an older version of Drumbeat: stop the server of that version and start the ' +
      'server of this one, which brings it up to date.',
  );
}

async function listDone(database: Database, tx?: Transaction): Promise<string[]> {
  const rows = await database.read<{ name: string }>(`SELECT name FROM ${migrationsTable} ORDER BY name`, [], tx);
  return rows.map(({ name }) => name);
}

async function listTables(database: Database, tx?: Transaction): Promise<string[]> {
  const sql =
    database.dialect === 'sqlite'
      ? `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`;
  return (await database.read<{ name: string }>(sql, [], tx)).map(({ name }) => name);
}

async function hasOurMigrations(database: Database, tx?: Transaction): Promise<boolean> {
  const sql =
    database.dialect === 'sqlite'
      ? `SELECT name FROM pragma_table_info('${migrationsTable}')`
      : `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = '${migrationsTable}'`;
  return (await database.read<{ name: string }>(sql, [], tx)).some(({ name }) => name === 'name');
}

/**
 * A file of SQLite is of one product, but for tables of tools that copy it, whose names begin with an underscore. A
 * schema of PostgreSQL may hold those of extensions: there only the table that we would take for ours counts.
 */
function findStrangers({ dialect }: Database, tables: readonly string[]): string[] {
  return tables.filter((name) => (dialect === 'sqlite' ? !name.startsWith('_') : name === migrationsTable));
}
