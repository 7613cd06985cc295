import type { OpenDeliveries } from '../../../src/ingestion/record/record-deliveries';
import { createHandlers } from '../../../src/ingestion/ingestion';
import { Pace } from '../../../src/ingestion/notices/pace';
import { createWorkspaceLifecycle, type WorkspaceLifecycle } from '../../../src/ingestion/workspace-lifecycle';
import { Worker } from '../../../src/ingestion/jobs/worker';
import type { RequestGate } from '../../../src/ingestion/requests/request-gate';
import { createImportStatus, type ImportStatus } from '../../../src/ingestion/progress/import-status';
import { createSilentLog } from '../../../src/machine/log';
import { openDatabase } from '../../../src/store/open-database';
import type { Connection } from '../../../src/store/connections/connection';
import { openStores, type Stores } from '../../../src/store/stores';
import { aWorkspaceUuid as workspace, anInstant, hour } from '../builders';
import { Names } from '../../../src/domain/columns/names';
import { createFixedClock, type FixedClock } from '../fixed-clock';
import { testEncryptionKey } from '../test-database';
import { findNextRunAt } from '../situation/find-next-run';
import { FakeApi } from './fake-api';

/**
 * The rooms that carry facts in, at work on one workspace before a Bitbucket out of memory, under a clock of the
 * test's.
 */
export interface FakeWork {
  readonly stores: Stores;
  readonly clock: FixedClock;
  readonly api: FakeApi;
  readonly worker: Worker;
  /** Lets the workspace in, as a door does. */
  connect(terms?: Partial<Pick<Connection, 'hearing' | 'repositories'>>): Promise<void>;
  readonly lifecycle: WorkspaceLifecycle;
  disconnect(): Promise<void>;
  /** Runs all that is due, then all that comes due, until so much time has passed. */
  pass(milliseconds: number): Promise<void>;
  status(): Promise<ImportStatus>;
  verifiedAt(): Promise<number | null>;
  close(): Promise<void>;
}

const reconcileMinutes = 60;
/** Of the workspace that comes in. */
export const theConnection = { kind: 'connect', reference: 'the client key' } as const;

/** For work in which nobody writes rows of deployments. */
export const loadNone: OpenDeliveries = async () => ({
  ...{ version: 0, incidents: [], days: [] },
  incidentColumns: { names: new Names(), incidents: new Map() },
  listIncidents: () => [],
  readDeployments: async () => [],
});

/** In memory: weeks pass in seconds. */
export async function startFakeWork(): Promise<FakeWork> {
  const database = await openDatabase({ url: 'sqlite::memory:' });
  const stores = openStores(database, { encryptionKey: testEncryptionKey });
  const clock = createFixedClock(anInstant);
  const api = new FakeApi();
  const limits = { requestsPerHour: 1_000_000, importDays: 365, reconcileMinutes, retentionDays: 30 };
  const usage: RequestGate['usage'] = async (...asked) => ({
    ...(await stores.requests.usage(...asked)),
    limit: limits.requestsPerHour,
  });
  const parts = { stores, clock, log: createSilentLog(), random: () => 1, usage, ...limits };
  const administrators = { freshen: async () => undefined };
  const pace = new Pace({ clock, wait: async () => undefined });
  const others = { administrators, pace, toMark: (at: number) => at, openDeliveries: loadNone, otherHandlers: {} };
  const handlers = createHandlers({ ...parts, ...others }, () => api.open());
  const worker = new Worker({ ...parts, handlers });
  const lifecycle = createWorkspaceLifecycle({ ...parts, kick: () => undefined });
  const status = createImportStatus(parts);
  const kinds = Object.keys(handlers);
  return {
    ...{ stores, clock, api, worker, lifecycle },
    async connect(terms = {}) {
      const installedAt = clock.now();
      const connection = { ...theConnection, workspace, credentials: 's', installedAt, ...terms };
      await lifecycle.step(workspace, async (tx) => {
        await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: installedAt }, tx);
        await stores.connections.saveNew(connection, tx);
        await lifecycle.onConnected(workspace, tx);
      });
    },
    async disconnect() {
      await lifecycle.step(workspace, async (tx) => {
        await stores.connections.setStatus(theConnection, 'uninstalled', { now: clock.now(), tx });
        await lifecycle.onDisconnected(workspace, tx);
      });
    },
    async pass(milliseconds) {
      const end = clock.now() + milliseconds;
      for (let nextAt: number | null = clock.now(); nextAt !== null && nextAt <= end;) {
        clock.setTo(Math.max(nextAt, clock.now()));
        await worker.drain();
        nextAt = await findNextRunAt(stores, kinds);
      }
      clock.setTo(end);
    },
    status: () => status.load(workspace, null),
    verifiedAt: async () => (await stores.workspaces.get(workspace))?.verifiedAt ?? null,
    close: () => database.close(),
  };
}

/** Between two reconciliations. */
export const aReconciliation = reconcileMinutes * (hour / 60);
