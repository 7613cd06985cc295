import request from 'supertest';
import { startFakeBitbucket, type FakeBitbucket } from '../../../test/support/fakes/fake-bitbucket';
import { createTestWeb, toStored, type Tenant, type TestWeb } from '../../../test/support/web/test-web';
import { nobodyNamed } from '../../../test/support/web/nobody-named';

/** A workspace that came in through Connect and has moved to another door: what Bitbucket still sends is served. */

const acme: Tenant = {
  workspace: '{11111111-1111-4111-8111-111111111111}',
  clientKey: 'connection:1000001',
  secret: 'the first secret of acme',
};
const token = { kind: 'access_token', reference: 'a hook' } as const;
const grant = { ...acme, repositoryUuid: null, role: 'read', page: 'workspace', ...nobodyNamed } as const;

let bitbucket: FakeBitbucket;
let web: TestWeb;
let session: string;
beforeEach(async () => {
  bitbucket = await startFakeBitbucket('drumbeat');
  web = await createTestWeb({ bitbucketUrl: bitbucket.url });
  await web.addTenant(acme);
  session = (await web.sessions.issue(grant))?.session ?? '';
  const { workspace } = acme;
  await web.stores.connections.saveNew({ ...token, workspace, credentials: '{}', installedAt: web.clock.now() });
});
afterEach(async () => {
  await web.close();
  await bitbucket.close();
});

/** Bitbucket honours this secret, and says so. */
async function prove(secret: string): Promise<void> {
  bitbucket.installs.set(acme.clientKey, { ...acme, secret, slug: 'acme' });
  const reinstalls = await web.stores.reinstalls.list({ workspace: acme.workspace });
  for (const reinstall of reinstalls) await web.door.proveReinstall(reinstall);
}

function call(event: string, body: object, secret = acme.secret): request.Test {
  const url = `/connect/${event}`;
  const jwt = web.sign({ ...acme, secret }, { method: 'POST', url });
  return request(web.app).post(url).set('Authorization', `JWT ${jwt}`).send(body);
}

const identify = (secret = acme.secret) => {
  const url = '/pages/workspace';
  const jwt = web.sign({ ...acme, secret }, { method: 'GET', url });
  return web.door.identifyCaller({ method: 'GET', originalUrl: `${url}?jwt=${jwt}`, rawHeaders: [] });
};
const statusOf = async () => (await web.stores.connections.getByReference('connect', acme.clientKey))?.status ?? null;
const leave = () => web.stores.connections.setStatus(token, 'uninstalled', { now: web.clock.now() });

test('a superseded connection is served pages and notices, and its sessions go on', async () => {
  expect(await statusOf()).toBe('superseded');
  expect(await identify()).toMatchObject({ isTrusted: true, caller: { workspace: acme.workspace } });
  await call('notices', {}).expect(204);
  expect(web.kept).toHaveLength(1);
  expect(await web.sessions.verify(session)).not.toBeNull();
});

test('a superseded connection is served nothing any more once the other one ends', async () => {
  await leave();
  expect(await identify()).toMatchObject({ isTrusted: false });
  await call('notices', {}).expect(401);
  expect(await web.sessions.verify(session)).toBeNull();
});

test('a new secret for a superseded connection is taken, and changes nothing else', async () => {
  const body = { key: 'drumbeat', eventType: 'installed', productType: 'bitbucket', clientKey: acme.clientKey };
  const install = (sharedSecret: string) => ({ ...body, sharedSecret, principal: { uuid: acme.workspace } });
  await call('installed', install(acme.secret)).expect(204);
  await call('installed', install('the second secret of acme')).expect(204);
  await prove('the second secret of acme');
  expect(await statusOf()).toBe('superseded');
  expect(await identify('the second secret of acme')).toMatchObject({ isTrusted: true });
  const still = `still connected ${acme.workspace}`;
  expect(web.said.filter((text) => !text.startsWith('prove-reinstall'))).toEqual([still, still]);
  expect(await web.stores.connections.getLive(acme.workspace)).toMatchObject(token);
});

test('disabling closes a superseded connection, and enabling takes nothing from the other one', async () => {
  const { clientKey } = acme;
  await call('disabled', { clientKey }).expect(204);
  await call('notices', {}).expect(401);
  await call('enabled', { clientKey }).expect(204);
  await call('notices', {}).expect(204);
  expect(await statusOf()).toBe('superseded');
  expect(web.said).toEqual([]);
});

test('the uninstall of a superseded connection leaves the workspace connected', async () => {
  await call('uninstalled', { clientKey: acme.clientKey }).expect(204);
  expect(web.said).toEqual([]);
  expect(await web.sessions.verify(session)).not.toBeNull();
});

test('installed again after an uninstall the workspace moves back: nothing of it is read twice', async () => {
  await call('uninstalled', { clientKey: acme.clientKey }).expect(204);
  const body = { key: 'drumbeat', eventType: 'installed', productType: 'bitbucket', clientKey: acme.clientKey };
  const principal = { uuid: acme.workspace };
  await call('installed', { ...body, sharedSecret: 'the second secret of acme', principal }).expect(204);
  await prove('the second secret of acme');
  expect(await web.stores.connections.getLive(acme.workspace)).toMatchObject({ kind: 'connect' });
  expect(web.said.at(-1)).toBe(`moved ${acme.workspace}`);
});

test('a new connection of Connect takes the place of both', async () => {
  await web.stores.connections.saveNew({
    ...toStored({ ...acme, clientKey: 'connection:2' }),
    installedAt: web.clock.now(),
  });
  expect(await statusOf()).toBe('uninstalled');
  expect(await web.stores.connections.getByReference(token.kind, token.reference)).toMatchObject({
    status: 'superseded',
  });
});
