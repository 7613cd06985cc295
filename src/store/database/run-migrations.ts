import { Umzug, type UmzugStorage } from 'umzug';
import type { Migration } from '../migrations/migration';
import { checkOwner, migrationsTable } from './check-owner';
import type { Database } from './database';
import type { Transaction } from './transaction';

const lockName = 'drumbeat migrations';

/**
 * Brings the schema up to date in one transaction: of several processes that start at once one works
 * and the others wait; a process killed half-way leaves nothing behind.
 * @throws {CannotStart} for a database of something else, or of a newer version.
 */
export async function runMigrations(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.transaction(async (tx) => {
    await database.liftLimits(tx);
    await database.lock(lockName, tx);
    await checkOwner(database, migrations, tx);
    await database.write(`CREATE TABLE IF NOT EXISTS ${migrationsTable} (name TEXT NOT NULL PRIMARY KEY)`, [], tx);
    const umzug = new Umzug({
      migrations: migrations.map(({ name, statements }) => ({
        name,
        up: async () => applyAll(database, statements, tx),
      })),
      storage: createStorage(database, tx),
      logger: undefined,
    });
    await umzug.up();
  });
}

async function applyAll(database: Database, statements: readonly string[], tx: Transaction): Promise<void> {
  for (const statement of statements) {
    await database.write(toDialect(statement, database), [], tx);
  }
}

/**
 * One schema for both: text is ordered byte by byte everywhere, and SQLite keeps narrow tables
 * inside their key.
 */
function toDialect(statement: string, database: Database): string {
  return database.dialect === 'sqlite'
    ? statement
    : statement.replaceAll(' TEXT', ' TEXT COLLATE "C"').replace(/\) WITHOUT ROWID$/u, ')');
}

function createStorage(database: Database, tx: Transaction): UmzugStorage {
  return {
    logMigration: async ({ name }) => {
      await database.write(`INSERT INTO ${migrationsTable} (name) VALUES ($1)`, [name], tx);
    },
    unlogMigration: async ({ name }) => {
      await database.write(`DELETE FROM ${migrationsTable} WHERE name = $1`, [name], tx);
    },
    executed: async () => {
      const rows = await database.read<{ name: string }>(`SELECT name FROM ${migrationsTable}`, [], tx);
      return rows.map((row) => row.name);
    },
  };
}
