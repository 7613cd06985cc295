import { testEncryptionKey } from '../../test/support/test-database';
import { acme, createTestWeb, type TestWeb } from '../../test/support/web/test-web';
import { createSessions, longestSessionMs, sessionLifetimeMs, type IssuedSession, type SessionGrant } from './sessions';
import { nobodyNamed } from '../../test/support/web/nobody-named';

const grant: SessionGrant = {
  workspace: acme.workspace,
  repositoryUuid: '{22222222-2222-4222-8222-222222222222}',
  role: 'read',
  page: 'repository',
  ...nobodyNamed,
};

const connection = { kind: 'connect', reference: acme.clientKey } as const;
const rotation = { ...connection, expectedCredentials: acme.secret, newCredentials: 'x'.repeat(20) };
let web: TestWeb;
let issued: IssuedSession;

beforeEach(async () => {
  web = await createTestWeb();
  await web.addTenant(acme);
  issued = await issue();
});

afterEach(() => web.close());

async function issue(): Promise<IssuedSession> {
  const session = await web.sessions.issue(grant);
  if (session === null) throw new Error('the workspace is not connected');
  return session;
}

test('a session opens what it was issued for, for fifteen minutes', async () => {
  expect(await web.sessions.verify(issued.session)).toMatchObject({ ...grant, loadedAt: web.clock.now() });
  expect(issued.expiresAt).toBe(web.clock.now() + sessionLifetimeMs);
  web.clock.advance(sessionLifetimeMs - 1);
  expect(await web.sessions.verify(issued.session)).not.toBeNull();
  web.clock.advance(1);
  expect(await web.sessions.verify(issued.session)).toBeNull();
});

test('a session is renewed with the same reach until twelve hours after the page was loaded', async () => {
  let { session, expiresAt } = issued;
  const end = web.clock.now() + longestSessionMs;
  for (let minutes = 14; minutes < 12 * 60; minutes += 14) {
    web.clock.advance(14 * 60_000);
    const renewed = await web.sessions.renew(session);
    expect(renewed).not.toBeNull();
    ({ session, expiresAt } = renewed ?? issued);
  }
  expect(expiresAt).toBe(end);
  expect(await web.sessions.verify(session)).toMatchObject(grant);
  web.clock.setTo(end);
  expect(await web.sessions.renew(session)).toBeNull();
  expect(await web.sessions.verify(session)).toBeNull();
});

test('a session renewed within the second of its issue is a new one all the same', async () => {
  const renewed = await web.sessions.renew(issued.session);
  expect(renewed).not.toBeNull();
  expect(renewed?.session).not.toBe(issued.session);
});

test('an expired session is not renewed', async () => {
  web.clock.advance(sessionLifetimeMs);
  expect(await web.sessions.renew(issued.session)).toBeNull();
});

test('an uninstall ends every session, and a reinstall brings none back', async () => {
  const { connections } = web.stores;
  const now = web.clock.now();
  await connections.setStatus(connection, 'uninstalled', { now });
  expect(await web.sessions.verify(issued.session)).toBeNull();
  expect(await web.sessions.issue(grant)).toBeNull();
  await connections.rotate({ ...rotation, now });
  expect(await web.sessions.verify(issued.session)).toBeNull();
  expect(await web.sessions.verify((await issue()).session)).not.toBeNull();
});

test('a rotated secret leaves sessions alone', async () => {
  await web.stores.connections.rotate({ ...rotation, now: web.clock.now() });
  expect(await web.sessions.verify(issued.session)).not.toBeNull();
});

test('a disabled workspace is not served; a revoked one is, to be told to connect again', async () => {
  const now = web.clock.now();
  await web.stores.connections.setStatus(connection, 'disabled', { now });
  expect(await web.sessions.verify(issued.session)).toBeNull();
  await web.stores.connections.setStatus(connection, 'revoked', { now });
  expect(await web.sessions.verify(issued.session)).not.toBeNull();
});

test('a session of our own window ends with the sign-in', async () => {
  const { viewers } = web.stores;
  const signIn = { id: 'hash', way: 'link', viewer: 'link:1', userUuid: null, name: null } as const;
  const begin = () => viewers.saveSignIn({ ...signIn, startedAt: web.clock.now(), endsAt: web.clock.now() + 60_000 });
  await begin();
  const own = { ...grant, viewer: 'link:1', signIn: 'hash' };
  const { session } = (await web.sessions.issue(own)) ?? issued;
  expect(await web.sessions.verify(session)).toMatchObject(own);
  await viewers.deleteSignIn('hash');
  expect(await web.sessions.verify(session)).toBeNull();
  await begin();
  web.clock.advance(60_000);
  expect(await web.sessions.verify(session)).toBeNull();
  expect(await web.sessions.renew(session)).toBeNull();
});

test('a session of another encryption key is none of ours', async () => {
  const needs = { ...web.stores, clock: web.clock };
  const others = createSessions({ ...needs, encryptionKey: Buffer.alloc(32, 8) });
  expect(await others.verify(issued.session)).toBeNull();
  expect(await createSessions({ ...needs, encryptionKey: testEncryptionKey }).verify(issued.session)).not.toBeNull();
});

test('an API token opens its workspace until it is revoked or the app uninstalled', async () => {
  const { apiTokens, connections } = web.stores;
  const now = web.clock.now();
  const made = await apiTokens.create({ workspace: acme.workspace, name: 'ci', scope: 'read', now });
  const { apiTokens: door } = web.needs;
  expect(await door.find(made.token)).toMatchObject({ workspace: acme.workspace, id: made.id, canWrite: false });
  expect(await door.find(`${made.token}x`)).toBeNull();
  expect(await door.find('')).toBeNull();
  await connections.setStatus(connection, 'uninstalled', { now });
  expect(await door.find(made.token)).toBeNull();
  await connections.enable(connection, { now });
  await apiTokens.revoke(acme.workspace, made.id, now);
  expect(await door.find(made.token)).toBeNull();
});
