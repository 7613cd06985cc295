import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../../test/support/postgres/free-port';
import { findAccount, findBinaries, waitUntilReady } from '../../test/support/postgres/system-postgres';

/** A PostgreSQL that keeps what it has committed, whatever becomes of its processes. */
export interface KillablePostgres {
  readonly url: string;
  /** SIGKILL to all its processes at once; resolves when none is left. */
  kill(): Promise<void>;
  /** After a kill: it recovers first. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=50'];

/** Starts the system's own, with the durability that it has by default. @throws where there is none */
export async function startKillablePostgres(): Promise<KillablePostgres> {
  const binaries = findBinaries();
  const account = findAccount();
  if (binaries === null || account === null) throw new Error('There is no PostgreSQL on this machine.');
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-torture-postgres-'));
  const { uid, gid } = account;
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const data = path.join(folder, 'data');
  const flags = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  await promisify(execFile)(path.join(binaries, 'initdb'), flags, { ...account, cwd: folder });
  const port = await findFreePort();
  const command = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  let server: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
    server = spawn(path.join(binaries, 'postgres'), command, { ...account, cwd: folder, stdio });
    await waitUntilReady(server);
  };
  const kill = async (): Promise<void> => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    killFamily(server.pid ?? 0);
    await ended;
  };
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    ...{ start, kill },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The children first found, then all at once: none has time to see that the others are gone. */
function killFamily(parent: number): void {
  for (const pid of [parent, ...listChildren(parent)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

function listChildren(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return pids.filter((pid) => readParent(pid) === parent).map(Number);
}

/** The fourth field, after a name in brackets that may hold anything. */
function readParent(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
