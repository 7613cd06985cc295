import { closeSync, existsSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import sqlite3 from 'sqlite3';
import { CannotStart } from '../../machine/cannot-start';
import type { Log } from '../../machine/log';
import { describeSystemError, readErrorCode } from '../../machine/system-error';

/** A process that was asked to stop has left by then: whoever starts the next one at once need not wait for it. */
const usualPatienceMs = 4_000;
const lookEveryMs = 100;

interface HoldOptions {
  readonly log?: Log | undefined;
  /** How long one that ends is waited for, in milliseconds. */
  readonly patienceMs?: number;
}

/**
 * Says that one process works with a database file: leases of jobs and facts in memory are that process's alone. The
 * mark is a lock that SQLite holds on a file beside it, FILE.lock. It ends with the process, however that ends, and
 * means the same to processes in different containers, whose numbers are the same.
 */
export class SqliteHold {
  readonly #file: string;
  readonly #options: HoldOptions;
  #connection: LockConnection | null = null;

  constructor(file: string, options: HoldOptions = {}) {
    this.#file = file;
    this.#options = options;
  }

  /** @throws {CannotStart} naming the process that has it */
  async take(): Promise<void> {
    const { log, patienceMs = usualPatienceMs } = this.#options;
    const connection = await this.#open();
    const tries = Math.ceil(patienceMs / lookEveryMs);
    for (let failed = 0; !(await this.#try(connection)); failed += 1) {
      if (failed === 0) log?.info('Another process has the database; waiting a moment for its end.');
      if (failed === tries) {
        const holder = await connection.readHolder();
        await connection.close();
        throw new CannotStart(
          `DATABASE_URL names ${this.#file}, which another process of Drumbeat has open${holder}: end that process, for ` +
            'an SQLite file serves one, or name another file.',
        );
      }
      await sleep(lookEveryMs);
    }
    this.#connection = connection;
  }

  async release(): Promise<void> {
    await this.#connection?.close();
    this.#connection = null;
  }

  async #open(): Promise<LockConnection> {
    const lockFile = `${this.#file}.lock`;
    try {
      // Not opened where it is there: to close it again would end the lock of another connection of this process.
      if (!existsSync(lockFile)) closeSync(openSync(lockFile, 'a', 0o600));
      return await LockConnection.open(lockFile);
    } catch (error) {
      throw this.#toRefusal(error);
    }
  }

  async #try(connection: LockConnection): Promise<boolean> {
    try {
      return await connection.take();
    } catch (error) {
      await connection.close();
      throw this.#toRefusal(error);
    }
  }

  #toRefusal(error: unknown): CannotStart {
    const wayOut: Readonly<Record<string, string>> = {
      SQLITE_FULL: 'no room is left on the disk: make room',
      SQLITE_NOTADB: 'it is no lock of Drumbeat: delete it',
      SQLITE_CORRUPT: 'it is damaged: delete it',
      SQLITE_READONLY: 'it can only be read: let the user of this process write to it',
    };
    const why =
      wayOut[readErrorCode(error) ?? ''] ?? `${describeSystemError(error)}: let the user of this process write it`;
    return new CannotStart(`The file ${this.#file}.lock, which keeps a second process out, cannot be used (${why}).`);
  }
}

/** A connection whose transaction, begun and never ended, is the lock: others may read meanwhile who holds it. */
class LockConnection {
  readonly #database: sqlite3.Database;

  constructor(database: sqlite3.Database) {
    this.#database = database;
  }

  static open(file: string): Promise<LockConnection> {
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(file, (error) => {
        if (error !== null) {
          reject(error);
          return;
        }
        database.configure('busyTimeout', 0);
        resolve(new LockConnection(database));
      });
    });
  }

  /** Whether the lock is ours now. */
  async take(): Promise<boolean> {
    try {
      await this.#run('BEGIN IMMEDIATE');
      await this.#run('CREATE TABLE IF NOT EXISTS holder (process INTEGER, host TEXT)');
      await this.#run('DELETE FROM holder');
      await this.#run('INSERT INTO holder (process, host) VALUES (?, ?)', [process.pid, hostname()]);
      await this.#run('COMMIT');
      await this.#run('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      await this.#run('ROLLBACK').catch(() => undefined);
      if (readErrorCode(error) === 'SQLITE_BUSY') return false;
      throw error;
    }
  }

  /** In words that begin with a space; nothing where it cannot be read just now. */
  readHolder(): Promise<string> {
    return new Promise((resolve) => {
      this.#database.all<{ process: number; host: string }>('SELECT process, host FROM holder', (error, rows) => {
        const [row] = error === null ? rows : [];
        resolve(row === undefined ? '' : ` (process ${row.process} on ${row.host})`);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#database.close(() => resolve()));
  }

  #run(sql: string, values: readonly unknown[] = []): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.run(sql, values, (error) => (error === null ? resolve() : reject(error)));
    });
  }
}
