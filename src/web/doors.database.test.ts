import { createHmac } from 'node:crypto';
import { Router, type Express } from 'express';
import request from 'supertest';
import { seesAll, type Sight } from '../domain/people/visible-repositories';
import type { Caller, Door, RequestHead } from '../doors/door';
import { RequestRefused } from '../doors/request-refused';
import { createCallerPages, drums, flutes } from '../../test/support/web/caller-pages';
import { ada } from '../../test/support/web/nobody-named';
import { acme, createTestWeb, type TestWeb } from '../../test/support/web/test-web';
import type { PageCaller, WebDependencies } from './routing/web-dependencies';
import { createWebApp } from './web-app';

/** A door that the web room knows nothing of: callers by a header, notices by a key in the address and a signature. */

const everything: Caller = { workspace: acme.workspace, userUuid: ada, role: null, viewer: ada, signIn: null };
const hookSecret = 'the secret of the hook';

const getHeader = ({ rawHeaders }: RequestHead, name: string): string | null => {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at === -1 ? null : (rawHeaders[at + 1] ?? null);
};
const sign = (body: string): string => `sha256=${createHmac('sha256', hookSecret).update(body).digest('hex')}`;

function createFakeDoor(bodiesRead: string[]): Door {
  const routes = Router();
  routes.get('/access_token/hello', (_request, response) => void response.json({ hello: 'from the door' }));
  routes.post('/access_token/hello', (_request, _response, next) => next(new RequestRefused(401)));
  return {
    kind: 'access_token',
    routes,
    identifyCaller: async (head) => {
      const shown = getHeader(head, 'x-test-caller');
      if (shown === null) return null;
      return shown === 'nobody'
        ? { isTrusted: false, reason: 'nobody', doClocksDiffer: false }
        : { isTrusted: true, caller: { ...everything, ...(JSON.parse(shown) as Partial<Caller>) } };
    },
    noticesPath: '/notices/:key',
    acceptNotice: async (head, readBody) => {
      if (head.originalUrl !== '/notices/known') return { isTrusted: false, reason: 'unknown key' };
      const body = (await readBody()).toString('utf8');
      bodiesRead.push(body);
      return getHeader(head, 'x-hub-signature') === sign(body)
        ? { isTrusted: true, workspace: acme.workspace }
        : { isTrusted: false, reason: 'signature' };
    },
    authorise: () => Promise.reject(new Error('nobody calls back here')),
    jobs: {},
  };
}

const administrators: WebDependencies['administrators'] = {
  isAdministrator: async () => null,
  confirm: async () => 'not_told',
};

let web: TestWeb;
let app: Express;
let bodiesRead: string[];
/** What everybody may see. */
let sight: Sight;
beforeEach(async () => {
  web = await createTestWeb();
  await web.addTenant(acme);
  bodiesRead = [];
  sight = seesAll;
  const viewers = { see: async () => sight };
  const needs = { ...web.needs, doors: [...web.needs.doors, createFakeDoor(bodiesRead)], administrators, viewers };
  app = createCallerPages(needs);
  app.use(createWebApp(needs));
});
afterEach(() => web.close());

const open = (page: string, caller: Partial<Caller> = {}): request.Test =>
  request(app).get(`/pages/${page}`).set('X-Test-Caller', JSON.stringify(caller));
const notify = (body: string, signature = sign(body)): request.Test =>
  request(app).post('/notices/known').type('json').set('X-Hub-Signature', signature).send(body);

describe('A caller that a door identifies', () => {
  test('sees pages, with a session that goes on without the door', async () => {
    const caller = (await open('workspace').expect(200)).body as PageCaller;
    expect(caller).toMatchObject({ workspace: acme.workspace, userUuid: ada, canWrite: false });
    await request(app).get('/pages/reviews').set('Authorization', `Bearer ${caller.session}`).expect(200);
  });

  test('is asked for of each door in turn, and refused by the one whose it is', async () => {
    await request(app).get('/pages/workspace').set('X-Test-Caller', 'nobody').expect(401);
    await request(app).get('/pages/workspace').expect(401);
    const url = `/pages/workspace?user=${ada}`;
    await request(app)
      .get(`${url}&jwt=${web.sign(acme, { method: 'GET', url })}`)
      .expect(200);
  });

  test('opens the settings as the door says, where it says', async () => {
    const known = await open('settings', { role: 'administrator' }).expect(200);
    expect(known.body).toMatchObject({ canWrite: true, isKnownAdministrator: true });
    await open('settings', { role: 'member' }).expect(403);
    expect((await open('settings').expect(200)).body).toMatchObject({ isKnownAdministrator: false });
  });

  test('who may see some repositories alone sees their pages and nothing of the others', async () => {
    sight = { kind: 'open', repositories: [drums], basis: 'bitbucket', isAdministrator: false };
    const caller = (await open(`repository?repository=${drums}`).expect(200)).body as PageCaller;
    expect(caller).toMatchObject({ repositoryUuid: drums, sight });
    await open(`repository?repository=${flutes}`).expect(404);
    await open(`pull-request?repository=${flutes}&number=1`).expect(404);
    await open('workspace').expect(200);
    const session = ['Authorization', `Bearer ${caller.session}`] as const;
    await request(app)
      .get(`/pages/deployments?repository=${flutes}`)
      .set(...session)
      .expect(404);
  });
});

describe('A notice of a door', () => {
  test('is kept once the door has trusted its body', async () => {
    await notify('{"pullrequest":{}}').set('X-Event-Key', 'pullrequest:created').expect(204);
    expect(web.kept).toMatchObject([
      { workspace: acme.workspace, eventKey: 'pullrequest:created', body: '{"pullrequest":{}}' },
    ]);
    expect(bodiesRead).toEqual(['{"pullrequest":{}}']);
  });

  test('is refused with a wrong signature, and at an unknown key before a byte of it is read', async () => {
    await notify('{}', sign('{ }')).expect(401);
    await request(app).post('/notices/other').send({}).expect(401);
    await request(app)
      .post('/notices/other')
      .send({ padding: 'x'.repeat(5_300_000) })
      .expect(401);
    expect(bodiesRead).toEqual(['{}']);
    expect(web.kept).toEqual([]);
  });

  test('is answered as those of any door when it is too large or no JSON', async () => {
    await notify(`"${'x'.repeat(5_300_000)}"`).expect(413);
    await notify('{').expect(400);
    expect(web.kept).toEqual([]);
  });
});

test('the routes of a door are its own, and what it refuses is a problem without details', async () => {
  await request(app).get('/access_token/hello').expect(200, { hello: 'from the door' });
  const refused = await request(app).post('/access_token/hello').expect(401);
  expect(JSON.parse(refused.text)).toMatchObject({ title: 'Unauthorized', status: 401 });
  const { text } = await request(app).get('/metrics').expect(200);
  expect(text).toMatch(/kind="lifecycle",status="2xx"/u);
});
