import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import type { KnownWorkspace, OpenOptions, Operations } from './command-line/commands/operations';
import { CommandFailed } from './command-line/outcomes/command-failed';
import { joinRooms } from './compose';
import { makeAdministratorLink } from './doors/own-window/sign-in-links';
import { CannotStart } from './machine/cannot-start';
import { systemChance, systemClock, systemSteady } from './machine/clock';
import { createLog, createSilentLog } from './machine/log';
import { openCore, type Core } from './open-core';
import { openOwnWindow } from './open-own-window';
import { readSettings, WrongSettings, type Environment, type Settings } from './settings';
import { reEncrypt } from './store/encryption-key/re-encrypt';

/** How long due work may lie before no server is thought to run: workers look twice a second. */
const neglectedAfterMs = 5000;

/**
 * What commands work with: the settings, database, key and rooms of the server, without its port and its workers. It may
 * run beside the server, which finds the work that is put down.
 * @throws {CommandFailed} in words, for an environment or a database that cannot be used
 */
export async function openOperations(environment: Environment, options: OpenOptions): Promise<Operations> {
  const settings = readCommandSettings(environment);
  const url = findAddress(settings);
  checkDatabase(settings, options);
  const log = options.isVerbose ? createLog(settings.logLevel, systemClock) : createSilentLog();
  const core = await openCore({ settings, log, isVisit: true }).catch(refuse);
  const machine = { clock: systemClock, steady: systemSteady, random: systemChance, wait: sleep };
  const rooms = joinRooms({ ...machine, ...core, settings, log, url, metrics: new Registry() });
  const { stores } = core;
  const window = openOwnWindow({ ...core, ...rooms, settings, url, clock: systemClock, log });
  return {
    connections: rooms.tokenConnections,
    links: {
      ...window.ownWindow,
      makeAdministratorLink: (wish) => makeAdministratorLink(wish, { ...stores, baseUrl: url, clock: systemClock }),
    },
    imports: {
      load: (workspace) => rooms.ingestion.importStatus.load(workspace, null),
      isNeglected: () => {
        const now = systemClock.now();
        return stores.jobs.isNeglected({ now, dueBy: now - neglectedAfterMs });
      },
    },
    reEncrypt: async () => {
      const { previousEncryptionKey: previous } = settings;
      return previous === null ? 'no previous key' : reEncrypt(core.database, { key: core.encryptionKey, previous });
    },
    findWorkspace: (name) => findWorkspace(stores, name),
    readHookSeenAt: async (workspace) => {
      const looks = (await stores.webhooks.list(workspace)).map(({ checkedAt }) => checkedAt);
      return looks.length === 0 ? null : Math.max(...looks);
    },
    close: () => core.close(),
  };
}

async function findWorkspace(
  { workspaces, connections }: Core['stores'],
  name: string,
): Promise<KnownWorkspace | null> {
  const wanted = name.toLowerCase();
  const found = (await workspaces.list()).find(({ uuid, slug }) => uuid === wanted || slug === wanted);
  if (found === undefined) return null;
  const { uuid, slug } = found;
  return { uuid, slug, name: found.name, isConnected: (await connections.getLive(uuid)) !== null };
}

function readCommandSettings(environment: Environment): Settings {
  try {
    return readSettings(environment);
  } catch (error) {
    if (error instanceof WrongSettings) throw new CommandFailed('wrongUse', error.message);
    throw error;
  }
}

function refuse(error: unknown): never {
  throw error instanceof CannotStart ? new CommandFailed('unreachable', error.message) : error;
}

/** Where the server is reached; with a free port it alone knows. */
function findAddress({ baseUrl, port }: Settings): string {
  if (baseUrl !== null) return baseUrl;
  if (port !== 0) return `http://localhost:${port}`;
  throw new CommandFailed('wrongUse', 'PORT is 0, so nobody knows here where the server is reached.', 'Set BASE_URL.');
}

/** A command in another folder than the server's would make a database of its own, and find nothing in it. */
function checkDatabase({ databaseUrl }: Settings, { mayMakeDatabase }: OpenOptions): void {
  if (databaseUrl === 'sqlite::memory:') {
    throw new CommandFailed(
      'wrongUse',
      'DATABASE_URL is sqlite::memory:, a database that no other process sees.',
      'Let DATABASE_URL name the database of the server.',
    );
  }
  if (mayMakeDatabase || !databaseUrl.startsWith('sqlite:')) return;
  const file = path.resolve(databaseUrl.slice('sqlite:'.length));
  if (existsSync(file)) return;
  throw new CommandFailed(
    'wrongUse',
    `There is no database ${file}, so no workspace is connected.`,
    'Run the command in the folder and with the environment of the server; "drumbeat connect WORKSPACE" begins.',
  );
}
