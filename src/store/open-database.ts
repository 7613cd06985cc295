import { mkdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { Sequelize } from 'sequelize';
import type { Log } from '../log';
import { checkSqlite } from './database/check-sqlite';
import { Database } from './database/database';
import { toDatabaseFailed } from './database/database-failed';
import { runMigrations } from './database/run-migrations';
import { durableSqlite } from './database/sqlite-connection';
import { allMigrations } from './migrations/all-migrations';
import type { Migration } from './migrations/migration';

const memory = ':memory:';

export interface DatabaseOptions {
  readonly url: string;
  readonly log?: Log;
  readonly poolSize?: number;
  /** All of them, but in a test of one that was released before others. */
  readonly migrations?: readonly Migration[];
}

/** `bigint` comes as a number: instants and counts stay far below 2^53. */
const parsers = new pg.TypeOverrides();
parsers.setTypeParser(pg.types.builtins.INT8, Number);
const pgWithNumbers = { ...pg, types: parsers };

/**
 * Opens the database that `DATABASE_URL` names, checks that it keeps its promises, and brings its
 * schema up to date. `sqlite:<path>`, `sqlite::memory:` or `postgres://…`; anything else is an error
 * in words, as is a database that cannot be reached. The address itself, which may hold a password,
 * is never part of a message.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { database, sqliteFile } = connect(options.url, options.poolSize ?? 10);
  try {
    if (sqliteFile === null) {
      await database.ping();
    } else {
      await checkSqlite(database, sqliteFile === memory);
    }
    await runMigrations(database, options.migrations ?? allMigrations);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw toOpeningFailure(error);
  }
  options.log?.info({ dialect: database.dialect }, 'database opened');
  return database;
}

function toOpeningFailure(error: unknown): Error {
  const reason = toDatabaseFailed(error);
  const words = reason instanceof Error ? reason.message : 'unknown';
  return new Error(`The database could not be opened: ${words}`, { cause: reason });
}

function connect(url: string, poolSize: number): { database: Database; sqliteFile: string | null } {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length);
    const writer = connectSqlite(file);
    // In memory each connection would have a database of its own.
    const reader = file === memory ? writer : connectSqlite(file);
    return { database: new Database('sqlite', { reader, writer }), sqliteFile: file };
  }
  if (/^postgres(?:ql)?:\/\//u.test(url)) {
    const pool = connectPostgres(url, poolSize);
    return { database: new Database('postgres', { reader: pool, writer: pool }), sqliteFile: null };
  }
  throw new Error('DATABASE_URL must be sqlite:<path>, sqlite::memory: or postgres://…');
}

function connectSqlite(file: string): Sequelize {
  if (file === '') {
    throw new Error('DATABASE_URL names no file: sqlite:<path>, for example sqlite:data/drumbeat.sqlite');
  }
  if (file !== memory) {
    mkdirSync(path.dirname(file), { recursive: true });
  }
  return new Sequelize({
    dialect: 'sqlite',
    dialectModule: durableSqlite,
    storage: file,
    logging: false,
  });
}

function connectPostgres(url: string, poolSize: number): Sequelize {
  if (!URL.canParse(url)) {
    throw new Error('DATABASE_URL is no address: postgres://user:password@host:port/database');
  }
  return new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: pgWithNumbers,
    logging: false,
    pool: { max: poolSize, acquire: 30_000 },
  });
}
