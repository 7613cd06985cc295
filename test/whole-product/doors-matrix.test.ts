import { createHmac } from 'node:crypto';
import request from 'supertest';
import { createAccessTokenDoor } from '../../src/doors/access-token/access-token-door';
import { writeCredentials } from '../../src/doors/access-token/credentials/credentials';
import type { Door } from '../../src/doors/door';
import { createWebApp, type WebApp } from '../../src/web/web-app';
import { encodePart, signHs256, signRs256 } from '../support/signed-requests';
import { acme, createTestWeb, toStored, type Tenant, type TestWeb } from '../support/web/test-web';
import { listRoutes } from '../support/list-routes';
import { adaNamed } from '../support/web/nobody-named';

/**
 * Nobody gets in: every route of the app × every way of having no right to it. A route that is in no list here fails
 * the first test, so whoever adds one decides who may use it.
 */

const anyone = ['GET /atlassian-connect.json', 'GET /livez', 'GET /readyz', 'USE /public'];
/** What they tell to whom, and what they take from whom, is in own-window.http.test.ts. */
const ownWindow = [
  ...['GET /', 'GET /sign-in', 'GET /sign-in/bitbucket', 'GET /sign-in/callback'],
  ...['GET /sign-in/link/:token', 'POST /sign-in/link/:token', 'POST /sign-out'],
];
/** Guarded by the socket's address or a token of the operator; see web-app.database.test.ts. */
const operators = ['GET /metrics'];
const notices = ['POST /connect/notices'];
/** Known by its key, and signed over its body with the secret of the webhook. */
const noticesOfTokens = ['POST /notices/:key'];
/** What an unknown clientKey does to `installed` is in lifecycle.database.test.ts. */
const lifecycle = ['installed', 'uninstalled', 'enabled', 'disabled'].map((event) => `POST /connect/${event}`);
const pages = [
  'workspace',
  'repository',
  'repository-panel',
  'pull-request-panel',
  'settings',
  'deployments',
  'incidents',
  'getting-started',
  'pull-request',
  'pull-requests',
  'work-in-progress',
  'reviews',
  ...['data-quality', 'day', 'release', 'corrections', 'views'],
].map((page) => `ALL /pages/${page}`);
/** Whoever is known keeps views with a session that reads; what others find there is in view-routes.database.test.ts. */
const views = ['views', 'views/last', 'views/default'];
/** `ALL`: a method that is not known is refused there too, but only to those who are let in. */
const api = [
  'metrics/accelerate',
  'metrics/reviews',
  'metrics/work-in-progress',
  'metrics/what-changed',
  'metrics/waits',
  'metrics/data-quality',
  ...views,
  'deployments',
  'incidents',
  'pull-requests',
  'systems',
  'teams',
  'import',
  'settings',
  'session',
  'openapi.json',
].map((route) => `ALL /api/v1/${route}`);
const written = [...anyone, ...ownWindow, ...operators, ...notices, ...noticesOfTokens, ...lifecycle, ...pages, ...api];

const rival: Tenant = {
  workspace: '{22222222-2222-4222-8222-222222222222}',
  clientKey: 'connection:1000002',
  secret: 'the secret of rival, long enough',
};
const gone: Tenant = {
  workspace: '{33333333-3333-4333-8333-333333333333}',
  clientKey: 'connection:1000003',
  secret: 'the secret of those who left',
};

let web: TestWeb;
/** With every door. */
let app: WebApp;
let sessions: Readonly<Record<'acme' | 'gone', string>>;

beforeAll(async () => {
  web = await createTestWeb();
  app = createWebApp({ ...web.needs, doors: [...web.needs.doors, createTokenDoor()] });
  for (const tenant of [acme, rival, gone]) await web.addTenant(tenant);
  sessions = { acme: await issue(acme), gone: await issue(gone) };
  await web.stores.connections.setStatus({ kind: 'connect', reference: gone.clientKey }, 'uninstalled', {
    now: web.clock.now(),
  });
});

afterAll(() => web.close());

/** Nothing is connected through it here, and nothing asked of Bitbucket. */
function createTokenDoor(): Door {
  const nothing = async (): Promise<void> => undefined;
  return createAccessTokenDoor({
    ...{ baseUrl: 'http://localhost:3000', bitbucketApiUrl: 'http://127.0.0.1:9', clock: web.clock },
    ...{ log: web.needs.log, stores: web.stores, passRequest: nothing, pauseRequests: nothing },
    events: {
      step: (_workspace, work) => web.stores.database.transaction(work),
      ...{ onConnected: nothing, onMoved: nothing, onStillConnected: nothing, onAccessRestored: nothing },
      ...{ onHearingChanged: nothing, onDisconnected: nothing, onWork: nothing },
    },
  });
}

async function issue({ workspace }: Tenant): Promise<string> {
  const grant = { workspace, repositoryUuid: null, role: 'write', page: 'settings', ...adaNamed } as const;
  return (await web.sessions.issue(grant))?.session ?? '';
}

interface Target {
  readonly method: string;
  readonly url: string;
}

function toTarget(route: string): Target {
  const [method = '', path = ''] = route.split(' ');
  return { method: method === 'ALL' ? 'GET' : method, url: path };
}

/** Every token of docs/bitbucket.md, 2, that must not be believed, made for exactly this request. */
function forge(target: Target): Record<string, string> {
  const seconds = Math.floor(web.clock.now() / 1000);
  const sign = (claims: object) => web.sign(acme, { ...target, claims: claims as Record<string, unknown> });
  const good = sign({});
  const claims = JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString()) as object;
  return {
    'no token': '',
    'wrong secret': web.sign({ ...acme, secret: rival.secret }, target),
    expired: sign({ iat: seconds - 3_600, exp: seconds - 121 }),
    'lifetime too long': sign({ exp: seconds + 3_601 }),
    'without end': sign({ exp: undefined }),
    'from the future': sign({ iat: seconds + 121 }),
    'not good yet': sign({ nbf: seconds + 121 }),
    none: `${encodePart({ alg: 'none', typ: 'JWT' })}.${encodePart(claims)}.`,
    HS512: signHs256({ alg: 'HS512', typ: 'JWT' }, claims, acme.secret),
    RS256: signRs256(claims),
    'no qsh': sign({ qsh: undefined }),
    'context-qsh': sign({ qsh: 'context-qsh' }),
    'qsh of another URL': web.sign(acme, { ...target, url: '/pages/other' }),
    'wrong aud': sign({ aud: rival.clientKey }),
    'lists for iss and aud': sign({ iss: [acme.clientKey], aud: [acme.clientKey] }),
    uninstalled: web.sign(gone, target),
    unknown: web.sign({ ...acme, clientKey: 'connection:9' }, target),
    'a session of ours': sessions.acme,
  };
}

function send({ method, url }: Target): request.Test {
  const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
  return request(app)[verb](url);
}

function withToken(url: string, token: string): string {
  return token === '' ? url : `${url}${url.includes('?') ? '&' : '?'}jwt=${token}`;
}

test('every route is written down here', () => {
  const routes = listRoutes(app);
  expect(routes.filter((route) => !written.includes(route))).toEqual([]);
});

test.each(pages)('%s is opened by no forged address', async (route) => {
  const target = toTarget(route);
  for (const [name, token] of Object.entries(forge(target))) {
    const answer = await send({ ...target, url: withToken(target.url, token) });
    expect([name, answer.status]).toEqual([name, 401]);
  }
});

test.each(pages)('%s is opened by no address with two tokens, a header beside it, or a cookie', async (route) => {
  const target = toTarget(route);
  const good = web.sign(acme, target);
  await send({ ...target, url: `${withToken(target.url, good)}&jwt=${good}` }).expect(401);
  await send({ ...target, url: `${target.url}?jwt[]=${good}` }).expect(401);
  await send({ ...target, url: withToken(target.url, good) })
    .set('Authorization', `Bearer ${sessions.acme}`)
    .expect(401);
  await send(target).set('Authorization', `JWT ${good}`).expect(401);
  await send(target).set('Cookie', `session=${sessions.acme}`).expect(401);
  await send({ ...target, url: `${target.url}?session=${sessions.acme}` }).expect(401);
});

test.each([...pages, ...api])('%s is opened by no forged session', async (route) => {
  const target = toTarget(route);
  for (const [name, token] of Object.entries(forgeSessions(target))) {
    const answer = await send(target).set('Authorization', `Bearer ${token}`);
    expect([name, answer.status]).toEqual([name, 401]);
  }
});

test.each(pages)('%s is opened by no forged session in a form', async (route) => {
  const { url } = toTarget(route);
  for (const [name, session] of Object.entries({ ...forgeSessions({ method: 'POST', url }), none: '' })) {
    const answer = await request(app).post(url).type('form').send({ session });
    expect([name, answer.status]).toEqual([name, 401]);
  }
});

test.each(api)('%s is opened by no method without a session', async (route) => {
  const { url } = toTarget(route);
  for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
    await request(app)[method](url).expect(401);
  }
});

const readOnly = api.filter((route) => !views.some((view) => route === `ALL /api/v1/${view}`));
test.each(readOnly)('%s changes nothing for a session that may read only', async (route) => {
  const grant = {
    workspace: acme.workspace,
    repositoryUuid: null,
    role: 'read',
    page: 'workspace',
    ...adaNamed,
  } as const;
  const { session = '' } = (await web.sessions.issue(grant)) ?? {};
  const answer = await request(app).patch(toTarget(route).url).set('Authorization', `Bearer ${session}`).send({});
  expect(answer.status).toBe(403);
});

function forgeSessions(target: Target): Record<string, string> {
  const claims = JSON.parse(Buffer.from(sessions.acme.split('.')[1] ?? '', 'base64url').toString()) as object;
  return {
    uninstalled: sessions.gone,
    'signed with the secret of Connect': signHs256({ alg: 'HS256', typ: 'JWT' }, claims, acme.secret),
    'signed with nothing': `${encodePart({ alg: 'none', typ: 'JWT' })}.${encodePart(claims)}.`,
    'another workspace written into it': sessions.acme.replace(
      /\..*\./u,
      `.${encodePart({ ...claims, workspace: rival.workspace })}.`,
    ),
    RS256: signRs256(claims),
    "Bitbucket's own token": web.sign(acme, target),
    'another role written into it': sessions.acme.replace(/\..*\./u, `.${encodePart({ ...claims, role: 'write' })}x.`),
    'an unknown API token': `dbt_${'A'.repeat(43)}`,
    nonsense: 'x',
  };
}

test.each(notices)('%s takes nothing with a forged token', async (route) => {
  const target = toTarget(route);
  for (const [name, token] of Object.entries(forge(target))) {
    const answer = await send(target).set('Authorization', `JWT ${token}`).send({ event: 'repo:push', data: {} });
    expect([name, answer.status]).toEqual([name, 401]);
  }
  expect(web.kept).toEqual([]);
});

/** A workspace that is connected by a token, whose webhook has its own secret. */
async function addTokenTenant(letter: string, status: 'live' | 'uninstalled') {
  const reference = letter.repeat(22);
  const hookSecret = `the secret of the webhook of ${letter}`;
  const former = { previousHookSecret: null, previousHookSecretUntil: null, fromEnvironment: null };
  const credentials = writeCredentials({ token: 'ATCTT3x', email: null, hookSecret, isPublic: false, ...former });
  const workspace = `{${letter.repeat(8)}-4444-4444-8444-444444444444}`;
  const now = web.clock.now();
  await web.stores.connections.saveNew({ workspace, kind: 'access_token', reference, credentials, installedAt: now });
  if (status !== 'live') await web.stores.connections.setStatus({ kind: 'access_token', reference }, status, { now });
  return { workspace, reference, hookSecret };
}

test.each(noticesOfTokens)('%s takes what is signed with the secret of its key, and nothing else', async (route) => {
  const [own, other] = [await addTokenTenant('a', 'live'), await addTokenTenant('b', 'live')];
  const left = await addTokenTenant('c', 'uninstalled');
  const body = '{"push": {}}';
  const sign = (secret: string, hash = 'sha256') => `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;
  const post = async ({ reference }: { reference: string }, header: Record<string, string>) => {
    const sent = send({ method: 'POST', url: toTarget(route).url.replace(':key', reference) });
    const answer = await sent.type('json').set('X-Event-Key', 'repo:push').set(header).send(body);
    return answer.status;
  };
  const signed = (header: string) => ({ 'X-Hub-Signature': header });
  const right = signed(sign(own.hookSecret));
  const forged: readonly [string, { reference: string }, Record<string, string>][] = [
    ['no header', own, {}],
    ['a header of another name', own, { 'X-Signature': sign(own.hookSecret) }],
    ['wrong secret', own, signed(sign('another secret'))],
    ['sha1', own, signed(sign(own.hookSecret, 'sha1'))],
    ["another workspace's secret", own, signed(sign(other.hookSecret))],
    ["another workspace's key", other, right],
    ['unknown key', { reference: 'd'.repeat(22) }, right],
    ["a key of Connect's", { reference: acme.clientKey }, signed(sign(acme.secret))],
    ['disconnected', left, signed(sign(left.hookSecret))],
    ['a session of ours', own, { Authorization: `Bearer ${sessions.acme}` }],
    ["Bitbucket's own token", own, { Authorization: `JWT ${web.sign(acme, { method: 'POST', url: '/notices' })}` }],
  ];
  for (const [name, at, header] of forged) expect([name, await post(at, header)]).toEqual([name, 401]);
  expect(web.kept).toEqual([]);
  expect(await post(own, right)).toBe(204);
  expect(web.kept).toMatchObject([{ workspace: own.workspace, body, eventKey: 'repo:push' }]);
  web.kept.length = 0;
});

test.each(lifecycle)('%s changes nothing with a forged token', async (route) => {
  const target = toTarget(route);
  const eventType = target.url.split('/').at(-1);
  const principal = { uuid: acme.workspace };
  const body = { key: 'drumbeat', eventType, productType: 'bitbucket', clientKey: acme.clientKey, principal };
  for (const [name, token] of Object.entries(forge(target))) {
    const answer = await send(target)
      .set('Authorization', `JWT ${token}`)
      .send({ ...body, sharedSecret: 'a secret of somebody else' });
    expect([name, answer.status]).toEqual([name, 401]);
  }
  expect(await web.stores.connections.getLive(acme.workspace)).toMatchObject(toStored(acme));
  expect(await web.stores.connections.listPending()).toHaveLength(0);
});

test.each(pages)("%s shows nothing of a workspace to another's token", async (route) => {
  const { method, url } = toTarget(route);
  const address = `${url}?workspace=${encodeURIComponent(acme.workspace)}`;
  const answer = await send({ method, url: withToken(address, web.sign(rival, { method, url: address })) });
  expect(answer.status).toBe(404);
});

test.each(api)('%s lets a genuine session in', async (route) => {
  const answer = await send(toTarget(route)).set('Authorization', `Bearer ${sessions.acme}`).send({});
  expect([401, 403]).not.toContain(answer.status);
});
