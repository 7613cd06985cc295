import sqlite3, { type RunResult } from 'sqlite3';
import type { Sequelize } from 'sequelize';

/** How long a connection waits for a writer of another process, in milliseconds: while it is opened, and afterwards. */
const openingTimeout = 15_000;
const busyTimeout = 2_500;
export const workWithin = `PRAGMA busy_timeout = ${busyTimeout}`;

/**
 * What Sequelize opens: SQLite's settings of a connection are not kept in the file, so every connection
 * sets them before its first statement.
 */
/** Statements that are asked again and again are few. */
const mostKept = 100;
/** Characters and bytes that are bound: a compiled statement holds on to them until it is asked again. */
const mostBound = 16_384;
/** Of so many is it known that they were asked before. */
const mostSeen = 1_000;

class DurableConnection extends sqlite3.Database {
  #hasFailed = false;
  #isClosing = false;
  readonly #seen = new Set<string>();
  /** Compiled ones by their text. */
  readonly #kept = new Map<string, sqlite3.Statement>();

  constructor(filename: string, mode: number, callback: (error: Error | null) => void) {
    super(filename, mode, (error) => {
      if (error !== null) {
        this.#hasFailed = true;
        callback(error);
        return;
      }
      this.configure('busyTimeout', openingTimeout);
      // One statement after another, whoever sends them: side by side they would wait for each other in threads.
      this.serialize();
      this.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;', callback);
    });
  }

  /**
   * Sequelize makes an error for every statement, to read its stack in case of need, and then reads it always: that
   * cost more than the statement. Whoever fails is told where by `DatabaseFailed`.
   */
  override serialize(work?: () => void): void {
    if (work === undefined) {
      super.serialize();
      return;
    }
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      super.serialize(work);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /**
   * Before each reading by a model Sequelize asks for the types of the table's columns, to make dates of some. There are
   * none, and the question would cost as much as the reading: it is answered here.
   */
  override all(sql: string, ...rest: unknown[]): this {
    const [callback] = rest;
    if (!sql.startsWith('PRAGMA table_info(`') || typeof callback !== 'function') {
      return this.#readAll(sql, rest);
    }
    (callback as (error: null, rows: []) => void)(null, []);
    return this;
  }

  override run(sql: string, ...rest: unknown[]): this {
    const kept = this.#findKept(sql, rest[0]);
    if (kept === null) return super.run(sql, ...(rest as [unknown, () => void]));
    kept.run(...(rest as [unknown, () => void]));
    return this;
  }

  #readAll(sql: string, rest: unknown[]): this {
    const kept = this.#findKept(sql, rest[0]);
    if (kept === null) return super.all(sql, ...(rest as [unknown, () => void]));
    kept.all(...(rest as [unknown, () => void]));
    return this;
  }

  /** To compile a small statement costs more than to run it: what is asked a second time stays compiled. */
  #findKept(sql: string, bound: unknown): sqlite3.Statement | null {
    if (measureBound(bound) > mostBound) return null;
    const kept = this.#kept.get(sql);
    if (kept !== undefined) return kept;
    if (this.#seen.has(sql)) this.#keep(sql);
    if (this.#seen.size === mostSeen) this.#seen.clear();
    this.#seen.add(sql);
    return null;
  }

  #keep(sql: string): void {
    const statement = this.prepare(sql, (error: Error | null) => {
      // One that cannot be compiled says so to whoever asks it.
      if (error !== null || this.#isClosing || this.#kept.has(sql)) {
        statement.finalize();
        return;
      }
      const [oldest] = this.#kept.size === mostKept ? this.#kept : [];
      if (oldest !== undefined) this.#kept.delete(oldest[0]);
      oldest?.[1].finalize();
      this.#kept.set(sql, statement);
    });
  }

  /** The package never answers the closing of what never opened, and the process would end in silence. */
  override close(callback?: (error: Error | null) => void): void {
    if (this.#hasFailed) {
      callback?.(null);
      return;
    }
    this.#isClosing = true;
    for (const statement of this.#kept.values()) statement.finalize();
    this.#kept.clear();
    super.close(callback);
  }
}

function measureBound(bound: unknown): number {
  if (typeof bound !== 'object' || bound === null) return 0;
  return Object.values(bound).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 0),
    0,
  );
}

/** A statement with what it binds: `$1` is the first of the values. */
export interface SqliteStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** What it gives: rows, or how many it changed. */
  readonly gives: 'rows' | 'count';
}

/** Sends a statement as it is: what Sequelize does around one costs more than most statements. */
export async function runOnSqlite(sequelize: Sequelize, statement: SqliteStatement): Promise<unknown> {
  const connection = await sequelize.connectionManager.getConnection({ type: 'write' });
  if (!(connection instanceof DurableConnection)) throw new Error('This is no connection of ours.');
  const { sql, values, gives } = statement;
  const bound = Object.fromEntries(values.map((value, index) => [`$${index + 1}`, value]));
  return new Promise((resolve, reject) => {
    if (gives === 'rows') {
      connection.all(sql, bound, (error: Error | null, rows: unknown) =>
        error === null ? resolve(rows) : reject(error),
      );
      return;
    }
    connection.run(sql, bound, function end(this: RunResult, error: Error | null) {
      if (error === null) resolve(this.changes);
      else reject(error);
    });
  });
}

/** The `sqlite3` package with our connection in the place of its own. */
export const durableSqlite = { ...sqlite3, Database: DurableConnection };
