import { makeAdministratorLink } from '../../doors/own-window/sign-in-links';
import { Writable } from 'node:stream';
import pino from 'pino';
import request from 'supertest';
import express from 'express';
import {
  aWorkspaceAccess,
  startBitbucketSignIn,
  thePerson,
  workspacesAddress,
} from '../../../test/support/fakes/bitbucket-sign-in';
import { giveJson } from '../../../test/support/fakes/stand-in-server';
import { acme, createTestWeb, type TestWeb, type TestWebOptions } from '../../../test/support/web/test-web';
import { drums } from '../../../test/support/web/caller-pages';
import { ada } from '../../../test/support/web/nobody-named';
import { createRefusedRequests } from '../middleware/refused-often';
import { createWindowPages } from './window-pages';
import { createWindowRoutes } from './window-routes';

const consumer = { oauthKey: 'key of a consumer', oauthSecret: 'canary of a consumer' };
const webs: TestWeb[] = [];

async function build(options: TestWebOptions = {}): Promise<TestWeb> {
  const web = await createTestWeb(options);
  webs.push(web);
  return web;
}

afterEach(async () => {
  for (const web of webs.splice(0)) await web.close();
});

/** As a browser asks when somebody types an address. */
function navigate(web: TestWeb, path: string, cookie = ''): request.Test {
  return request(web.app)
    .get(path)
    .set({ Accept: 'text/html,application/xhtml+xml', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' })
    .set(cookie === '' ? {} : { Cookie: cookie });
}

const ownPage = { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' };

/** The secret of a new link, as it stands in its address. */
async function makeLink(web: TestWeb, isAdministrator = false): Promise<string> {
  const wish = { workspace: acme.workspace, name: 'Ada' };
  const { viewers, connections } = web.stores;
  const { url } = isAdministrator
    ? await makeAdministratorLink(wish, { ...web.needs.settings, clock: web.needs.clock, viewers, connections })
    : await web.needs.ownWindow.makeLink(wish);
  return new URL(url).pathname;
}

/** The cookie of a browser that a link let in. */
async function signIn(web: TestWeb, isAdministrator = false): Promise<string> {
  const answer = await request(web.app)
    .post(await makeLink(web, isAdministrator))
    .set(ownPage)
    .expect(303);
  return (answer.get('Set-Cookie')?.[0] ?? '').split(';')[0] ?? '';
}

const workspacePage = `/pages/workspace?workspace=${encodeURIComponent(acme.workspace)}`;

describe('the first page of an installation', () => {
  const checks = [
    { step: 'workspace', result: 'works', sentence: 'Bitbucket knows canary Acme.', wayOut: null },
    { step: 'repositories', result: 'works', sentence: '8 canary repositories.', wayOut: null },
    { step: 'pull_requests', result: 'works', sentence: '2,988 canary pull requests.', wayOut: null },
    { step: 'webhook', result: 'not_allowed', sentence: 'No canary.', wayOut: 'drumbeat hook canary --print' },
    { step: 'new_step', result: 'failed', sentence: 'No canary.', wayOut: 'drumbeat canary' },
  ] as const;

  test('says how to connect, with commands to copy', async () => {
    const web = await build();
    const { text } = await navigate(web, '/').expect(200);
    for (const command of ['connect acme --dry-run', 'connect acme', 'sign-in-link acme --administrator']) {
      expect(text).toContain(`<code>npx drumbeat ${command}</code>`);
    }
    expect(text).toContain('BITBUCKET_TOKEN');
    expect(text).not.toContain('Result of the check');
  });

  test('says whether a check worked, and names nothing that Bitbucket told', async () => {
    const web = await build();
    await web.stores.connectionChecks.replaceAll('canary', [...checks], web.clock.now());
    const { text } = await navigate(web, '/').expect(200);
    expect(text).toContain('3 of 5 work. You can connect now');
    for (const word of ['Webhook', 'Not allowed', 'drumbeat hook prints how', 'The terminal says more']) {
      expect(text).toContain(word);
    }
    expect(text).not.toContain('canary');
  });

  test('is followed by how to open it once a workspace is connected, and names no workspace', async () => {
    const web = await build();
    await web.addTenant(acme);
    for (const path of ['/', '/sign-in']) {
      const { text } = await navigate(web, path).expect(200);
      expect(text).toContain('A workspace is connected');
      expect(text).toContain('http://localhost:3000/sign-in/callback');
      for (const name of ['BITBUCKET_OAUTH_KEY', 'BITBUCKET_OAUTH_SECRET', 'TRUSTED_USER_HEADER']) {
        expect(text).toContain(name);
      }
      expect(text).not.toContain('Acme');
    }
  });

  test('lies beneath the path of BASE_URL', async () => {
    const web = await build({ baseUrl: 'https://example.com/drumbeat/' });
    for (const path of ['/drumbeat', '/drumbeat/']) await navigate(web, path).expect(200, /Connect your workspace/u);
    await navigate(web, '/').expect(404);
  });
});

describe('the ways in', () => {
  test('are named as they are configured', async () => {
    const web = await build({ window: consumer });
    await web.addTenant(acme);
    const { text } = await navigate(web, `/sign-in?to=${encodeURIComponent(workspacePage)}`).expect(200);
    expect(text).toContain('Continue with Bitbucket');
    expect(text).toContain('/sign-in/bitbucket?to');
    expect(text).not.toContain('proxy');
  });

  test('lead to Bitbucket with the configured consumer, and back only to pages of ours', async () => {
    const web = await build({ window: consumer });
    const answer = await navigate(web, '/sign-in/bitbucket?to=//evil.example/pages/workspace').expect(302);
    expect(answer.headers['location']).toMatch(/^http:\/\/127\.0\.0\.1:9\/site\/oauth2\/authorize\?/u);
    expect(answer.headers['location']).not.toContain('evil');
    expect(answer.get('Set-Cookie')).toHaveLength(1);
  });

  test('refuse in words what did not begin here, and set no cookie', async () => {
    const web = await build({ window: consumer });
    const answer = await navigate(web, '/sign-in/callback?code=canary&state=canary').expect(400);
    expect(answer.text).toContain('did not begin in this browser');
    expect(answer.text).not.toContain('canary');
    expect(String(answer.get('Set-Cookie'))).not.toMatch(/drumbeat=[\w-]/u);
    await navigate(await build(), '/sign-in/bitbucket').expect(404, /BITBUCKET_OAUTH_KEY/u);
  });

  test('say so where Bitbucket has let somebody change their mind', async () => {
    const web = await build({ window: consumer });
    const begun = await navigate(web, '/sign-in/bitbucket');
    const state = new URL(begun.headers['location'] ?? '').searchParams.get('state') ?? '';
    const cookie = begun.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
    const path = `/sign-in/callback?error=access_denied&state=${encodeURIComponent(state)}`;
    await navigate(web, path, cookie).expect(403, /was not allowed to tell who you are/u);
  });
});

describe('who comes back from Bitbucket', () => {
  test('again and again in vain is told 429 and makes us ask nothing, while others sign in', async () => {
    const bitbucket = await startBitbucketSignIn();
    bitbucket.answers.set('/2.0/user', giveJson({ type: 'user', uuid: thePerson, display_name: 'Jane' }));
    bitbucket.answers.set(workspacesAddress, giveJson({ values: [aWorkspaceAccess(acme.workspace, true)] }));
    const web = await build({ bitbucketUrl: bitbucket.url, window: consumer, trustProxy: 1 });
    await web.addTenant(acme);
    const comeBack = async (address: string) => {
      const begun = await navigate(web, '/sign-in/bitbucket');
      const state = new URL(begun.headers['location'] ?? '').searchParams.get('state') ?? '';
      const path = `/sign-in/callback?code=${encodeURIComponent(state)}&state=${encodeURIComponent(state)}`;
      return navigate(web, path, begun.get('Set-Cookie')?.[0]?.split(';')[0]).set('X-Forwarded-For', address);
    };
    const [here, elsewhere] = ['203.0.113.1', '203.0.113.2'];
    // Who signs in is not counted.
    for (let count = 0; count < 2; count += 1) expect((await comeBack(here)).status).toBe(302);
    for (let count = 0; count < 59; count += 1) {
      await navigate(web, '/sign-in/callback').set('X-Forwarded-For', here).expect(400);
    }
    expect((await comeBack(here)).status).toBe(302);
    await navigate(web, '/sign-in/callback').set('X-Forwarded-For', here).expect(400);
    web.clock.advance(20_000);
    const asked = bitbucket.asked.length;
    const refused = await comeBack(here);
    expect([refused.status, refused.get('Retry-After')]).toEqual([429, '40']);
    expect(refused.text).toContain('Too many sign-ins have failed');
    expect(bitbucket.asked).toHaveLength(asked);
    expect((await comeBack(elsewhere)).status).toBe(302);
    web.clock.advance(40_000);
    expect((await comeBack(here)).status).toBe(302);
    await bitbucket.close();
  });

  test('while many do waits for a turn, and is told 503 where it does not come', async () => {
    const web = await build();
    let isInside = (): void => undefined;
    let release = (): void => undefined;
    const entered = new Promise<void>((resolve) => (isInside = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const finishSignIn: TestWeb['needs']['ownWindow']['finishSignIn'] = async () => {
      isInside();
      await released;
      return { kind: 'refused', reason: 'declined', cookies: [] };
    };
    const needs = { ...web.needs, ownWindow: { ...web.needs.ownWindow, finishSignIn } };
    const rest = { pages: createWindowPages(needs), refused: createRefusedRequests(web.clock) };
    const routes = createWindowRoutes({ ...needs, ...rest }, { mostFailedAMinute: 60, most: 1, longestWaitMs: 1 });
    const app = express().use(routes);
    const comeBack = () => request(app).get('/sign-in/callback');
    const first = comeBack().then(({ status }) => status);
    await entered;
    await comeBack()
      .expect(503, /Many people are signing in/u)
      .expect('Retry-After', '5');
    release();
    expect([await first, (await comeBack()).status]).toEqual([403, 403]);
  });
});

describe('a sign-in link', () => {
  test('is looked at without being used up, lets one browser in, and says when it has ended', async () => {
    const web = await build();
    await web.addTenant(acme);
    const path = await makeLink(web);
    for (let look = 0; look < 2; look += 1) {
      const { text } = await navigate(web, path).expect(200);
      expect(text).toContain('signs this browser in to the workspace Acme');
      expect(text).toContain('UTC');
    }
    await request(web.app).head(path).expect(200);
    const answer = await request(web.app).post(path).set(ownPage).expect(303);
    expect(answer.headers['location']).toBe('/');
    expect(answer.get('Set-Cookie')?.[0]).toMatch(/^drumbeat=.+HttpOnly; SameSite=Lax$/u);
    await request(web.app)
      .post(path)
      .set(ownPage)
      .expect(410, /was used already/u);
    await navigate(web, path).expect(410, /was used already/u);
    const late = await makeLink(web);
    web.clock.advance(16 * 60_000);
    await navigate(web, late).expect(410, /has expired/u);
    await navigate(web, `/sign-in/link/${'x'.repeat(43)}`).expect(404, /is not known/u);
    await navigate(web, '/sign-in/link/').expect(404);
  });

  test('with something at its end is not known, and a page says so', async () => {
    const web = await build();
    await web.addTenant(acme);
    const path = await makeLink(web);
    for (const damaged of [`${path}/`, `${path}/x`, `${path}.`]) {
      const answer = await navigate(web, damaged).expect(404).expect('Content-Type', /html/u);
      expect(answer.text).toContain('This link is not known');
    }
    await navigate(web, path).expect(200);
  });

  test('is opened by no form of another site', async () => {
    const web = await build();
    await web.addTenant(acme);
    const path = await makeLink(web);
    const foreign = [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'same-site', Origin: 'null' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ];
    for (const headers of foreign) {
      const answer = await request(web.app).post(path).set(headers).expect(403);
      expect(answer.get('Set-Cookie')).toBeUndefined();
    }
    await request(web.app).post(path).set(ownPage).expect(303);
  });
});

describe('somebody signed in', () => {
  test('comes home to their workspace, and to a page with a session and a bar', async () => {
    const web = await build();
    await web.addTenant(acme);
    const cookie = await signIn(web);
    const home = await navigate(web, '/', cookie).expect(302);
    expect(home.headers['location']).toBe(workspacePage);
    expect(home.get('Set-Cookie')).toBeUndefined();
  });

  test('chooses between several workspaces', async () => {
    const web = await build();
    await web.addTenant(acme);
    const cookie = await signIn(web);
    const other = { workspace: drums, clientKey: 'connection:7', secret: 'a secret of another workspace' };
    await web.addTenant(other);
    const [link] = await web.stores.viewers.listLinks(acme.workspace);
    const viewer = `link:${link?.id ?? ''}`;
    const rights = { isAdministrator: false, repositories: null, readAt: web.clock.now() };
    await web.stores.viewers.saveRights(drums, viewer, rights);
    const { text } = await navigate(web, '/', cookie).expect(200);
    expect(text).toContain('Choose a workspace');
    expect(text).toContain(encodeURIComponent(drums));
  });

  test('is told in words where they have no right, alike for what is there and what is not', async () => {
    const web = await build();
    await web.addTenant(acme);
    const cookie = await signIn(web);
    await web.addTenant({ workspace: drums, clientKey: 'connection:7', secret: 'a secret of another workspace' });
    const [there, notThere] = await Promise.all(
      [drums, ada].map((uuid) =>
        navigate(web, `/pages/workspace?workspace=${encodeURIComponent(uuid)}`, cookie).expect(403),
      ),
    );
    expect(there?.text).toContain('This workspace is not open to you');
    expect(notThere?.text).toBe(there?.text);
  });

  test('opens nothing with the cookie but pages to look at', async () => {
    const web = await build();
    await web.addTenant(acme);
    const cookie = await signIn(web, true);
    const settings = workspacePage.replace('workspace?', 'settings?');
    await request(web.app)
      .post(settings)
      .set(ownPage)
      .set('Cookie', cookie)
      .type('form')
      .send({ action: 'x' })
      .expect(401);
    await request(web.app).get('/api/v1/systems').set('Cookie', cookie).expect(401);
    await request(web.app).post('/api/v1/session').set('Cookie', cookie).expect(401);
    await request(web.app).put(workspacePage).set('Cookie', cookie).expect(404);
    // A session beside it decides alone, also a wrong one.
    await navigate(web, workspacePage, cookie).set('Authorization', 'Bearer x').expect(401);
    await navigate(web, `${workspacePage}&session=x`, cookie).expect(401);
    // An address without a workspace is one of Bitbucket's frame, and a frame is not our own window.
    await navigate(web, '/pages/workspace', cookie).expect(401);
    await navigate(web, workspacePage, cookie).set('Sec-Fetch-Dest', 'iframe').expect(401);
  });

  test('is signed out, with every session of theirs', async () => {
    const web = await build();
    await web.addTenant(acme);
    const cookie = await signIn(web);
    await request(web.app).post('/sign-out').set({ 'Sec-Fetch-Site': 'cross-site', Cookie: cookie }).expect(403);
    await navigate(web, '/', cookie).expect(302, /workspace/u);
    const answer = await request(web.app)
      .post('/sign-out')
      .set({ ...ownPage, Cookie: cookie })
      .expect(303);
    expect(answer.headers['location']).toBe('/sign-in?signed-out=yes');
    expect(answer.get('Set-Cookie')?.[0]).toMatch(/^drumbeat=; Max-Age=0/u);
    const page = await navigate(web, workspacePage, cookie).expect(302);
    expect(page.headers['location']).toBe(`/sign-in?to=${encodeURIComponent(workspacePage)}`);
  });
});

describe('somebody who is not', () => {
  test('is led to the ways in by a browser, and refused elsewhere', async () => {
    const web = await build();
    await web.addTenant(acme);
    const answer = await navigate(web, workspacePage).expect(302);
    expect(answer.headers['location']).toBe(`/sign-in?to=${encodeURIComponent(workspacePage)}`);
    await request(web.app).get(workspacePage).expect(401);
    await navigate(web, workspacePage).set('Sec-Fetch-Dest', 'iframe').expect(401);
    await navigate(web, `${workspacePage}&jwt=x`).expect(401);
    await navigate(web, '/pages/workspace').expect(401);
    await navigate(web, workspacePage, 'drumbeat=forged.x').expect(302);
  });
});

test('answers in our own window are framed by nobody and load no script of Bitbucket', async () => {
  const web = await build({ bitbucketUrl: 'https://bitbucket.example' });
  await web.addTenant(acme);
  const cookie = await signIn(web);
  for (const path of ['/', '/sign-in', await makeLink(web), '/sign-in/callback', workspacePage]) {
    const { headers, text } = await navigate(web, path, path === workspacePage ? cookie : '');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
        "form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
    expect(text).not.toContain('bitbucket.example');
  }
});

test('no secret of an address is written to the log at its most verbose level', async () => {
  const lines: string[] = [];
  const write = (line: Buffer, _encoding: string, done: () => void) => {
    lines.push(line.toString());
    done();
  };
  const web = await build({ log: pino({ level: 'trace' }, new Writable({ write })), window: consumer });
  await web.addTenant(acme);
  const path = await makeLink(web);
  await navigate(web, path);
  await request(web.app).post(path).set(ownPage).expect(303);
  const secrets = [
    '/sign-in/link/canary-1',
    '//sign-in/link//canary-2',
    '/sign-in/link%2Fcanary-3',
    '/notices/canary-4',
  ];
  for (const secret of secrets) await navigate(web, secret);
  await navigate(web, '/sign-in/callback?code=canary-5&state=canary-6', 'drumbeat=canary-7');
  await navigate(web, '/sign-in?to=/pages/workspace?canary-8');
  const log = lines.join('');
  expect(log).toContain('/sign-in/link/…');
  expect(log).toContain('/sign-in/callback');
  expect(log).not.toContain(path.split('/').at(-1));
  expect(log).not.toContain('canary');
});
