import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { startFakeBitbucket, type FakeBitbucket } from '../../../test/support/fakes/fake-bitbucket';
import { readPayload } from '../../../test/support/fakes/golden-payloads';
import { signLikeBitbucket, signRs256, type TokenToSign } from '../../../test/support/signed-requests';
import { createTestWeb, toStored, type Tenant, type TestWeb } from '../../../test/support/web/test-web';
import { nobodyNamed } from '../../../test/support/web/nobody-named';

const acme: Tenant = {
  workspace: '{11111111-1111-4111-8111-111111111111}',
  clientKey: 'connection:1000001',
  secret: 'the first secret of acme',
};
const rival: Tenant = {
  workspace: '{22222222-2222-4222-8222-222222222222}',
  clientKey: 'connection:1000002',
  secret: 'the first secret of rival',
};
const newSecret = 'the second secret of acme';

let bitbucket: FakeBitbucket;
let web: TestWeb;

beforeEach(async () => {
  bitbucket = await startFakeBitbucket('drumbeat');
  web = await createTestWeb({ bitbucketUrl: bitbucket.url });
});

afterEach(async () => {
  await web.close();
  await bitbucket.close();
});

function installBody(tenant: Tenant, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...(readPayload(path.join(__dirname, 'payloads/lifecycle'), 'installed') as object),
    ...{ clientKey: tenant.clientKey, sharedSecret: tenant.secret },
    ...{ baseUrl: 'http://169.254.169.254', baseApiUrl: 'http://169.254.169.254' },
    principal: { type: 'team', uuid: tenant.workspace, username: 'acme' },
    ...overrides,
  };
}

function sign(event: string, signer: Tenant, overrides: Partial<TokenToSign> = {}): string {
  const asked = { method: 'POST', url: `/connect/${event}`, now: web.clock.now() };
  return signLikeBitbucket({ ...asked, ...signer, ...overrides });
}

function call(event: string, body: object, token?: string): request.Test {
  const asked = request(web.app).post(`/connect/${event}`);
  return (token === undefined ? asked : asked.set('Authorization', `JWT ${token}`)).send(body);
}

function honour(tenant: Tenant): void {
  bitbucket.installs.set(tenant.clientKey, { ...tenant, slug: 'acme' });
}

/** The proof follows the answer by itself; asking for it again shares it. */
async function proveAll(): Promise<void> {
  const pending = await web.stores.connections.listPending();
  const reinstalls = await web.stores.reinstalls.list({ workspace: acme.workspace });
  await Promise.all([
    ...pending.map(({ id }) => web.door.proveInstall(id)),
    ...reinstalls.map((reinstall) => web.door.proveReinstall(reinstall)),
  ]);
}

/** Bitbucket has given the installed app another secret, which it honours from now on. */
async function reinstall(secret: string, signer: Tenant = acme): Promise<void> {
  honour({ ...acme, secret });
  await call('installed', installBody({ ...acme, secret }), sign('installed', signer)).expect(204);
}

async function install(tenant: Tenant): Promise<void> {
  honour(tenant);
  await call('installed', installBody(tenant)).expect(204);
  await proveAll();
}

async function storedSecret(): Promise<string | null> {
  return (await web.stores.connections.getByReference('connect', acme.clientKey))?.credentials ?? null;
}

describe('the first install', () => {
  test('goes live once its secret has proved to be that of the workspace', async () => {
    await install(acme);
    expect(await web.stores.connections.getLive(acme.workspace)).toMatchObject({
      ...toStored(acme),
      status: 'live',
    });
    expect(await web.stores.workspaces.get(acme.workspace)).toMatchObject({
      slug: 'acme',
      name: 'The acme workspace',
    });
    expect(web.said.at(-1)).toBe(`connected ${acme.workspace}`);
    expect(await web.stores.connections.listPending()).toHaveLength(0);
  });

  test('is answered before it is proved, and serves nothing until then', async () => {
    await call('installed', installBody(acme)).expect(204);
    await proveAll();
    const url = `/pages/workspace?workspace=${encodeURIComponent(acme.workspace)}`;
    await request(web.app)
      .get(`${url}&jwt=${web.sign(acme, { method: 'GET', url })}`)
      .expect(401);
    honour(acme);
    await proveAll();
    expect(await storedSecret()).toBe(acme.secret);
  });

  test('with a made-up secret never goes live and is forgotten after fifteen minutes', async () => {
    honour(acme);
    await call('installed', installBody({ ...acme, secret: 'a made-up secret' })).expect(204);
    await proveAll();
    expect(await web.stores.connections.listPending()).toHaveLength(1);
    web.clock.advance(15 * 60_000);
    await proveAll();
    expect(await web.stores.connections.listPending()).toHaveLength(0);
    expect(await web.stores.connections.getByReference('connect', acme.clientKey)).toBeNull();
  });

  test('cannot claim another workspace with a secret of its own', async () => {
    honour(rival);
    await call('installed', installBody({ ...rival, workspace: acme.workspace })).expect(204);
    await proveAll();
    expect(await web.stores.connections.listPending()).toHaveLength(0);
    expect(await web.stores.connections.getLive(acme.workspace)).toBeNull();
  });

  test('is proved by the only workspace of a token that names no workspace itself', async () => {
    bitbucket.says = 'only-workspace';
    await install(acme);
    expect(await storedSecret()).toBe(acme.secret);
  });

  test('is refused when the token lists other workspaces too', async () => {
    bitbucket.says = 'several-workspaces';
    await install(acme);
    expect(await storedSecret()).toBeNull();
  });

  test('is never proved by being able to read the workspace', async () => {
    bitbucket.says = 'nothing';
    await install(acme);
    expect(await storedSecret()).toBeNull();
    expect(bitbucket.asked.filter((asked) => asked.startsWith('GET /2.0/workspaces/'))).toEqual([]);
  });

  test('waits while Bitbucket cannot be asked', async () => {
    bitbucket.failures.push(503, 503);
    await install(acme);
    await proveAll();
    await proveAll();
    expect(await storedSecret()).toBe(acme.secret);
  });

  test('by a squatter does not stand in the way of the genuine one', async () => {
    await call('installed', installBody({ ...acme, secret: 'the secret of a squatter' })).expect(204);
    await install(acme);
    expect(await storedSecret()).toBe(acme.secret);
    expect(await web.stores.connections.listPending()).toHaveLength(0);
  });

  test('makes one connection when it comes twenty times at once', async () => {
    honour(acme);
    const bodies = Array.from({ length: 20 }, (_, index) =>
      installBody(index % 2 === 0 ? acme : { ...acme, secret: `the secret of squatter ${index.toString()}` }),
    );
    await Promise.all(bodies.map((body) => call('installed', body)));
    await proveAll();
    expect(await storedSecret()).toBe(acme.secret);
    expect(web.said.filter((said) => said.startsWith('connected'))).toEqual([`connected ${acme.workspace}`]);
  });

  test('may carry a token nobody can check: the secret still has to prove itself', async () => {
    honour(acme);
    await call('installed', installBody(acme), sign('installed', rival)).expect(204);
    await proveAll();
    expect(await storedSecret()).toBe(acme.secret);
  });

  test.each([
    ['another app', { key: 'other' }],
    ['another product', { productType: 'jira' }],
    ['another event', { eventType: 'uninstalled' }],
    ['no secret', { sharedSecret: undefined }],
    ['a secret of one character', { sharedSecret: 'x' }],
    ['an object for a secret', { sharedSecret: { length: 20 } }],
    ['a secret of 513 characters', { sharedSecret: 'x'.repeat(513) }],
    ['a clientKey of 20,000 characters', { clientKey: 'k'.repeat(20_000) }],
    ['a list for a clientKey', { clientKey: ['connection:1', 'connection:1000001'] }],
    ['an object for a clientKey', { clientKey: { $ne: null } }],
    ['a clientKey with a NUL', { clientKey: 'connection:1\0' }],
    ['no workspace', { principal: {} }],
    ['a workspace that is no UUID', { principal: { uuid: '{principal.uuid}' } }],
  ])('is malformed with %s', async (_, overrides) => {
    await call('installed', installBody(acme, overrides)).expect(400);
    expect(await web.stores.connections.listPending()).toHaveLength(0);
  });

  test('asks nobody but the configured address', async () => {
    await install(acme);
    expect(new Set(bitbucket.asked)).toEqual(
      new Set([
        'POST /site/oauth2/access_token',
        'GET /2.0/user',
        `GET /2.0/workspaces/${encodeURIComponent(acme.workspace)}`,
      ]),
    );
  });
});

describe('a later install', () => {
  beforeEach(() => install(acme));

  test('signed with the stored secret replaces it once it is proved', async () => {
    await reinstall(newSecret);
    await proveAll();
    expect(await storedSecret()).toBe(newSecret);
    expect(web.said.at(-1)).toBe(`restored ${acme.workspace}`);
    expect(await web.stores.reinstalls.list({ workspace: acme.workspace })).toEqual([]);
  });

  test('is taken twice, the second time with the token of the first', async () => {
    const token = sign('installed', acme);
    await reinstall(newSecret);
    await proveAll();
    await call('installed', installBody({ ...acme, secret: newSecret }), token).expect(204);
    expect(await storedSecret()).toBe(newSecret);
    expect(web.said.at(-1)).toBe(`still connected ${acme.workspace}`);
  });

  test('signed with a former secret changes nothing', async () => {
    const token = sign('installed', acme);
    await reinstall(newSecret);
    await proveAll();
    await call('installed', installBody({ ...acme, secret: 'the third secret, from elsewhere' }), token).expect(401);
    expect(await storedSecret()).toBe(newSecret);
  });

  test('for another workspace changes nothing', async () => {
    const body = installBody({ ...acme, workspace: rival.workspace, secret: newSecret });
    await call('installed', body, sign('installed', acme)).expect(401);
    expect(await storedSecret()).toBe(acme.secret);
  });

  test.each([
    ['no token', () => undefined],
    ['the new secret', () => sign('installed', { ...acme, secret: newSecret })],
    ["another workspace's secret", () => sign('installed', rival)],
    ["another workspace's secret and our clientKey", () => sign('installed', { ...acme, secret: rival.secret })],
    ['a token for another call', () => sign('uninstalled', acme)],
    ['a token without qsh', () => sign('installed', acme, { claims: { qsh: undefined } })],
    ['a token without an end', () => sign('installed', acme, { claims: { exp: undefined } })],
    [
      'a list for iss and aud',
      () => sign('installed', acme, { claims: { iss: [acme.clientKey], aud: [acme.clientKey] } }),
    ],
    ['RS256', () => signRs256({ iss: acme.clientKey, aud: 'http://localhost:3000', exp: 9e9, iat: 1 })],
  ])('is refused with %s', async (_, forge) => {
    bitbucket.installs.set(rival.clientKey, { ...rival, slug: 'rival' });
    await call('installed', installBody({ ...acme, secret: newSecret }), forge()).expect(401);
    expect(await storedSecret()).toBe(acme.secret);
    expect(await web.stores.connections.listPending()).toHaveLength(0);
    expect(await web.stores.reinstalls.list({ workspace: acme.workspace })).toHaveLength(0);
  });

  test('whose token was sent in two headers is refused', async () => {
    const token = `JWT ${sign('installed', acme)}`;
    const asked = request(web.app).post('/connect/installed');
    asked.set('Authorization', [token, token] as never);
    await asked.send(installBody({ ...acme, secret: newSecret })).expect(401);
  });
});

describe('an uninstall', () => {
  beforeEach(() => install(acme));

  test('ends pages, notices and sessions at once, and keeps the secret', async () => {
    const issued = await web.sessions.issue({
      ...acme,
      repositoryUuid: null,
      role: 'read',
      page: 'workspace',
      ...nobodyNamed,
    });
    await call('uninstalled', { clientKey: acme.clientKey }, sign('uninstalled', acme)).expect(204);
    expect(web.said.at(-1)).toBe(`disconnected ${acme.workspace}`);
    expect(await web.sessions.verify(issued?.session ?? '')).toBeNull();
    await call('notices', {}, sign('notices', acme)).expect(401);
    expect(await storedSecret()).toBe(acme.secret);
  });

  test('does not let an unsigned install take its place', async () => {
    await call('uninstalled', { clientKey: acme.clientKey }, sign('uninstalled', acme)).expect(204);
    await call('installed', installBody({ ...acme, secret: 'the secret of a squatter' })).expect(401);
    expect(await storedSecret()).toBe(acme.secret);
  });

  test('is followed by a reinstall signed with the secret from before; old sessions stay dead', async () => {
    const issued = await web.sessions.issue({
      ...acme,
      repositoryUuid: null,
      role: 'read',
      page: 'workspace',
      ...nobodyNamed,
    });
    await call('uninstalled', { clientKey: acme.clientKey }, sign('uninstalled', acme)).expect(204);
    await reinstall(newSecret);
    await proveAll();
    expect(await web.stores.connections.getLive(acme.workspace)).toMatchObject({ credentials: newSecret });
    expect(web.said.at(-1)).toBe(`connected ${acme.workspace}`);
    expect(await web.sessions.verify(issued?.session ?? '')).toBeNull();
  });

  test.each(['uninstalled', 'enabled', 'disabled'])('and %s are refused without the stored secret', async (event) => {
    await call(event, { clientKey: acme.clientKey }).expect(401);
    await call(event, { clientKey: acme.clientKey }, sign(event, rival)).expect(401);
    await call(event, { clientKey: 'connection:9' }, sign(event, acme)).expect(401);
    await call(event, { clientKey: [acme.clientKey] }, sign(event, acme)).expect(400);
    expect(await web.stores.connections.getLive(acme.workspace)).toMatchObject(toStored(acme));
  });

  test('cannot be taken back by enabling', async () => {
    await call('uninstalled', { clientKey: acme.clientKey }, sign('uninstalled', acme)).expect(204);
    await call('enabled', { clientKey: acme.clientKey }, sign('enabled', acme)).expect(401);
    await call('uninstalled', { clientKey: acme.clientKey }, sign('uninstalled', acme)).expect(204);
    expect(await web.stores.connections.getLive(acme.workspace)).toBeNull();
  });

  test('is not what disabling is: enabling brings everything back', async () => {
    await call('disabled', { clientKey: acme.clientKey }, sign('disabled', acme)).expect(204);
    await call('notices', {}, sign('notices', acme)).expect(401);
    await call('enabled', { clientKey: acme.clientKey }, sign('enabled', acme)).expect(204);
    await call('notices', {}, sign('notices', acme)).expect(204);
  });
});

describe('what anybody sends', () => {
  const post = (body: Buffer | string, headers: Record<string, string> = {}) =>
    request(web.app)
      .post('/connect/installed')
      .set({ 'Content-Type': 'application/json', ...headers })
      .serialize((value: unknown) => value as string)
      .send(body);

  const gzip = { 'Content-Encoding': 'gzip' };
  test.each([
    ['33 KB', [' '.repeat(33 * 1024)], 413, 'The body is larger than 32 KB, which is the most that is read here.'],
    ['a gzip of a megabyte', [gzipSync(Buffer.alloc(1_000_000)), gzip], 413, /larger than 32 KB/u],
    ['no gzip', ['{}', gzip], 400, /not compressed as its header says/u],
    ['another packing', ['{}', { 'Content-Encoding': 'zstd' }], 415, /gzip, deflate and br are/u],
    ['20,000 levels', ['['.repeat(20_000)], 400, 'The body is nested more than 100 levels deep.'],
    ['no UTF-8', [Buffer.from([0x22, 0xff, 0x22])], 400, 'The body is not UTF-8.'],
    ['nothing', [''], 400, 'The body is not JSON.'],
  ] as const)('is refused in words: %s', async (...[, [body, headers], status, words]) => {
    const answer = await post(body, headers).expect(status);
    expect((answer.body as { detail: string }).detail).toMatch(words);
  });

  test('keeps no genuine install out, and is tried after it', async () => {
    const forge = (number: number) =>
      web.door.receiveLifecycle({
        ...{ event: 'installed', address: '203.0.113.9' },
        request: { method: 'POST', originalUrl: '/connect/installed', rawHeaders: [] },
        body: installBody({ workspace: randomUUID(), clientKey: `connection:${number}`, secret: 'a made-up secret' }),
      });
    const takeTurn = () => web.stores.connections.takeProofTurn(web.clock.now());
    for (let number = 0; number < 150; number += 1) await forge(number);
    const called = web.said.length;
    await takeTurn();
    await call('installed', installBody(acme)).expect(204);
    for (let number = 150; number < 300; number += 1) await forge(number);
    expect(await web.stores.connections.listPending()).toHaveLength(200);
    // The line is worked off by one job of no workspace, which is not called while it waits for its turn.
    expect(new Set(web.said)).toEqual(new Set(['prove-install line']));
    expect(web.said).toHaveLength(called);
    web.clock.advance(1_000);
    const { pendingId = '' } = (await takeTurn()) as { pendingId?: string };
    expect(await web.stores.connections.getPending(pendingId)).toMatchObject({ clientKey: acme.clientKey });
  });

  test.each([
    [undefined, 1],
    [1, 2],
  ])('comes from whom %s proxies say', async (trustProxy, senders) => {
    await web.close();
    web = await createTestWeb(trustProxy === undefined ? {} : { trustProxy });
    for (const address of ['198.51.100.1', '198.51.100.2']) {
      await call('installed', installBody({ ...acme, secret: `of ${address}` }))
        .set('X-Forwarded-For', `192.0.2.1, ${address}`)
        .expect(204);
    }
    const origins = (await web.stores.connections.listPending()).map(({ origin }) => origin);
    expect(new Set(origins).size).toBe(senders);
    expect(origins.join()).not.toContain('198.51.100');
  });
});
