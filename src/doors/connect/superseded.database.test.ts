import request from 'supertest';
import { createWebHouse, toStored, type Tenant, type WebHouse } from '../../../test/support/web-house';

/** A workspace that came in through Connect and has moved to another door: what Bitbucket still sends is served. */

const acme: Tenant = {
  workspace: '{11111111-1111-4111-8111-111111111111}',
  clientKey: 'connection:1000001',
  secret: 'the first secret of acme',
};
const token = { kind: 'access_token', reference: 'a hook' } as const;
const grant = { ...acme, repositoryUuid: null, role: 'read', page: 'workspace', userUuid: null } as const;

let house: WebHouse;
let session: string;
beforeEach(async () => {
  house = await createWebHouse();
  await house.addTenant(acme);
  session = (await house.sessions.issue(grant))?.session ?? '';
  const { workspace } = acme;
  await house.stores.connections.saveNew({ ...token, workspace, credentials: '{}', installedAt: house.clock.now() });
});
afterEach(() => house.close());

function call(event: string, body: object, secret = acme.secret): request.Test {
  const url = `/connect/${event}`;
  const jwt = house.sign({ ...acme, secret }, { method: 'POST', url });
  return request(house.app).post(url).set('Authorization', `JWT ${jwt}`).send(body);
}

const identify = (secret = acme.secret) => {
  const url = '/pages/workspace';
  const jwt = house.sign({ ...acme, secret }, { method: 'GET', url });
  return house.door.identifyCaller({ method: 'GET', originalUrl: `${url}?jwt=${jwt}`, rawHeaders: [] });
};
const statusOf = async () => (await house.stores.connections.getByReference('connect', acme.clientKey))?.status ?? null;
const leave = () => house.stores.connections.setStatus(token, 'uninstalled', { now: house.clock.now() });

test('a superseded connection is served pages and notices, and its sessions go on', async () => {
  expect(await statusOf()).toBe('superseded');
  expect(await identify()).toMatchObject({ isTrusted: true, caller: { workspace: acme.workspace } });
  await call('notices', {}).expect(204);
  expect(house.kept).toHaveLength(1);
  expect(await house.sessions.verify(session)).not.toBeNull();
});

test('a superseded connection is served nothing any more once the other one ends', async () => {
  await leave();
  expect(await identify()).toMatchObject({ isTrusted: false });
  await call('notices', {}).expect(401);
  expect(await house.sessions.verify(session)).toBeNull();
});

test('a new secret for a superseded connection is taken, and changes nothing else', async () => {
  const body = { key: 'drumbeat', eventType: 'installed', productType: 'bitbucket', clientKey: acme.clientKey };
  const install = (sharedSecret: string) => ({ ...body, sharedSecret, principal: { uuid: acme.workspace } });
  const said = [...house.said];
  await call('installed', install(acme.secret)).expect(204);
  await call('installed', install('the second secret of acme')).expect(204);
  expect(await statusOf()).toBe('superseded');
  expect(await identify('the second secret of acme')).toMatchObject({ isTrusted: true });
  expect(house.said).toEqual(said);
  expect(await house.stores.connections.getLive(acme.workspace)).toMatchObject(token);
});

test('disabling closes a superseded connection, and enabling takes nothing from the other one', async () => {
  const { clientKey } = acme;
  await call('disabled', { clientKey }).expect(204);
  await call('notices', {}).expect(401);
  await call('enabled', { clientKey }).expect(204);
  await call('notices', {}).expect(204);
  expect(await statusOf()).toBe('superseded');
  expect(house.said).toEqual([]);
});

test('the uninstall of a superseded connection leaves the workspace connected', async () => {
  await call('uninstalled', { clientKey: acme.clientKey }).expect(204);
  expect(house.said).toEqual([]);
  expect(await house.sessions.verify(session)).not.toBeNull();
});

test('a new connection of Connect takes the place of both', async () => {
  await house.stores.connections.saveNew({
    ...toStored({ ...acme, clientKey: 'connection:2' }),
    installedAt: house.clock.now(),
  });
  expect(await statusOf()).toBe('uninstalled');
  expect(await house.stores.connections.getByReference(token.kind, token.reference)).toMatchObject({
    status: 'superseded',
  });
});
