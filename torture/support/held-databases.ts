import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import sqlite3 from 'sqlite3';

/** A database that somebody else keeps from working. */
export interface HeldDatabase {
  /** From now on. */
  hold(): Promise<void>;
  /** It works again. */
  release(): Promise<void>;
}

/** The lock of writers of an SQLite file, taken by a connection of another process than the product's. */
export function holdSqlite(url: string): HeldDatabase {
  const connection = new sqlite3.Database(url.slice('sqlite:'.length));
  connection.configure('busyTimeout', 10_000);
  const run = (sql: string): Promise<void> =>
    new Promise((resolve, reject) =>
      connection.run(sql, (error) => {
        if (error === null) resolve();
        else reject(error);
      }),
    );
  return {
    hold: () => run('BEGIN IMMEDIATE'),
    release: async () => {
      await run('ROLLBACK');
      await new Promise((resolve) => connection.close(resolve));
    },
  };
}

/** Every process of a PostgreSQL server stopped, as they are when a machine or its disk hangs: nothing is answered. */
export function holdPostgres(url: string): HeldDatabase {
  let stopped: readonly number[] = [];
  return {
    async hold() {
      const server = await findProcess(url);
      stopped = [server, ...listChildren(server)];
      for (const id of stopped) process.kill(id, 'SIGSTOP');
    },
    release: async () => {
      for (const id of stopped) process.kill(id, 'SIGCONT');
      await Promise.resolve();
    },
  };
}

async function findProcess(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ text: string }>(`SELECT pg_read_file('postmaster.pid') AS text`);
  await client.end();
  return Number(rows[0]?.text.split('\n')[0]);
}

function listChildren(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((id) => findParent(id) === parent);
}

/** By the second number after the name in brackets; processes come and go while they are listed. */
function findParent(id: number): number | null {
  try {
    return Number(/\) \S (\d+)/u.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}
