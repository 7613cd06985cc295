import { createApiTokens } from '../../../src/doors/api-tokens';
import { createConnectDoor, type ConnectDoor } from '../../../src/doors/connect/connect-door';
import { createOwnWindow } from '../../../src/doors/own-window/own-window';
import type { WindowNeeds } from '../../../src/doors/own-window/window-needs';
import { createSessions, type Sessions } from '../../../src/doors/sessions';
import { seesAll } from '../../../src/domain/people/visible-repositories';
import { createSilentLog, type Log } from '../../../src/machine/log';
import type { Stores } from '../../../src/store/stores';
import { isAnyConnected } from '../../../src/doors/open-connection';
import { createWebApp, type WebApp } from '../../../src/web/web-app';
import type { Inbox, WebDependencies } from '../../../src/web/routing/web-dependencies';
import { aWorkspaceUuid } from '../builders';
import { openTestStores, testEncryptionKey } from '../test-database';
import { createFixedClock, type FixedClock } from '../fixed-clock';
import { signLikeBitbucket, type TokenToSign } from '../signed-requests';

/** A workspace that has installed the app. */
export interface Tenant {
  readonly workspace: string;
  readonly clientKey: string;
  readonly secret: string;
}

export const acme: Tenant = {
  workspace: aWorkspaceUuid,
  clientKey: 'connection:1000001',
  secret: 'the secret of acme, long enough',
};

/** The real doors and web room over a real database; the rooms behind them are stand-ins. */
export interface TestWeb {
  readonly app: WebApp;
  readonly stores: Stores;
  readonly clock: FixedClock;
  readonly door: ConnectDoor;
  readonly sessions: Sessions;
  readonly needs: WebDependencies;
  readonly kept: Parameters<Inbox['keep']>[0][];
  /** What the door said of connections: `connected {…}`, `disconnected {…}`, `prove-install id`. */
  readonly said: string[];
  addTenant(tenant: Tenant): Promise<void>;
  /** A token as Bitbucket would sign it for this tenant and request. */
  sign(tenant: Tenant, request: Pick<TokenToSign, 'method' | 'url' | 'claims'>): string;
  close(): Promise<void>;
}

export interface TestWebOptions {
  readonly baseUrl?: string;
  readonly bitbucketUrl?: string;
  readonly metricsToken?: string;
  readonly isProduction?: boolean;
  readonly trustProxy?: number;
  readonly log?: Log;
  readonly health?: WebDependencies['health'];
  readonly keep?: Inbox['keep'];
  /** Ways into our own window. Default: links alone. */
  readonly window?: Partial<WindowNeeds>;
}

const usualOptions = {
  baseUrl: 'http://localhost:3000',
  // The port of `discard`: nobody answers there.
  bitbucketUrl: 'http://127.0.0.1:9',
  log: createSilentLog(),
  isProduction: false,
  metricsToken: null,
};

export async function createTestWeb(options: TestWebOptions = {}): Promise<TestWeb> {
  const { baseUrl, bitbucketUrl, log, isProduction, metricsToken } = { ...usualOptions, ...options };
  const stores = await openTestStores('sqlite');
  const { database } = stores;
  const clock = createFixedClock();
  const said: string[] = [];
  const kept: TestWeb['kept'] = [];
  const say = (text: string) => async (about: string) => void said.push(`${text} ${about}`);
  const door = createConnectDoor({
    ...{ baseUrl, bitbucketUrl, bitbucketApiUrl: bitbucketUrl, appKey: null, clock, log },
    ...{ connections: stores.connections, reinstalls: stores.reinstalls, workspaces: stores.workspaces },
    events: {
      step: (_workspace, work) => database.transaction(work),
      onStillConnected: say('still connected'),
      ...{ onConnected: say('connected'), onDisconnected: say('disconnected') },
      ...{ onMoved: say('moved'), onHearingChanged: say('hearing'), onAccessRestored: say('restored') },
      onWork: async ({ kind, key }) => say(kind)(key),
    },
  });
  const sessions = createSessions({ ...stores, encryptionKey: testEncryptionKey, clock });
  const needs: WebDependencies = {
    settings: { baseUrl, bitbucketUrl, isProduction, metricsToken, trustProxy: options.trustProxy ?? null },
    ...{ log, clock, doors: [door], sessions },
    givenUpWork: { list: async () => ({ jobs: [], total: 0 }), tryAgain: async () => 0 },
    ...createWindowRooms({ baseUrl, bitbucketUrl, log, clock, stores, ...options.window }),
    apiTokens: createApiTokens(stores),
    inbox: { keep: options.keep ?? (async (notice) => void kept.push(notice)) },
    ...createEmptyRooms(),
    health: options.health ?? (async () => ({ ok: true, problems: [] })),
  };
  return {
    ...{ app: createWebApp(needs), stores, clock, door, sessions, needs, kept, said },
    addTenant: ({ workspace, clientKey, secret }) => addTenant(stores, { workspace, clientKey, secret }, clock.now()),
    sign: (tenant, request) =>
      signLikeBitbucket({
        ...tenant,
        ...request,
        now: clock.now(),
        basePath: new URL(baseUrl).pathname.replace(/\/$/u, ''),
      }),
    close: () => stores.close(),
  };
}

async function addTenant(stores: Stores, tenant: Tenant, now: number): Promise<void> {
  const { workspace } = tenant;
  await stores.workspaces.save({ uuid: workspace, slug: 'acme', name: 'Acme', connectedAt: now });
  await stores.connections.saveNew({ ...toStored(tenant), installedAt: now });
}

/** Our own window as it is, with the ways in that a test configures. */
function createWindowRooms({
  stores,
  ...given
}: Pick<WindowNeeds, 'baseUrl' | 'bitbucketUrl' | 'log' | 'clock'> & Partial<WindowNeeds> & { stores: Stores }) {
  const closed = { oauthKey: null, oauthSecret: null, trustedUserHeader: null, trustedProxies: null };
  const terms = { signInHours: 8, viewerRightsMinutes: 60, askMember: async () => null };
  const { viewers, connections, workspaces, connectionChecks } = stores;
  const needs = {
    bitbucketApiUrl: given.bitbucketUrl,
    encryptionKey: testEncryptionKey,
    ...closed,
    ...terms,
    viewers,
    connections,
    workspaces,
  };
  return {
    ownWindow: createOwnWindow({ ...needs, ...given }),
    signIns: viewers,
    installation: {
      isConnected: () => isAnyConnected(stores),
      listLastCheck: () => connectionChecks.listLast(),
    },
    connections: { describe: async () => null },
  };
}

/** As its connection is stored. */
export function toStored({ workspace, clientKey, secret }: Tenant) {
  return { workspace, kind: 'connect', reference: clientKey, credentials: secret } as const;
}

type EmptyRooms = Pick<
  WebDependencies,
  'importStatus' | 'imports' | 'administrators' | 'viewers' | 'administration' | 'reporting'
>;

/** Rooms that nobody enters in these tests: whoever gets past the doors meets an error, never data. Everybody sees and administers all. */
function createEmptyRooms(): EmptyRooms {
  const empty = new Proxy({}, { get: () => () => Promise.reject(new Error('this room is empty')) });
  return {
    importStatus: empty as WebDependencies['importStatus'],
    imports: empty as WebDependencies['imports'],
    administrators: { isAdministrator: async () => true, confirm: async () => 'yes' },
    viewers: { see: async () => seesAll },
    administration: empty as WebDependencies['administration'],
    reporting: empty as WebDependencies['reporting'],
  };
}
