import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { AccessRevoked, BitbucketUnavailable } from './bitbucket/errors';
import { systemChance, systemClock, type Chance } from './clock';
import type { Clock } from './domain/clock';
import { createApiTokens } from './doors/api-tokens';
import { createConnectDoor, type ConnectDoor } from './doors/connect/connect-door';
import { ConnectionRefused, ExchangeUnavailable } from './doors/errors';
import { createSessions } from './doors/sessions';
import type { Authorise } from './ingestion/bitbucket-access';
import { createIngestion, type Ingestion } from './ingestion/ingestion';
import { createProveInstall, proveInstallKind } from './ingestion/prove-install';
import { planReconciliation } from './ingestion/reconciliation/reconcile';
import { createLog, type Log } from './log';
import { createReporting } from './reporting/reporting';
import { readSettings, type Environment, type Settings } from './settings';
import { openDatabase } from './store/open-database';
import { openStores, type Stores } from './store/stores';
import { createWebApp } from './web/web-app';

/** A running process. */
export interface Drumbeat {
  /** The public address. */
  readonly url: string;
  /** Lets requests and jobs under way end, then closes the database. */
  close(): Promise<void>;
}

/** What a process takes from its machine. */
export interface MachineParts {
  /** Default: the machine's clock. Timers go at the real pace whatever it says. */
  readonly clock?: Clock;
  /** Default: the machine's chance. */
  readonly random?: Chance;
}

/**
 * Starts the process that the environment describes.
 * @throws {WrongSettings} naming everything that is wrong with the environment.
 */
export async function startDrumbeat(environment: Environment, machine: MachineParts = {}): Promise<Drumbeat> {
  const { clock, random } = { clock: systemClock, random: systemChance, ...machine };
  const settings = readSettings(environment);
  const log = createLog(settings.logLevel, clock);
  const encryptionKey = settings.encryptionKey ?? readOwnKey(settings.databaseUrl);
  const database = await openDatabase({ url: settings.databaseUrl, log });
  const stores = openStores(database, { encryptionKey });
  const { server, attach, port } = await listen(settings);
  const url = settings.baseUrl ?? `http://localhost:${port}`;
  const { door, ingestion } = joinRooms({ settings, log, stores, url, clock, random });
  if (settings.role !== 'web') await startWork({ settings, stores, clock }, ingestion);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  attach(
    createWebApp({
      metrics,
      settings: { ...settings, baseUrl: url },
      log,
      clock,
      connect: door,
      sessions: createSessions({ encryptionKey, connections: stores.connections, clock }),
      apiTokens: createApiTokens(stores),
      ...ingestion,
      reporting: createReporting(stores, {
        clock,
        bitbucketUrl: settings.bitbucketUrl,
        isImporting: (workspace) => ingestion.importStatus.isImporting(workspace),
      }),
      health: () => checkHealth({ settings, stores, clock }, ingestion),
    }),
  );
  return {
    url,
    async close() {
      await closeServer(server);
      await ingestion.worker.stop();
      await database.close();
    },
  };
}

/** The key for secrets at rest, made once beside the SQLite file and readable by its owner alone. */
function readOwnKey(databaseUrl: string): Buffer {
  const file = databaseUrl.replace(/^sqlite:/u, '');
  if (file === ':memory:') return randomBytes(32);
  const keyFile = `${file}.key`;
  mkdirSync(path.dirname(keyFile), { recursive: true });
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  return Buffer.from(readFileSync(keyFile, 'utf8'), 'base64');
}

interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Requests that come before wait for it. */
  readonly attach: (listener: RequestListener) => void;
}

/** Takes the port first: the public address, which everything else needs, may depend on it. */
async function listen({ port, host }: Settings): Promise<Listening> {
  let attach: (listener: RequestListener) => void = () => undefined;
  const attached = new Promise<RequestListener>((resolve) => (attach = resolve));
  const server = createServer((request, response) => {
    void attached.then((listener) => {
      listener(request, response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { server, attach, port: (server.address() as AddressInfo).port };
}

interface Joining {
  readonly settings: Settings;
  readonly log: Log;
  readonly stores: Stores;
  readonly url: string;
  readonly clock: Clock;
  readonly random: Chance;
}

/** The door calls ingestion when a workspace comes or goes; ingestion calls back through the door. */
function joinRooms({ settings, log, stores, url, clock, random }: Joining): {
  door: ConnectDoor;
  ingestion: Ingestion;
} {
  const door: ConnectDoor = createConnectDoor({
    ...settings,
    baseUrl: url,
    clock,
    log,
    connections: stores.connections,
    workspaces: stores.workspaces,
    onConnected: (workspace) => ingestion.connections.onConnected(workspace),
    onDisconnected: (workspace) => ingestion.connections.onDisconnected(workspace),
    onPending: (pendingId) => ingestion.connections.onPending(pendingId),
  });
  const ingestion = createIngestion({
    ...settings,
    stores,
    clock,
    log,
    random,
    apiUrl: settings.bitbucketApiUrl,
    authoriserFor: (workspace) => translateErrors(door.authoriserFor(workspace)),
    otherHandlers: {
      [proveInstallKind]: createProveInstall({ stores, clock, prove: (id) => door.proveInstall(id) }),
    },
  });
  return { door, ingestion };
}

/** The doors' words for a refused or failed token exchange in the words of the work that needs it. */
function translateErrors(authorise: Authorise): Authorise {
  return async (options) => {
    try {
      return await authorise(options);
    } catch (error) {
      if (error instanceof ConnectionRefused) throw new AccessRevoked();
      if (error instanceof ExchangeUnavailable) {
        throw new BitbucketUnavailable({ status: error.status, reason: 'no access token could be had' });
      }
      throw error;
    }
  };
}

type Ground = Pick<Joining, 'settings' | 'stores' | 'clock'>;

async function startWork({ settings, stores, clock }: Ground, ingestion: Ingestion): Promise<void> {
  // An SQLite file has one process: whoever held leases is dead, and its work need not wait for their end.
  if (stores.database.dialect === 'sqlite') await stores.jobs.releaseAll();
  for (const { uuid } of await stores.workspaces.list()) {
    await planReconciliation({ stores, clock, reconcileMinutes: settings.reconcileMinutes }, uuid);
  }
  ingestion.worker.start();
}

/** A worker that has not looked for work for this long is taken for dead. */
const workerSilence = 60_000;

async function checkHealth({ settings, stores, clock }: Ground, { worker }: Ingestion) {
  const problems: string[] = [];
  await stores.database.ping().catch(() => problems.push('The database does not answer.'));
  const isSilent = worker.lastSeenAt === null || clock.now() - worker.lastSeenAt > workerSilence;
  if (settings.role !== 'web' && isSilent) problems.push('The worker does not look for work.');
  return { ok: problems.length === 0, problems };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeIdleConnections();
  });
}
