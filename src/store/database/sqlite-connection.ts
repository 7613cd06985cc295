import sqlite3 from 'sqlite3';

/** How long a connection waits for a writer of another process, in milliseconds. */
const busyTimeout = 15_000;

/**
 * What Sequelize opens: SQLite's settings of a connection are not kept in the file, so every connection
 * sets them before its first statement.
 */
class DurableConnection extends sqlite3.Database {
  #hasFailed = false;

  constructor(filename: string, mode: number, callback: (error: Error | null) => void) {
    super(filename, mode, (error) => {
      if (error !== null) {
        this.#hasFailed = true;
        callback(error);
        return;
      }
      this.configure('busyTimeout', busyTimeout);
      this.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;', callback);
    });
  }

  /**
   * Sequelize makes an error for every statement, to read its stack in case of need, and then reads it always: that
   * cost more than the statement. Whoever fails is told where by `DatabaseFailed`.
   */
  override serialize(work?: () => void): void {
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
      return super.all(sql, ...(rest as [unknown, () => void]));
    }
    (callback as (error: null, rows: []) => void)(null, []);
    return this;
  }

  /** The package never answers the closing of what never opened, and the process would end in silence. */
  override close(callback?: (error: Error | null) => void): void {
    if (this.#hasFailed) {
      callback?.(null);
      return;
    }
    super.close(callback);
  }
}

/** The `sqlite3` package with our connection in the place of its own. */
export const durableSqlite = { ...sqlite3, Database: DurableConnection };
