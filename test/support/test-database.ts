import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../src/store/open-database';
import { openStores, type Stores } from '../../src/store/stores';
import { makeFastFolder } from './fast-folder';

export type DatabaseKind = 'sqlite' | 'postgres';
export const databaseKinds: readonly DatabaseKind[] = ['sqlite', 'postgres'];

export interface TestDatabaseUrl {
  readonly url: string;
  /** Removes the database. */
  remove(): Promise<void>;
}

export interface TestStores extends Stores {
  readonly url: string;
  /** Closes the stores and removes their database. */
  close(): Promise<void>;
}

export const testEncryptionKey = Buffer.alloc(32, 7);

/** Stores over a fresh database, migrated: SQLite in a temporary file, or one in the run's PostgreSQL. */
export async function openTestStores(kind: DatabaseKind): Promise<TestStores> {
  const created = await createMigratedDatabase(kind);
  const { url } = created;
  const database = await openDatabase({ url });
  return {
    ...openStores(database, { encryptionKey: testEncryptionKey }),
    url,
    close: async () => {
      await database.close();
      await created.remove();
    },
  };
}

/** An empty database for tests that open it themselves. */
export async function createTestDatabase(kind: DatabaseKind): Promise<TestDatabaseUrl> {
  return kind === 'sqlite' ? createSqlite() : createPostgres();
}

let migrated: Promise<Buffer> | null = null;

/** One for tests to which it does not matter how it came to be: in SQLite with all tables, which takes a while to make. */
export async function createMigratedDatabase(kind: DatabaseKind): Promise<TestDatabaseUrl> {
  const created = await createTestDatabase(kind);
  if (kind === 'sqlite') writeFileSync(toFile(created), await (migrated ??= makeMigrated()), { mode: 0o600 });
  return created;
}

async function makeMigrated(): Promise<Buffer> {
  const created = createSqlite();
  await (await openDatabase({ url: created.url })).close();
  const bytes = readFileSync(toFile(created));
  await created.remove();
  return bytes;
}

const toFile = ({ url }: TestDatabaseUrl): string => url.slice('sqlite:'.length);

function createSqlite(): TestDatabaseUrl {
  const folder = makeFastFolder('drumbeat-test-');
  return {
    url: `sqlite:${path.join(folder, 'test.sqlite')}`,
    remove: async () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createPostgres(): Promise<TestDatabaseUrl> {
  const server = await findServer();
  const name = `drumbeat_test_${randomBytes(6).toString('hex')}`;
  await runOnServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    remove: () => runOnServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function findServer(): Promise<string> {
  if (process.env.TEST_DATABASE_URL !== undefined) {
    return process.env.TEST_DATABASE_URL;
  }
  if (process.env.TEST_POSTGRES_BROKER === undefined) {
    throw new Error('No PostgreSQL for tests: run them by the test runner, or set TEST_DATABASE_URL.');
  }
  const answer = await fetch(process.env.TEST_POSTGRES_BROKER);
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`PostgreSQL for tests could not be started: ${text}`);
  }
  return text;
}

async function runOnServer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
