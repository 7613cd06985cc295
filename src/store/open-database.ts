import path from 'node:path';
import pg from 'pg';
import { Sequelize } from 'sequelize';
import { CannotStart } from '../machine/cannot-start';
import type { Log } from '../machine/log';
import { describeSystemError } from '../machine/system-error';
import { checkDamage } from './database/check-damage';
import { checkOwner, refuseOlder } from './database/check-owner';
import { checkSqlite } from './database/check-sqlite';
import { Database, type StatementListener } from './database/database';
import { toOpeningFailure } from './database/opening-failure';
import { postgresLimits } from './database/postgres-connection';
import { runMigrations } from './database/run-migrations';
import { durableSqlite } from './database/sqlite-connection';
import { keepSqliteFileToOwner, prepareSqliteFile } from './database/sqlite-file';
import { allMigrations } from './migrations/all-migrations';
import type { Migration } from './migrations/migration';

const memory = ':memory:';
/** After this time of waiting for a lock, or for a server that is silent, the log says so. */
const patienceMs = 10_000;

export interface DatabaseOptions {
  readonly url: string;
  readonly log?: Log;
  readonly poolSize?: number;
  /** All of them, but in a test of one that was released before others. */
  readonly migrations?: readonly Migration[];
  readonly onStatement?: StatementListener | undefined;
  /** A server of another version may have it open: a database of an older version is refused, not brought up to date. */
  readonly isVisit?: boolean;
  /** Called once it is known to be ours, before anything in it is changed. */
  readonly beforeChange?: (() => Promise<void>) | undefined;
}

/** `bigint` comes as a number: instants and counts stay far below 2^53. */
const parsers = new pg.TypeOverrides();
parsers.setTypeParser(pg.types.builtins.INT8, Number);
const pgWithNumbers = { ...pg, types: parsers };

/**
 * Opens the database that `DATABASE_URL` names, checks that it keeps its promises, and brings its
 * schema up to date. `sqlite:<path>`, `sqlite::memory:` or `postgres://…`; the address itself, which
 * may hold a password, is never part of a message.
 * @throws {CannotStart} for an address that is none, and a database that cannot be reached or used.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { database, sqliteFile } = connect(options);
  const waiting = setTimeout(() => {
    options.log?.warn('The database that DATABASE_URL names keeps us waiting: it is locked, or does not answer.');
  }, patienceMs);
  try {
    await prepare(database, sqliteFile, options);
    // Whoever gives a command rather waits for a busy server than begins again.
    if (options.isVisit !== true) await database.limitWaiting();
  } catch (error) {
    await database.close().catch(() => undefined);
    throw toOpeningFailure(error, options.url);
  } finally {
    clearTimeout(waiting);
  }
  return database;
}

async function prepare(database: Database, sqliteFile: string | null, options: DatabaseOptions): Promise<void> {
  const { migrations = allMigrations, isVisit = false, beforeChange, log } = options;
  const file = sqliteFile === memory ? null : sqliteFile;
  // Before `checkSqlite`, which would write its log mode into the file of somebody else.
  await checkOwner(database, migrations);
  if (isVisit) await refuseOlder(database, migrations);
  else if (file !== null) await checkDamage(database, file);
  await beforeChange?.();
  keepSqliteFileToOwner(file, log);
  if (sqliteFile !== null) await checkSqlite(database, sqliteFile === memory);
  await runMigrations(database, migrations);
}

function connect({ url, poolSize = 10, onStatement }: DatabaseOptions): {
  readonly database: Database;
  readonly sqliteFile: string | null;
} {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length);
    const writer = connectSqlite(file);
    // In memory each connection would have a database of its own.
    const reader = file === memory ? writer : connectSqlite(file);
    return { database: new Database('sqlite', { reader, writer }, onStatement), sqliteFile: file };
  }
  if (/^postgres(?:ql)?:\/\//u.test(url)) {
    const pool = connectPostgres(url, poolSize);
    return { database: new Database('postgres', { reader: pool, writer: pool }, onStatement), sqliteFile: null };
  }
  throw new CannotStart('DATABASE_URL must be sqlite:<path>, sqlite::memory: or postgres://…');
}

function connectSqlite(file: string): Sequelize {
  if (file === '') {
    throw new CannotStart('DATABASE_URL names no file: sqlite:<path>, for example sqlite:data/drumbeat.sqlite');
  }
  if (file !== memory) {
    prepareSqliteFile(path.resolve(file));
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
    throw new CannotStart('DATABASE_URL is no address: postgres://user:password@host:port/database');
  }
  try {
    return new Sequelize(url, {
      dialect: 'postgres',
      dialectModule: pgWithNumbers,
      logging: false,
      dialectOptions: { ...postgresLimits.dialectOptions },
      pool: { max: poolSize, ...postgresLimits.pool },
    });
  } catch (error) {
    throw toAddressFailure(error);
  }
}

/** An address may name files of certificates, which are read at once. */
function toAddressFailure(error: unknown): CannotStart {
  return new CannotStart(
    isSystemError(error)
      ? `DATABASE_URL names the file ${error.path}, which cannot be read (${describeSystemError(error)}).`
      : 'DATABASE_URL cannot be read: every special character in its user, password and database is written as %XX.',
  );
}

function isSystemError(error: unknown): error is { path: string } {
  return typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string';
}
