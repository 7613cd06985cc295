import { createOwnWindow } from '../../src/doors/own-window/own-window';
import type { WindowNeeds } from '../../src/doors/own-window/window-needs';
import type { OwnWindow, WindowRequest } from '../../src/doors/own-window';
import { anInstant } from './builders';
import { createFixedClock, type FixedClock } from './fixed-clock';
import { createRememberingLog, type RememberingLog } from './remembering-log';
import { openTestStores, testEncryptionKey, type DatabaseKind, type TestStores } from './test-database';

export const acme = '{11111111-aaaa-4aaa-8aaa-111111111111}';
export const beta = '{22222222-bbbb-4bbb-8bbb-222222222222}';

export interface TestWindow {
  readonly window: OwnWindow;
  readonly stores: TestStores;
  readonly clock: FixedClock;
  readonly logged: RememberingLog['lines'];
  /** Another one over the same stores, with other settings. */
  open(changes: Partial<WindowNeeds>): OwnWindow;
}

/** Our own window over a fresh database in which Acme and Beta are connected by access tokens; the caller closes it. */
export async function openTestWindow(kind: DatabaseKind, changes: Partial<WindowNeeds> = {}): Promise<TestWindow> {
  const stores = await openTestStores(kind);
  for (const [uuid, slug, name] of [
    [acme, 'acme', 'Acme'],
    [beta, 'beta', 'Beta'],
  ] as const) {
    await connectWorkspace(stores, { uuid, slug, name });
  }
  const clock = createFixedClock();
  const { log, lines } = createRememberingLog();
  const usual: WindowNeeds = {
    ...{
      baseUrl: 'https://drumbeat.example',
      bitbucketUrl: 'http://127.0.0.1:9',
      bitbucketApiUrl: 'http://127.0.0.1:9',
    },
    ...{ encryptionKey: testEncryptionKey, oauthKey: null, oauthSecret: null, signInHours: 8, viewerRightsMinutes: 60 },
    ...{ trustedUserHeader: null, trustedProxies: null, askMember: async () => null },
    ...{ clock, log, viewers: stores.viewers, connections: stores.connections, workspaces: stores.workspaces },
  };
  const open = (more: Partial<WindowNeeds>): OwnWindow => createOwnWindow({ ...usual, ...changes, ...more });
  return { window: open({}), stores, clock, logged: lines, open };
}

/** Connects another one by an access token. */
export async function connectWorkspace(
  stores: TestStores,
  workspace: { readonly uuid: string; readonly slug: string; readonly name: string },
): Promise<void> {
  await stores.workspaces.save({ ...workspace, connectedAt: anInstant });
  const reference = `key of ${workspace.uuid}`;
  const connection = { kind: 'access_token', reference, credentials: '{}', installedAt: anInstant } as const;
  await stores.connections.saveNew({ workspace: workspace.uuid, ...connection });
}

/** As an uninstall leaves it. */
export async function disconnect(stores: TestStores, workspace: string): Promise<void> {
  const name = { kind: 'access_token', reference: `key of ${workspace}` } as const;
  await stores.connections.setStatus(name, 'uninstalled', { now: anInstant });
}

/** A request for a page with these headers. */
export function aWindowRequest(headers: Readonly<Record<string, string>> = {}, more: Partial<WindowRequest> = {}) {
  const rawHeaders = Object.entries(headers).flat();
  return { method: 'GET', originalUrl: '/', remoteAddress: '203.0.113.9', rawHeaders, ...more };
}

/** What a browser sends back of a `Set-Cookie`. */
export function toCookieHeader(setCookie: string | undefined): string {
  return setCookie?.split(';')[0] ?? '';
}
