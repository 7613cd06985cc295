import { findNextRunAt } from '../support/situation/find-next-run';
import { loadNone } from '../support/fakes/fake-work';
import { createSilentLog } from '../../src/machine/log';
import { openDatabase } from '../../src/store/open-database';
import { jobs } from '../../src/store/schema/work';
import { openStores, type Stores } from '../../src/store/stores';
import { aWorkspaceUuid as workspace, anInstant, day, hour, minute } from '../support/builders';
import { createFixedClock, type FixedClock } from '../support/fixed-clock';
import { testEncryptionKey } from '../support/test-database';
import { createErasure } from '../../src/administration/erasure';
import { createWorkspaceLifecycle, eraseWorkspaceKind } from '../../src/ingestion/workspace-lifecycle';
import { importWorkspaceKind } from '../../src/ingestion/plans/import-plan';
import { createHandlers } from '../../src/ingestion/ingestion';
import type { JobHandlers } from '../../src/ingestion/jobs/job-handler';
import { Worker } from '../../src/ingestion/jobs/worker';
import { Pace } from '../../src/ingestion/notices/pace';
import { createMissingWork } from '../../src/ingestion/missing-work';
import { createProveInstall, proveInstallKind } from '../../src/doors/connect/prove-install-job';
import { reconcileKind } from '../../src/ingestion/reconciliation/reconcile';

let stores: Stores;
let clock: FixedClock;

beforeEach(async () => {
  stores = openStores(await openDatabase({ url: 'sqlite::memory:' }), { encryptionKey: testEncryptionKey });
  clock = createFixedClock(anInstant);
  await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: anInstant });
});
afterEach(() => stores.database.close());

/** Runs what is due, minute by minute. */
async function pass(handlers: JobHandlers, milliseconds: number): Promise<void> {
  const worker = new Worker({ stores, handlers, clock, log: createSilentLog(), random: () => 1 });
  for (const end = clock.now() + milliseconds; clock.now() < end;) {
    await worker.drain();
    clock.advance(minute);
  }
  await worker.drain();
}

describe('The erasure of a workspace', () => {
  it('is tried until it is done, however often we stumble', async () => {
    await stores.workspaces.update(workspace, { eraseAt: anInstant });
    await stores.jobs.enqueue({ workspace, kind: eraseWorkspaceKind, key: 'all', runAt: anInstant });
    const { workspaces, erasure } = stores;
    const erase = erasure.erase.bind(erasure);
    erasure.erase = () => Promise.reject(new Error('ours'));
    const handlers = { [eraseWorkspaceKind]: createErasure(stores, clock) };
    await pass(handlers, day / 2);
    expect(await workspaces.get(workspace)).not.toBeNull();
    erasure.erase = erase;
    await pass(handlers, hour);
    expect(await workspaces.get(workspace)).toBeNull();
  });
});

describe('The proof of an install', () => {
  const addPending = async () => {
    const install = { clientKey: 'k', workspace, secret: 's', receivedAt: anInstant };
    const key = await stores.connections.addPending(install);
    await stores.jobs.enqueue({ workspace: '*', kind: proveInstallKind, key: 'line', runAt: anInstant });
    return key;
  };
  const create = (prove: () => Promise<'proven'>) => ({
    [proveInstallKind]: createProveInstall({ connections: stores.connections, clock, log: createSilentLog(), prove }),
  });

  it('goes on after nine minutes in which we stumble', async () => {
    await addPending();
    let isBroken = true;
    let proven = 0;
    const handlers = create(async () => {
      if (isBroken) throw new Error('ours');
      proven += 1;
      return 'proven';
    });
    await pass(handlers, 9 * minute);
    isBroken = false;
    await pass(handlers, 2 * minute);
    expect(proven).toBeGreaterThan(0);
  });

  it('is dropped when we stumble over it for longer than an install may stay unproven', async () => {
    const id = await addPending();
    const handlers = create(() => Promise.reject(new Error('ours')));
    await pass(handlers, 20 * minute);
    expect(await stores.connections.getPending(id)).toBeNull();
    expect(await stores.database.find(jobs, { where: {} })).toEqual([]);
  });
});

describe('Work that should be planned', () => {
  const find = (kind: string) => stores.jobs.find({ workspace, kind, key: 'all' });
  const connection = { workspace, kind: 'connect', reference: 'k', credentials: 's', installedAt: anInstant } as const;
  const create = () => {
    const parts = { stores, clock, reconcileMinutes: 60, importDays: 365, retentionDays: 30, kick: () => undefined };
    return createMissingWork({ ...parts, lifecycle: createWorkspaceLifecycle(parts) });
  };

  it('is put down within an interval where it is missing, and for no workspace that never came', async () => {
    const missingWork = create();
    clock.advance(hour);
    await missingWork.planInTime();
    expect(await stores.database.find(jobs, { where: {} })).toEqual([]);
    await stores.connections.saveNew(connection);
    clock.advance(hour - 1);
    await missingWork.planInTime();
    expect(await find(reconcileKind)).toBeNull();
    clock.advance(1);
    await missingWork.planInTime();
    expect(await find(reconcileKind)).toMatchObject({ state: 'ready' });
  });

  it('comes to life again where it was buried', async () => {
    await stores.connections.saveNew(connection);
    await stores.jobs.enqueue({ workspace, kind: reconcileKind, key: 'all', runAt: anInstant });
    const [job] = await stores.jobs.claim({ kinds: [reconcileKind], now: anInstant, leaseMs: 1, limit: 1 });
    if (job !== undefined) await stores.givenUp.bury(job, { problem: 'refused', now: clock.now() });
    expect(await find(reconcileKind)).toMatchObject({ state: 'dead' });
    const missingWork = create();
    clock.advance(hour);
    await missingWork.planInTime();
    expect(await find(reconcileKind)).toMatchObject({ state: 'ready' });
  });

  it('is the erasure of a workspace that left while we stumbled', async () => {
    await stores.connections.saveNew(connection);
    await stores.connections.setStatus(connection, 'uninstalled', { now: anInstant });
    const missingWork = create();
    clock.advance(hour);
    await missingWork.planInTime();
    expect(await find(eraseWorkspaceKind)).toMatchObject({ state: 'ready' });
    expect(await find(reconcileKind)).toBeNull();
    expect(await stores.workspaces.get(workspace)).toMatchObject({ eraseAt: anInstant + hour + 30 * day });
  });
});

describe('A workspace that an earlier version left half connected', () => {
  const find = async (kind: string) => (await stores.jobs.find({ workspace, kind, key: 'all' }))?.state ?? null;
  const connection = { workspace, kind: 'connect', reference: 'k', credentials: 's', installedAt: anInstant } as const;
  const parts = () => ({
    stores,
    clock,
    reconcileMinutes: 60,
    importDays: 365,
    retentionDays: 30,
    kick: () => undefined,
  });
  const look = () => createMissingWork({ ...parts(), lifecycle: createWorkspaceLifecycle(parts()) }).plan();
  const eraseNow = async () => {
    await stores.workspaces.update(workspace, { eraseAt: anInstant });
    await stores.jobs.enqueue({ workspace, kind: eraseWorkspaceKind, key: 'all', runAt: anInstant });
  };

  it('is imported if it never was, from the next start on, and once', async () => {
    await stores.connections.saveNew(connection);
    await look();
    expect(await find(importWorkspaceKind)).toBe('ready');
    await stores.jobs.remove({ workspace });
    await stores.workspaces.update(workspace, { repositoriesReadAt: anInstant });
    await look();
    expect([await find(importWorkspaceKind), await find(reconcileKind)]).toEqual([null, 'ready']);
  });

  it('is kept where it was to be erased, and compared at once', async () => {
    await stores.connections.saveNew(connection);
    await eraseNow();
    await look();
    expect(await stores.workspaces.get(workspace)).toMatchObject({ eraseAt: null });
    expect([await find(eraseWorkspaceKind), await find(importWorkspaceKind)]).toEqual([null, 'ready']);
    expect(await findNextRunAt(stores, [reconcileKind])).toBe(anInstant);
  });

  it('is not erased by whoever finds it connected, and nobody asks again', async () => {
    await stores.connections.saveNew(connection);
    await eraseNow();
    await pass({ [eraseWorkspaceKind]: createErasure(stores, clock) }, minute);
    expect(await stores.workspaces.get(workspace)).toMatchObject({ eraseAt: null });
    expect(await find(eraseWorkspaceKind)).toBeNull();
  });

  it('keeps the day on which it is to be erased, however often that is said', async () => {
    const lifecycle = createWorkspaceLifecycle(parts());
    for (let times = 0; times < 2; times += 1) {
      await lifecycle.step(workspace, (tx) => lifecycle.onDisconnected(workspace, tx));
      clock.advance(day);
    }
    expect(await stores.workspaces.get(workspace)).toMatchObject({ eraseAt: anInstant + 30 * day });
  });
});

describe('Every kind of work', () => {
  it('has been decided upon: what may be given up is found again by reconciliation, the rest never ends', () => {
    const limits = { requestsPerHour: 1000, importDays: 365, reconcileMinutes: 60, retentionDays: 30 };
    const usage = async () => ({ used: 0, limit: 1000 });
    const administrators = { freshen: async () => undefined };
    const rooms = { administrators, openDeliveries: loadNone, otherHandlers: {}, toMark: (at: number) => at };
    const pace = new Pace({ clock, wait: async () => undefined });
    const parts = { stores, clock, log: createSilentLog(), random: () => 1, usage, pace, ...limits, ...rooms };
    const nobody = () => {
      throw new Error('Nobody is asked.');
    };
    const handlers = createHandlers(parts, nobody);
    const mayBeGivenUp = Object.keys(handlers).filter((kind) => handlers[kind]?.neverGivenUp === undefined);
    expect(mayBeGivenUp.toSorted()).toEqual(['read-pull-request', 'read-repository', 'read-sizes']);
    const pauses = Object.values(handlers).map(({ neverGivenUp }) => neverGivenUp?.longestPauseMs ?? 0);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(hour);
  });
});

describe('Work that the end of the process interrupts', () => {
  it('is due at once for the next one, as if nobody had begun it', async () => {
    const ending = new AbortController();
    const [kind, key] = ['read', 'all'];
    const run = async (): Promise<'done'> => {
      ending.abort();
      throw new Error('interrupted');
    };
    const handlers = { [kind]: { lane: 'live' as const, run } };
    const parts = { stores, handlers, clock, log: createSilentLog(), random: () => 1 };
    await stores.jobs.enqueue({ workspace, kind, key, runAt: anInstant });
    const worker = new Worker({ ...parts, signal: ending.signal });
    await worker.drain();
    const claim = () => stores.jobs.claim({ kinds: [kind], now: clock.now(), leaseMs: minute, limit: 1 });
    expect(await claim()).toEqual([]);
    await worker.giveBack();
    expect(await stores.jobs.find({ workspace, kind, key })).toMatchObject({ state: 'ready', problem: null });
    expect(await claim()).toMatchObject([{ kind, attempts: 0 }]);
  });
});
