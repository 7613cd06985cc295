import { createErasure } from '../../src/administration/erasure';
import { takeToken } from '../../src/doors/access-token/connect-workspace';
import { leaveWorkspace } from '../../src/doors/access-token/leave-workspace';
import type { TokenNeeds } from '../../src/doors/access-token/token-needs';
import { createConnectDoor } from '../../src/doors/connect/connect-door';
import { createMissingWork } from '../../src/ingestion/missing-work';
import { createWorkspaceLifecycle, eraseWorkspaceKind } from '../../src/ingestion/workspace-lifecycle';
import { createSilentLog } from '../../src/machine/log';
import { openDatabase } from '../../src/store/open-database';
import { openStores, type Stores } from '../../src/store/stores';
import { day, minute } from '../support/builders';
import { startFakeBitbucket, type FakeBitbucket } from '../support/fakes/fake-bitbucket';
import { createFixedClock, type FixedClock } from '../support/fixed-clock';
import { signLikeBitbucket } from '../support/signed-requests';
import { createTestDatabase, databaseKinds, testEncryptionKey, type TestDatabaseUrl } from '../support/test-database';
import { acme } from '../support/web/test-web';

/*
 * The process ends between any two statements of a step in the life of a workspace: it was taken, or it was not.
 * `CUT_EVERY=1` tries every statement in place of each sixth.
 */
const stride = Number(process.env['CUT_EVERY'] ?? 6);

const { workspace, clientKey: reference, secret } = acme;
const renewed = 'the second secret of acme, long enough';
const newSecret = 'connect with a new secret';
const closed = 'http://127.0.0.1:9';

let bitbucket: FakeBitbucket;
beforeAll(async () => {
  bitbucket = await startFakeBitbucket('drumbeat');
});
afterAll(() => bitbucket.close());

describe.each(databaseKinds)('A process that ends in the middle, on %s,', (kind) => {
  let created: TestDatabaseUrl;
  let stores: Stores;
  let clock: FixedClock;
  /** Statements until the process ends. */
  let left: number;
  beforeAll(async () => {
    created = await createTestDatabase(kind);
    const onStatement = (): void => {
      if (left <= 0) throw new Error('The process has ended.');
      left -= 1;
    };
    left = Infinity;
    stores = openStores(await openDatabase({ url: created.url, onStatement }), { encryptionKey: testEncryptionKey });
  });
  beforeEach(() => {
    clock = createFixedClock();
  });
  afterAll(async () => {
    await stores.database.close();
    await created.remove();
  });

  function startRooms() {
    const parts = { stores, clock, importDays: 365, reconcileMinutes: 60, retentionDays: 30, kick: () => undefined };
    const lifecycle = createWorkspaceLifecycle(parts);
    const shared = { baseUrl: 'http://localhost:3000', clock, log: createSilentLog(), events: lifecycle };
    const { connections, reinstalls, workspaces } = stores;
    const ofConnect = {
      connections,
      reinstalls,
      workspaces,
      bitbucketUrl: bitbucket.url,
      bitbucketApiUrl: bitbucket.url,
    };
    const nothing = async (): Promise<void> => undefined;
    const token: TokenNeeds = {
      ...{ ...shared, bitbucketApiUrl: closed, stores },
      ...{ passRequest: nothing, pauseRequests: nothing },
    };
    return {
      door: createConnectDoor({ ...shared, ...ofConnect, appKey: null }),
      token,
      look: () => createMissingWork({ ...parts, lifecycle }).plan(),
    };
  }

  const honour = (honoured: string) =>
    bitbucket.installs.set(reference, { clientKey: reference, secret: honoured, workspace, slug: 'acme' });
  const call = (event: 'installed' | 'uninstalled', sharedSecret?: string) => {
    const url = `/connect/${event}`;
    const jwt = signLikeBitbucket({ ...acme, method: 'POST', url, now: clock.now() });
    const body = { key: 'drumbeat', eventType: event, productType: 'bitbucket', clientKey: reference, sharedSecret };
    const request = { method: 'POST', originalUrl: url, rawHeaders: ['Authorization', `JWT ${jwt}`] };
    return startRooms().door.receiveLifecycle({ event, request, body: { ...body, principal: { uuid: workspace } } });
  };
  const prove = async (): Promise<void> => {
    const { door } = startRooms();
    for (const { id } of await stores.connections.listPending()) await door.proveInstall(id);
    for (const reinstall of await stores.reinstalls.list({ workspace })) await door.proveReinstall(reinstall);
  };
  const install = async (): Promise<void> => {
    honour(secret);
    await call('installed', secret);
    await prove();
  };
  const connect = () => {
    const request = { workspaceName: 'acme', token: 'a token', email: null, repositories: null, expiresAt: null };
    const named = { uuid: workspace, slug: 'acme', name: 'Acme' };
    const checked = { checks: [], canConnect: true, workspace: named, repositories: null, canBeCalled: false };
    return takeToken(startRooms().token, { ...request, withHook: false }, checked);
  };
  const goBack = () => leaveWorkspace(startRooms().token, { workspaceName: 'acme', backToConnect: true });

  async function lookAt() {
    const find = async (job: string) => (await stores.jobs.find({ workspace, kind: job, key: 'all' }))?.state ?? null;
    const live = await stores.connections.getLive(workspace);
    return {
      live: live === null ? null : `${live.kind}${live.credentials === renewed ? ' with a new secret' : ''}`,
      work: [await find('import-workspace'), await find('reconcile')],
      erasure: [await find(eraseWorkspaceKind), ((await stores.workspaces.get(workspace))?.eraseAt ?? null) !== null],
    };
  }

  /** Both are there, or nothing is. */
  const absent = { live: null, work: [null, null], erasure: [null, false] };
  const gone = { ...absent, erasure: ['ready', true] };
  const at = (live: string) => ({ ...absent, live, work: ['ready', 'ready'] });

  const bringRenewed = async (): Promise<void> => {
    await install();
    await call('installed', renewed);
  };
  const comeBack = async (): Promise<void> => {
    await install();
    await call('uninstalled');
    await call('installed', renewed);
  };
  const all = [
    {
      name: 'a first install',
      before: absent,
      after: at('connect'),
      prepare: () => call('installed', secret),
      step: prove,
    },
    { name: 'another secret', before: at('connect'), after: at(newSecret), prepare: bringRenewed, step: prove },
    { name: 'an uninstall', before: at('connect'), after: gone, prepare: install, step: () => call('uninstalled') },
    { name: 'a return before it was erased', before: gone, after: at(newSecret), prepare: comeBack, step: prove },
    { name: 'a move to a token', before: at('connect'), after: at('access_token'), prepare: install, step: connect },
    {
      ...{ name: 'a move back', before: at('access_token'), after: at('connect') },
      ...{ prepare: () => install().then(connect), step: goBack },
    },
  ];

  // What differs by database is the transaction alone.
  it.each(kind === 'sqlite' ? all : all.slice(2, 4))('has taken $name or has not', async (cut) => {
    const { before, after, prepare, step } = cut;
    let cuts = 0;
    for (let isWhole = false; !isWhole; cuts += stride) {
      left = Infinity;
      await stores.erasure.erase(workspace);
      honour(secret);
      await prepare();
      honour(after.live === newSecret ? renewed : secret);
      expect(await lookAt()).toEqual(before);
      left = cuts;
      isWhole = await step().then(
        () => left > 0,
        () => false,
      );
      left = Infinity;
      expect([before, after]).toContainEqual(await lookAt());
      await startRooms().look();
      expect([before, after]).toContainEqual(await lookAt());
    }
    expect(await lookAt()).toEqual(after);
    expect(cuts).toBeGreaterThan(10);
    clock.advance(32 * day);
    await createErasure(stores, clock).run({ workspace });
    expect((await stores.workspaces.get(workspace)) === null).toBe(after === gone);
  });

  it('or does not: whatever comes to life while it is to be erased is kept', async () => {
    left = Infinity;
    await stores.erasure.erase(workspace);
    await comeBack();
    clock.advance(30 * day + minute);
    const { door } = startRooms();
    const [reinstall] = await stores.reinstalls.list({ workspace });
    if (reinstall === undefined) throw new Error('Nothing waits.');
    const erase = () => createErasure(stores, clock).run({ workspace });
    // While it waits to be proved it is waited for; at the moment of the proof either comes first.
    expect(await erase()).toEqual({ againAt: clock.now() + minute });
    honour(renewed);
    await Promise.all([door.proveReinstall(reinstall), erase(), erase()]);
    expect(await lookAt()).toEqual(at(newSecret));
    await stores.workspaces.update(workspace, { eraseAt: 0 });
    let go = (): void => undefined;
    const pause = new Promise<void>((resolve) => (go = resolve));
    let noteEntry = (): void => undefined;
    const entered = new Promise<void>((resolve) => (noteEntry = resolve));
    const name = { kind: 'connect', reference } as const;
    await stores.connections.setStatus(name, 'uninstalled', { now: clock.now() });
    const step = createWorkspaceLifecycle({
      ...{ stores, clock, importDays: 365, reconcileMinutes: 60, retentionDays: 30, kick: () => undefined },
    }).step(workspace, async (tx) => {
      noteEntry();
      await pause;
      await stores.connections.enable(name, { now: clock.now(), tx });
    });
    await entered;
    const erasing = erase();
    go();
    await step;
    expect(await erasing).toBe('done');
    expect(await stores.workspaces.get(workspace)).toMatchObject({ eraseAt: null });
  });
});
