import request from 'supertest';
import { minute } from '../../../test/support/builders';
import { startFakeBitbucket, type FakeBitbucket } from '../../../test/support/fakes/fake-bitbucket';
import { acme, createTestWeb, type TestWeb } from '../../../test/support/web/test-web';
import { settleHeldNotices } from '../../ingestion/notices/held-notices';

/** Bitbucket gives an app that is known another secret: between its answer and its proof both are in use. */

const renewed = { ...acme, secret: 'the second secret of acme' };
const third = { ...acme, secret: 'the third secret of acme' };
const page = '/pages/workspace';

let bitbucket: FakeBitbucket;
let web: TestWeb;
beforeEach(async () => {
  bitbucket = await startFakeBitbucket('drumbeat');
  web = await createTestWeb({
    bitbucketUrl: bitbucket.url,
    keep: async (notice) => web.stores.notices.keepAll([{ ...notice, bodyHash: 'h' }]),
  });
  await web.addTenant(acme);
});
afterEach(async () => {
  await web.close();
  await bitbucket.close();
});

function call(event: string, body: object, signer = acme): request.Test {
  const url = `/connect/${event}`;
  const jwt = web.sign(signer, { method: 'POST', url });
  return request(web.app).post(url).set('Authorization', `JWT ${jwt}`).send(body);
}

const honour = (install: typeof acme) => bitbucket.installs.set(acme.clientKey, { ...install, slug: 'acme' });
const change = (event: string, signer: typeof acme) => call(event, { clientKey: acme.clientKey }, signer);
/** As a direct call of the door: no proof follows the answer, but by the job. */
async function bring({ secret: sharedSecret }: typeof acme, signer = acme): Promise<number> {
  const url = '/connect/installed';
  const rawHeaders = ['Authorization', `JWT ${web.sign(signer, { method: 'POST', url })}`];
  const envelope = { key: 'drumbeat', eventType: 'installed', productType: 'bitbucket', clientKey: acme.clientKey };
  const body = { ...envelope, sharedSecret, principal: { uuid: acme.workspace } };
  const asked = { event: 'installed', request: { method: 'POST', originalUrl: url, rawHeaders }, body } as const;
  return (await web.door.receiveLifecycle(asked)).status;
}
const listWaiting = () => web.stores.reinstalls.list({ workspace: acme.workspace });
async function prove(): Promise<string[]> {
  return Promise.all((await listWaiting()).map((reinstall) => web.door.proveReinstall(reinstall)));
}
async function stored() {
  const connection = await web.stores.connections.getByReference('connect', acme.clientKey);
  return [connection?.credentials, connection?.status];
}
const open = async (signer: typeof acme) => {
  const jwt = web.sign(signer, { method: 'GET', url: page });
  const shown = { method: 'GET', originalUrl: `${page}?jwt=${jwt}`, rawHeaders: [] };
  return (await web.door.identifyCaller(shown))?.isTrusted;
};
async function listStates(): Promise<string[]> {
  await settleHeldNotices(web.stores, acme.workspace);
  const rows = await web.stores.database.read<{ id: string; state: string }>(
    'SELECT delivery_id AS id, state FROM notices ORDER BY delivery_id',
    [],
  );
  return rows.map(({ id, state }) => `${id} ${state}`);
}
const notify = (id: string, signer: typeof acme) => call('notices', {}, signer).set('X-Request-UUID', id);

test('an unproven secret opens nothing, ends nothing and takes nothing from the one that is known', async () => {
  honour(acme);
  expect(await bring(renewed)).toBe(204);
  await notify('1-old', acme).expect(204);
  await notify('2-new', renewed).expect(204);
  expect(await prove()).toEqual(['again']);
  expect([await open(renewed), await open(acme)]).toEqual([false, true]);
  await change('uninstalled', renewed).expect(503);
  expect(await listStates()).toEqual(['1-old waiting', '2-new held']);
  web.clock.advance(15 * minute);
  expect(await prove()).toEqual(['refused']);
  expect(await stored()).toEqual([acme.secret, 'live']);
  await notify('3-new', renewed).expect(401);
  expect(await listStates()).toEqual(['1-old waiting']);
});

test('a proven one takes over what was signed with it meanwhile, and what is on its way with the old one', async () => {
  expect(await bring(renewed)).toBe(204);
  await notify('1-new', renewed).expect(204);
  honour(renewed);
  expect(await prove()).toEqual(['proven']);
  expect(await listStates()).toEqual(['1-new waiting']);
  await notify('2-old', acme).expect(204);
  await notify('3-new', renewed).expect(204);
  expect(await open(acme)).toBe(false);
  web.clock.advance(60 * minute);
  await notify('4-old', acme).expect(401);
  expect(await listStates()).toEqual(['1-new waiting', '2-old waiting', '3-new waiting']);
});

test('a page or a change that is signed with it has it proved then and there', async () => {
  expect(await bring(renewed)).toBe(204);
  honour(renewed);
  expect(await open(renewed)).toBe(true);
  expect(await bring(third, renewed)).toBe(204);
  honour(third);
  await change('uninstalled', third).expect(204);
  expect(await stored()).toEqual([third.secret, 'uninstalled']);
});

test('that Bitbucket cannot be asked is no refusal: it is asked for a day', async () => {
  expect(await bring(renewed)).toBe(204);
  for (const passed of [0, 15 * minute, 23 * 60 * minute]) {
    web.clock.advance(passed);
    bitbucket.failures.push(503);
    expect(await prove()).toEqual(['again']);
  }
  await notify('1-new', renewed).expect(204);
  web.clock.advance(60 * minute);
  bitbucket.failures.push(503);
  expect(await prove()).toEqual(['refused']);
  expect(await stored()).toEqual([acme.secret, 'live']);
});

test('of several the one in force wins, whichever is asked about first, and signs the next', async () => {
  expect(await bring(renewed)).toBe(204);
  web.clock.advance(1);
  expect(await bring(third, renewed)).toBe(204);
  honour(third);
  expect(await prove()).toEqual(['again', 'proven']);
  expect([await stored(), await listWaiting()]).toEqual([[third.secret, 'live'], []]);
  expect(await bring(renewed, third)).toBe(204);
  web.clock.advance(1);
  expect(await bring(acme, third)).toBe(204);
  honour(renewed);
  expect(await prove()).toEqual(['proven', 'again']);
  honour(acme);
  expect(await prove()).toEqual(['proven']);
  expect(await stored()).toEqual([acme.secret, 'live']);
});

test('after an uninstall it serves nothing until it is proved, and everything from then on', async () => {
  await change('uninstalled', acme).expect(204);
  expect(await bring(renewed)).toBe(204);
  await notify('1-new', renewed).expect(204);
  expect([await stored(), await open(acme)]).toEqual([[acme.secret, 'uninstalled'], false]);
  honour(renewed);
  expect(await prove()).toEqual(['proven']);
  expect(await listStates()).toEqual(['1-new waiting']);
  expect(await stored()).toEqual([renewed.secret, 'live']);
  expect(web.said.at(-1)).toBe(`connected ${acme.workspace}`);
});

test('a first install that is followed by another before it is proved does not shut that one out', async () => {
  const other = { ...acme, clientKey: 'connection:7', workspace: '{77777777-7777-4777-8777-777777777777}' };
  const ids: string[] = [];
  for (const secret of ['the first one', 'the second one']) {
    const install = { clientKey: other.clientKey, workspace: other.workspace, secret, receivedAt: web.clock.now() };
    ids.push(await web.stores.connections.addPending(install));
    web.clock.advance(1);
  }
  const results: string[] = [];
  for (const [index, secret] of ['the first one', 'the second one'].entries()) {
    bitbucket.installs.set(other.clientKey, { ...other, secret, slug: 'other' });
    results.push(await web.door.proveInstall(ids[index] ?? ''));
  }
  expect(results).toEqual(['proven', 'proven']);
  const live = await web.stores.connections.getLive(other.workspace);
  expect(live).toMatchObject({ credentials: 'the second one' });
});
