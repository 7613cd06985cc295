import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import pino from 'pino';
import request from 'supertest';
import { createTestWeb, type TestWebOptions, type Tenant, type TestWeb } from '../../test/support/web/test-web';
import { createRefusedRequests, mostRefusedAMinute } from './middleware/refused-often';
import { createTurns } from './middleware/work-turns';
import { formatBasePath } from './routing/paths';
import { createWebApp, type WebApp } from './web-app';
import { adaNamed, nobodyNamed } from '../../test/support/web/nobody-named';

const acme: Tenant = {
  workspace: '{11111111-1111-4111-8111-111111111111}',
  clientKey: 'connection:1',
  secret: 'canary-secret of acme',
};
const webs: TestWeb[] = [];

async function build(options: TestWebOptions = {}): Promise<TestWeb> {
  const web = await createTestWeb(options);
  webs.push(web);
  await web.addTenant(acme);
  return web;
}

afterEach(async () => {
  for (const web of webs.splice(0)) await web.close();
});

function notify(web: TestWeb, body: string | Buffer, headers: Record<string, string> = {}): request.Test {
  const path = formatBasePath(web.needs.settings.baseUrl);
  const url = `${path}/connect/notices`;
  return request(web.app)
    .post(url)
    .set('Authorization', `JWT ${web.sign(acme, { method: 'POST', url })}`)
    .set({ 'Content-Type': 'application/json', ...headers })
    .serialize(String)
    .send(body as string);
}

/** Asks a server of the app, over connections of its own. */
async function serve(app: WebApp) {
  const server = http.createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (path: string, session: string) =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${session}` } });
  return { ask, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('callers', () => {
  const openSession = async (web: TestWeb, userUuid: string) => {
    const grant = { workspace: acme.workspace, repositoryUuid: null, role: 'read', page: 'workspace' } as const;
    return (await web.sessions.issue({ ...grant, ...nobodyNamed, userUuid }))?.session ?? '';
  };

  test.each([
    ['pages', '/pages/getting-started', 'text/html; charset=utf-8', 'Too many pages at once'],
    ['API', '/api/v1/import', 'application/problem+json; charset=utf-8', '"status":429'],
  ])('have few answers of the %s made at once, and are told 429 where too many wait', async (_of, path, ...like) => {
    const [type, words] = like;
    const web = await build();
    let begun = 0;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow = async () => {
      begun += 1;
      await released;
      throw new Error('It was held for the test.');
    };
    const rooms = { ...web.needs, importStatus: { load: slow }, reporting: { ...web.needs.reporting, open: slow } };
    const { ask, close } = await serve(createWebApp(rooms));
    const windows = [await openSession(web, '{ada}'), await openSession(web, '{ada}')];
    const early: Response[] = [];
    const asked = Array.from({ length: 70 }, async (_, index) => early.push(await ask(path, windows[index % 2] ?? '')));
    // Four are being made, sixty wait: the others are told so, with nothing done for them.
    while (early.length < 6) await new Promise(setImmediate);
    expect(early.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual(
      early.map(() => [429, type]),
    );
    expect(early.map(({ headers }) => Number(headers.get('retry-after')) > 0)).not.toContain(false);
    expect(await early[0]?.text()).toContain(words);
    expect(begun).toBe(path.startsWith('/pages') ? 8 : 4);
    // Nobody else waits for them.
    expect((await ask('/api/v1/openapi.json', await openSession(web, '{bo}'))).status).toBe(200);
    release();
    await Promise.all(asked);
    expect(early.filter(({ status }) => status === 429)).toHaveLength(6);
    await close();
  });

  test('who show wrong tokens again and again are told 429, and keep out nobody of the same address', async () => {
    const web = await build();
    const refused = createRefusedRequests(web.clock);
    const { ask, close } = await serve(createWebApp(web.needs, { turns: createTurns(), refused }));
    const wrong = async (path: string) => {
      const { status, headers } = await ask(path, 'wrong');
      return [status, headers.get('retry-after')];
    };
    const asked = { request: { ip: '127.0.0.1' }, response: { setHeader: () => null } };
    for (let count = 2; count <= mostRefusedAMinute; count += 1) refused.isTooOften(asked.request, asked.response);
    web.clock.advance(20_000);
    expect(await wrong('/api/v1/systems')).toEqual([401, null]);
    expect(await wrong('/api/v1/systems')).toEqual([429, '40']);
    expect(await wrong('/pages/workspace')).toEqual([429, '40']);
    expect(await (await ask('/pages/workspace', 'wrong')).text()).toContain('could not be verified');
    expect((await ask('/api/v1/openapi.json', await openSession(web, '{ada}'))).status).toBe(200);
    web.clock.advance(40_000);
    expect(await wrong('/api/v1/systems')).toEqual([401, null]);
    await close();
  });

  test('so are those who open sign-in links that are none; a right one lets in all the same', async () => {
    const web = await build();
    const app = createWebApp(web.needs, { turns: createTurns(), refused: createRefusedRequests(web.clock, 2) });
    const { url } = await web.needs.ownWindow.makeLink({ workspace: acme.workspace, name: null });
    const [right, wrong] = [new URL(url).pathname, `/sign-in/link/${'x'.repeat(43)}`];
    const post = (path: string) => request(app).post(path).set('Sec-Fetch-Site', 'same-origin');
    await post(wrong).expect(404);
    await request(app).get(wrong).expect(404);
    await post(wrong)
      .expect(429, /Too many wrong links/u)
      .expect('Retry-After', '60');
    await request(app).get(`${wrong}/x`).expect(429);
    await request(app).get(right).expect(200);
    await post(right).expect(303);
    await post(right).expect(410);
  });
});

describe('notices', () => {
  test('are answered once they are kept, with the delivery id and event of their headers', async () => {
    const web = await build();
    await notify(web, '{"a":1}', { 'X-Request-UUID': 'abc-1', 'X-Event-Key': 'repo:push' }).expect(204);
    expect(web.kept).toEqual([
      {
        ...{ workspace: acme.workspace, awaits: null },
        deliveryId: 'abc-1',
        eventKey: 'repo:push',
        body: '{"a":1}',
        awaits: null,
        receivedAt: web.clock.now(),
      },
    ]);
  });

  test('are named by their body when they carry no id, and by their envelope when they carry no event', async () => {
    const web = await build();
    const body = '{"event":"pullrequest:created","data":{}}';
    await notify(web, body).expect(204);
    await notify(web, body, { 'X-Request-UUID': 'x'.repeat(101), 'X-Event-Key': 'a b' }).expect(204);
    expect(web.kept[0]).toMatchObject({
      eventKey: 'pullrequest:created',
      deliveryId: createHash('sha256').update(body).digest('hex'),
    });
    expect(web.kept[1]).toEqual(web.kept[0]);
  });

  test('keep the text exactly as it came', async () => {
    const web = await build();
    const body = '{"text":"\u200c\\u200c é", "n": 1.0}';
    await notify(web, body).expect(204);
    expect(web.kept[0]?.body).toBe(body);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of it', '{"a":'],
  ])('with %s are refused', async (_, body) => {
    const web = await build();
    await notify(web, body).expect(400);
    expect(web.kept).toEqual([]);
  });

  test('nested 100,000 deep are refused', async () => {
    const web = await build();
    const answer = await notify(web, `${'['.repeat(100_000)}${']'.repeat(100_000)}`).expect(400);
    expect(answer.body).toMatchObject({ detail: 'The body is nested more than 100 levels deep.' });
  });

  test('above 5 MB are too large; below they are kept', async () => {
    const web = await build();
    await notify(web, `"${'x'.repeat(4_900_000)}"`).expect(204);
    await notify(web, `"${'x'.repeat(5_300_000)}"`).expect(413);
    expect(web.kept).toHaveLength(1);
  });

  test('in broken UTF-8 are refused', async () => {
    const web = await build();
    const server = http.createServer(web.app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = '/connect/notices';
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}${url}`, {
      method: 'POST',
      headers: { authorization: `JWT ${web.sign(acme, { method: 'POST', url })}` },
      body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    });
    expect(answer.status).toBe(400);
    await new Promise((resolve) => server.close(resolve));
  });

  test('that cannot be stored are to be sent again', async () => {
    const web = await build({ keep: () => Promise.reject(new Error('disk full')) });
    const answer = await notify(web, '{}').expect(503);
    expect(answer.text).not.toContain('disk');
  });
});

describe('answers', () => {
  test('carry the headers that keep them in their frame', async () => {
    const web = await build({
      bitbucketUrl: 'https://bitbucket.example/path',
      baseUrl: 'https://d.test',
    });
    const { headers } = await request(web.app).get('/pages/workspace').expect(401);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self' https://bitbucket.example/path/atlassian-connect/all.js;style-src 'self';img-src 'self' data:;" +
        "connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors https://bitbucket.example",
    );
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
      'strict-transport-security': 'max-age=63072000',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
    });
    for (const name of ['x-frame-options', 'set-cookie', 'x-powered-by']) expect(headers[name]).toBeUndefined();
  });

  test('of a page without a session say what to do, and never repeat a token', async () => {
    const web = await build();
    const answer = await request(web.app).get('/pages/workspace?range=30&jwt=canary.token.x').expect(401);
    expect(answer.text).toContain('/pages/workspace?range&#x3D;30');
    expect(answer.text).not.toContain('canary');
  });

  test('of the API are problems with the request id', async () => {
    const web = await build();
    const answer = await request(web.app).get('/api/v1/systems').expect(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = JSON.parse(answer.text) as Record<string, unknown>;
    expect(problem).toMatchObject({ title: 'Unauthorized', status: 401, request_id: answer.headers['x-request-id'] });
  });

  test('to what is not there are 404, and to a body that is no JSON 400', async () => {
    const web = await build();
    await request(web.app).get('/other').expect(404);
    await request(web.app).get('/installed').expect(404);
    await request(web.app).post('/installed').send({}).expect(404);
    await request(web.app).post('/connect/installed').type('json').send('{').expect(400);
    await request(web.app)
      .post('/connect/installed')
      .send({ padding: 'x'.repeat(300_000) })
      .expect(413);
    await request(web.app).get('/public/../package.json').expect(404);
    await request(web.app).get('/public/%2e%2e/package.json').expect(404);
  });

  test('to our own mistakes give the request id and nothing of the mistake', async () => {
    const web = await build();
    const { session = '' } =
      (await web.sessions.issue({
        ...acme,
        repositoryUuid: null,
        role: 'read',
        page: 'workspace',
        ...adaNamed,
      })) ?? {};
    const asked = request(web.app).get('/api/v1/import').set('Authorization', `Bearer ${session}`);
    const answer = await asked.expect(500);
    expect(answer.text).toContain(answer.headers['x-request-id']);
    expect(answer.text).not.toContain('empty');
  });

  test('lie beneath the path of BASE_URL', async () => {
    const web = await build({ baseUrl: 'https://example.com/drumbeat/' });
    const descriptor = await request(web.app).get('/drumbeat/atlassian-connect.json').expect(200);
    expect(descriptor.body).toMatchObject({ key: 'drumbeat' });
    await request(web.app).get('/atlassian-connect.json').expect(404);
    await notify(web, '{}').expect(204);
    await request(web.app).get('/drumbeat/pages/workspace').expect(401);
    await request(web.app).get('/drumbeat/api/v1/systems').expect(401);
    await request(web.app).get('/livez').expect(200);
  });
});

test('nothing secret is written to the log at its most verbose level', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString());
      done();
    },
  });
  const web = await build({ log: pino({ level: 'trace' }, sink) });
  const url = '/pages/workspace';
  const token = web.sign(acme, { method: 'GET', url });
  await request(web.app).get(`${url}?jwt=${token}&canary=1`);
  await request(web.app).get('/api/v1/systems').set('Authorization', 'Bearer canary.session');
  await request(web.app).post(url).type('form').send({ session: 'canary' });
  await notify(web, '{"canary":"body"}');
  await request(web.app).post('/connect/installed').send({ sharedSecret: 'canary-shared-secret' });
  const log = lines.join('');
  expect(log).toContain('/pages/workspace');
  expect(log).not.toContain('canary');
  expect(log).not.toContain(token);
});

describe('operators', () => {
  test('hear what is missing', async () => {
    const web = await build({ health: async () => ({ ok: false, problems: ['the database is locked'] }) });
    await request(web.app).get('/livez').expect(200, { status: 'ok' });
    await request(web.app)
      .get('/readyz')
      .expect(503, { status: 'unavailable', problems: ['the database is locked'] });
  });

  test('hear of a check that fails', async () => {
    const web = await build({ health: () => Promise.reject(new Error('secret detail')) });
    const answer = await request(web.app).get('/readyz').expect(503);
    expect(answer.text).not.toContain('secret detail');
  });

  test('read metrics on this machine, but not through a proxy on it', async () => {
    const web = await build();
    await request(web.app).get('/livez');
    const answer = await request(web.app).get('/metrics').expect(200);
    expect(answer.text).toContain('http_request_duration_seconds');
    await request(web.app).get('/metrics').set('X-Forwarded-For', '127.0.0.1').expect(403);
  });

  test('read metrics from anywhere with their token, and only with it', async () => {
    const web = await build({ metricsToken: 'operators-token' });
    await request(web.app).get('/metrics').expect(401);
    await request(web.app).get('/metrics').set('Authorization', 'Bearer wrong').expect(401);
    await request(web.app).get('/metrics').set('Authorization', 'Bearer operators-token').expect(200);
  });
});
