import sqlite3 from 'sqlite3';
import { createTestDatabase } from '../../../test/support/test-database';
import { openDatabase } from '../open-database';
import type { Database } from './database';

let database: Database;

beforeEach(async () => {
  database = await openDatabase({ url: 'sqlite::memory:' });
  await database.write(`CREATE TABLE words (word TEXT PRIMARY KEY CHECK (word <> 'no'))`, []);
});
afterEach(() => database.close());

const add = (word: string) => database.write('INSERT INTO words (word) VALUES ($1) ON CONFLICT DO NOTHING', [word]);
const list = async () =>
  (await database.read<{ word: string }>('SELECT word FROM words ORDER BY word', [])).map(({ word }) => word);

describe('A change that is asked for again and again', () => {
  it('says each time how many rows it has changed, whatever is bound', async () => {
    const long = 'x'.repeat(50_000);
    const counts: number[] = [];
    for (const word of ['a', 'b', 'b', 'c', long, long, 'c', 'd']) counts.push(await add(word));
    expect(counts).toEqual([1, 1, 0, 1, 1, 0, 0, 1]);
    expect(await list()).toEqual(['a', 'b', 'c', 'd', long]);
  });

  it('goes on after one that was refused, and after a transaction that was taken back', async () => {
    for (const word of ['a', 'b', 'c']) await add(word);
    await expect(add('no')).rejects.toThrow();
    const taken = database.transaction(async (tx) => {
      await database.write('DELETE FROM words WHERE word = $1', ['a'], tx);
      throw new Error('taken back');
    });
    await expect(taken).rejects.toThrow('taken back');
    expect([await add('d'), await list()]).toEqual([1, ['a', 'b', 'c', 'd']]);
  });
});

it('While another process keeps the lock, writers are told so together, and what is read is answered', async () => {
  const created = await createTestDatabase('sqlite');
  const file = await openDatabase({ url: created.url });
  const other = new sqlite3.Database(created.url.slice('sqlite:'.length));
  const run = (sql: string) => new Promise((resolve) => other.run(sql, resolve));
  // As it is set once a database is open, but for how long.
  await file.write('PRAGMA busy_timeout = 20', []);
  await run('BEGIN IMMEDIATE');
  const write = () => file.write('CREATE TABLE IF NOT EXISTS words (word TEXT)', []);
  const ends = await Promise.allSettled([write(), file.transaction(async () => undefined), write()]);
  const reasons = ends.map((end) => (end.status === 'rejected' ? (end.reason as object) : null));
  expect(reasons).toEqual(Array.from({ length: 3 }, () => reasons[0]));
  expect(reasons[0]).toMatchObject({ code: 'SQLITE_BUSY', isUnavailable: true });
  await file.read('SELECT 1 AS one', []);
  await run('ROLLBACK');
  await write();
  await Promise.all([file.close(), new Promise((resolve) => other.close(resolve))]);
  await created.remove();
});

it('A command waits longer for a server that writes than that server for a command', async () => {
  const created = await createTestDatabase('sqlite');
  const readTimeout = async (isVisit: boolean) => {
    const file = await openDatabase({ url: created.url, isVisit });
    const [asked] = await file.read<{ timeout: number }>('SELECT timeout FROM pragma_busy_timeout', []);
    await file.close();
    return asked?.timeout;
  };
  expect([await readTimeout(false), await readTimeout(true)]).toEqual([2_500, 15_000]);
  await created.remove();
});
