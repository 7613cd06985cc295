import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeFastFolder } from '../fast-folder';
import { findFreePort } from './free-port';
import type { PostgresServer } from './postgres-server';

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** Nothing in a test's database must survive a power cut. */
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** Starts the system's own PostgreSQL; `null` where there is none, or no account that it may run as. */
export async function startSystemPostgres(): Promise<PostgresServer | null> {
  const binaries = findBinaries();
  const account = findAccount();
  if (binaries === null || account === null) {
    return null;
  }
  const folder = makeFastFolder('drumbeat-postgres-');
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(folder, account.uid, account.gid);
  }
  const place = { folder, binaries, account };
  await promisify(execFile)(
    path.join(binaries, 'initdb'),
    ['-D', path.join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: folder },
  );
  return startServer(place);
}

async function startServer(place: { folder: string; binaries: string; account: Account }): Promise<PostgresServer> {
  const port = await findFreePort();
  const settings = [...careless, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const server = spawn(
    path.join(place.binaries, 'postgres'),
    ['-D', path.join(place.folder, 'data'), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...place.account, cwd: place.folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // Where the run ends without a teardown, the server must not outlive it.
  const stopAtOnce = (): void => {
    server.kill('SIGQUIT');
    rmSync(place.folder, { recursive: true, force: true });
  };
  process.once('exit', stopAtOnce);
  await waitUntilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.removeListener('exit', stopAtOnce);
      if (server.exitCode === null) {
        server.kill('SIGQUIT');
        await once(server, 'exit');
      }
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

export async function waitUntilReady(server: ChildProcess): Promise<void> {
  const { stderr } = server;
  if (stderr === null) {
    throw new Error('PostgreSQL says nothing.');
  }
  stderr.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    let said = '';
    stderr.on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (said.includes('ready to accept connections')) {
        resolve();
      }
    });
    server.once('exit', () => {
      reject(new Error(`PostgreSQL did not start: ${said}`));
    });
    server.once('error', reject);
  });
}

/** The folder with `initdb` and `postgres` of one version, the newest first, then what is on the path. */
export function findBinaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(root, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  const hasBoth = (folder: string): boolean =>
    folder !== '' && ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name)));
  return folders.find(hasBoth) ?? null;
}

/** PostgreSQL refuses to run as root: then it runs as the user postgres. */
export function findAccount(): Account | null {
  if (process.getuid?.() !== 0) {
    return {};
  }
  try {
    const ask = (option: string): number =>
      Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null;
  }
}
