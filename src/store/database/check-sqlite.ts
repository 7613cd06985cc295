import { CannotStart } from '../../machine/cannot-start';
import type { Database } from './database';
import type { Transaction } from './transaction';

const synchronousFull = 2;

/** First versions without the fault that can lose a reset write-ahead log, by their first two numbers. */
const mended: Readonly<Record<string, number>> = { '3.44': 6, '3.50': 7, '3.51': 3 };

/** Whether this SQLite is free of the fault in resetting the write-ahead log. */
export function isSafeVersion(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const firstGood = mended[`${major}.${minor}`];
  return firstGood === undefined ? major > 3 || (major === 3 && minor > 51) : patch >= firstGood;
}

/**
 * Turns the write-ahead log on and refuses to go on without every promise kept: an acknowledged notice
 * must survive a power cut.
 */
export async function checkSqlite(database: Database, isInMemory: boolean): Promise<void> {
  const version = await pragma(database, 'SELECT sqlite_version() AS value');
  if (!isInMemory) {
    if (!isSafeVersion(String(version))) {
      throw new CannotStart(`SQLite ${String(version)} can lose its write-ahead log; 3.51.3 or newer is needed.`);
    }
    const mode = await pragma(database, 'PRAGMA journal_mode = WAL');
    demand({ setting: 'journal_mode', wanted: 'wal', found: mode });
  }
  await checkConnection(database);
  await database.transaction(async (tx) => {
    await checkConnection(database, tx);
    await writeOnce(database, tx);
  });
}

/** A file that can only be read opens, and even begins a writer's transaction; the first thing written would be lost. */
async function writeOnce(database: Database, tx: Transaction): Promise<void> {
  const version = await pragma(database, 'PRAGMA user_version', tx);
  await database.write(`PRAGMA user_version = ${Number(version)}`, [], tx);
}

/** Each connection has its own settings; this looks at the one that the transaction uses. */
async function checkConnection(database: Database, tx?: Transaction): Promise<void> {
  demand({
    setting: 'synchronous',
    wanted: synchronousFull,
    found: await pragma(database, 'PRAGMA synchronous', tx),
  });
  demand({ setting: 'foreign_keys', wanted: 1, found: await pragma(database, 'PRAGMA foreign_keys', tx) });
}

async function pragma(database: Database, sql: string, tx?: Transaction): Promise<unknown> {
  const row = await database.readOne<Record<string, unknown>>(sql, [], tx);
  return row === null ? null : Object.values(row)[0];
}

function demand(answer: { setting: string; wanted: string | number; found: unknown }): void {
  if (answer.found !== answer.wanted) {
    throw new CannotStart(
      `SQLite runs with ${answer.setting} = ${String(answer.found)} where ${answer.wanted} is needed; a network file ` +
        'system may be the reason: let DATABASE_URL name a file on a disk of this machine.',
    );
  }
}
