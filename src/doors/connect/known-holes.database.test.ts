import fc from 'fast-check';
import request from 'supertest';
import { signLikeBitbucket } from '../../../test/support/signed-requests';
import { acme, createTestWeb, toStored, type Tenant, type TestWeb } from '../../../test/support/web/test-web';

/**
 * The faults found in atlassian-connect-express 11.5.3, by the numbers of the decision record, each tried on us.
 * Those of tokens and installs in general are in verify-token.test.ts and lifecycle.database.test.ts.
 */

const evil: Tenant = {
  workspace: '{66666666-6666-4666-8666-666666666666}',
  clientKey: '!evil',
  secret: 'the secret of an evil one, long enough',
};

let web: TestWeb;

beforeEach(async () => {
  web = await createTestWeb({ isProduction: true, baseUrl: 'https://drumbeat.example.com' });
  await web.addTenant(acme);
});

afterEach(() => web.close());

function installBody(overrides: Record<string, unknown>): Record<string, unknown> {
  const { clientKey, workspace, secret } = acme;
  const envelope = { key: 'drumbeat', eventType: 'installed', productType: 'bitbucket', clientKey };
  return { ...envelope, sharedSecret: secret, principal: { uuid: workspace }, ...overrides };
}

async function expectAcmeUntouched(): Promise<void> {
  expect(await web.stores.connections.getByReference('connect', acme.clientKey)).toMatchObject({
    ...toStored(acme),
    status: 'live',
  });
}

test('hole 1: an install that nobody has proved opens no page', async () => {
  await request(web.app)
    .post('/connect/installed')
    .send(installBody({ clientKey: evil.clientKey, sharedSecret: evil.secret }))
    .expect(204);
  const url = '/pages/workspace';
  const jwt = web.sign(evil, { method: 'GET', url });
  await request(web.app).get(`${url}?jwt=${jwt}`).expect(401);
  expect(await web.stores.connections.getByReference('connect', evil.clientKey)).toBeNull();
});

test("hole 2: a list of clientKeys does not read another's rows, even of one who is installed", async () => {
  await web.addTenant(evil);
  const url = '/pages/workspace';
  for (const both of [
    [evil.clientKey, acme.clientKey],
    [[evil.clientKey], acme.clientKey],
    { $or: [acme.clientKey] },
  ]) {
    const jwt = web.sign(evil, { method: 'GET', url, claims: { iss: both, aud: both } });
    await request(web.app).get(`${url}?jwt=${jwt}`).expect(401);
    const half = web.sign(evil, { method: 'GET', url, claims: { aud: both } });
    await request(web.app).get(`${url}?jwt=${half}`).expect(401);
  }
});

test('holes 4 and 5: every refused request is answered, with a body or without', async () => {
  await request(web.app).post('/connect/installed').expect(400);
  await request(web.app).post('/connect/installed').type('text').send('x').expect(400);
  await request(web.app).get('/pages/workspace?jwt=x').expect(401);
  await request(web.app).post('/pages/workspace?jwt=x').expect(401);
  await request(web.app).post('/connect/notices').expect(401);
});

test('hole 6: a production without a list of hosts takes installs, and calls none of their addresses', async () => {
  const addresses = { baseUrl: 'http://user:pw@169.254.169.254', baseApiUrl: { href: 'ftp://x' }, publicKey: 1 };
  const body = installBody({ clientKey: 'connection:2', ...addresses });
  await request(web.app).post('/connect/installed').send(body).expect(204);
});

test('hole 7: two events at one address keep their own names', async () => {
  for (const event of ['repo:push', 'pullrequest:created']) {
    const url = '/connect/notices';
    const jwt = web.sign(acme, { method: 'POST', url });
    await request(web.app).post(url).set('Authorization', `JWT ${jwt}`).send({ event, data: {} }).expect(204);
  }
  expect(web.kept.map(({ eventKey }) => eventKey)).toEqual(['repo:push', 'pullrequest:created']);
});

test('hole 12: a malformed token on an install is 401, never 500', async () => {
  for (const token of ['x', 'a.b', 'a.b.c', 'eyJhbGciOiJIUzI1NiJ9.e30.x', '..', ' ', 'null.null.null']) {
    const asked = request(web.app).post('/connect/installed').set('Authorization', `JWT ${token}`);
    await asked.send(installBody({})).expect(401);
  }
  await expectAcmeUntouched();
});

test('what an unknown and a known clientKey are told does not differ', async () => {
  const url = '/connect/uninstalled';
  const ask = async (clientKey: string) => {
    const token = signLikeBitbucket({ ...evil, clientKey, method: 'POST', url, now: web.clock.now() });
    const answer = await request(web.app).post(url).set('Authorization', `JWT ${token}`).send({ clientKey });
    return { status: answer.status, text: answer.text.replace(/"request_id":"[^"]*"/u, '') };
  };
  expect(await ask(acme.clientKey)).toEqual(await ask('connection:9'));
});

const hostileText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(acme.clientKey, acme.workspace, acme.secret),
);
const hostile = fc.oneof(fc.jsonValue({ maxDepth: 2 }), hostileText);
const overrides = fc.record(
  {
    key: hostile,
    eventType: hostile,
    productType: hostile,
    sharedSecret: hostile,
    principal: hostile,
    baseUrl: hostile,
  },
  { requiredKeys: [] },
);
const hostileToken = fc.record(
  {
    secret: fc.constantFrom(evil.secret, '', acme.clientKey, acme.workspace),
    claims: fc.dictionary(fc.constantFrom('iss', 'aud', 'exp', 'iat', 'qsh', 'sub', 'nbf'), hostile),
    header: fc.dictionary(fc.constantFrom('alg', 'typ', 'kid', 'crit', 'b64'), hostile),
  },
  { requiredKeys: [] },
);

test('1,000 hostile installs and changes of a known clientKey change nothing', async () => {
  const event = fc.constantFrom('installed', 'uninstalled', 'enabled', 'disabled');
  await fc.assert(
    fc.asyncProperty(event, overrides, hostileToken, async (kind, changed, token) => {
      const url = `/connect/${kind}`;
      const forged = { ...acme, secret: evil.secret, ...token, method: 'POST', url, now: web.clock.now() };
      const authorization = ['Authorization', `JWT ${signLikeBitbucket(forged)}`];
      const signed = { method: 'POST', originalUrl: url, rawHeaders: authorization };
      const body = installBody({ sharedSecret: 'the secret of somebody else', ...changed });
      const { status } = await web.door.receiveLifecycle({ event: kind, request: signed, body });
      expect([400, 401]).toContain(status);
    }),
    { numRuns: 1_000, seed: 20261122 },
  );
  await expectAcmeUntouched();
  expect(await web.stores.connections.listPending()).toHaveLength(0);
});
