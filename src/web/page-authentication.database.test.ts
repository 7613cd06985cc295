import type { Express } from 'express';
import request from 'supertest';
import { signLikeBitbucket } from '../../test/support/signed-requests';
import { createCallerPages, drums, flutes } from '../../test/support/web/caller-pages';
import { ada, nobodyNamed } from '../../test/support/web/nobody-named';
import { acme, createTestWeb, type TestWeb } from '../../test/support/web/test-web';
import type { PageCaller, WebDependencies } from './routing/web-dependencies';

const bo = '{55555555-5555-4555-8555-555555555555}';
const cy = '{66666666-6666-4666-8666-666666666666}';
/** What Bitbucket says of whom; of nobody else it tells anything. */
const administrators = new Map<string, boolean>();
let isSilent = false;
const check: WebDependencies['administrators'] = {
  isAdministrator: async (_workspace, userUuid) => administrators.get(userUuid) ?? null,
  confirm: async (_workspace, userUuid) => {
    const is = administrators.get(userUuid);
    return isSilent ? 'unreachable' : is === undefined ? 'not_told' : is ? 'yes' : 'no';
  },
};

let web: TestWeb;
let app: Express;

beforeAll(async () => {
  web = await createTestWeb();
  await web.addTenant(acme);
  app = createCallerPages({ ...web.needs, administrators: check });
});

afterAll(() => web.close());

function address(page: string, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `/pages/${page}${search === '' ? '' : `?${search}`}`;
}

function open(url: string): request.Test {
  const jwt = signLikeBitbucket({ ...acme, method: 'GET', url, now: web.clock.now() });
  return request(app).get(`${url}${url.includes('?') ? '&' : '?'}jwt=${jwt}`);
}

async function load(page: string, query: Record<string, string> = {}): Promise<PageCaller> {
  return (await open(address(page, query)).expect(200)).body as PageCaller;
}

function fetchWith(session: string, url: string): request.Test {
  return request(app).get(url).set('Authorization', `Bearer ${session}`);
}

test('the workspace page is for the whole workspace, and reads only', async () => {
  expect(await load('workspace', { workspace: acme.workspace, user: ada })).toMatchObject({
    workspace: acme.workspace,
    repositoryUuid: null,
    userUuid: ada,
    canWrite: false,
  });
});

test('only the settings page may write', async () => {
  expect((await load('settings', { user: cy })).canWrite).toBe(true);
  const { session } = await load('workspace', { user: cy });
  await fetchWith(session, '/pages/settings').expect(404);
});

describe('the settings', () => {
  beforeEach(() => {
    isSilent = false;
    administrators.clear();
    administrators.set(ada, true).set(bo, false);
  });

  const post = (session: string) =>
    request(app).post('/pages/settings').type('form').send({ session, action: 'save-general' });
  const renew = (session: string, page = 'settings') => fetchWith(session, `/pages/${page}`);

  test('open for an administrator', async () => {
    const caller = await load('settings', { user: ada });
    expect(caller).toMatchObject({ canWrite: true, isKnownAdministrator: true });
    await renew(caller.session).expect(200);
  });

  test('are refused to everybody of whom Bitbucket says that they are none', async () => {
    await open(address('settings', { user: bo })).expect(403);
    await open(address('workspace', { user: bo })).expect(200);
  });

  test('open where Bitbucket does not tell, for an hour, and say so', async () => {
    const { session, ...caller } = await load('settings', { user: cy });
    expect(caller).toMatchObject({ canWrite: true, isKnownAdministrator: false });
    let latest = session;
    for (let minutes = 10; minutes <= 60; minutes += 10) {
      web.clock.advance(10 * 60_000);
      latest = ((await renew(latest).expect(200)).body as PageCaller).session;
    }
    web.clock.advance(1_000);
    await renew(latest).expect(401);
    await post(latest).expect(401);
    const reading = ((await renew(latest, 'workspace').expect(200)).body as PageCaller).session;
    await renew(reading).expect(404);
  });

  test('close to somebody who stops being an administrator, with their session in hand', async () => {
    const { session } = await load('settings', { user: ada });
    administrators.set(ada, false);
    await renew(session).expect(403);
    await post(session).expect(403);
    // Numbers they may still read, but with a session that has forgotten the settings for good.
    const reading = ((await renew(session, 'workspace').expect(200)).body as PageCaller).session;
    administrators.set(ada, true);
    await renew(reading).expect(404);
    await renew(session).expect(200);
  });

  test('stay as they are while Bitbucket is silent: nothing is changed, no session is renewed', async () => {
    const { session } = await load('settings', { user: ada });
    isSilent = true;
    for (const answer of [await renew(session), await post(session), await renew(session, 'workspace')]) {
      expect(answer.body).toMatchObject({ session });
    }
    expect((await post(session)).body).toMatchObject({ isUnconfirmed: true });
    expect(await load('settings', { user: ada })).toMatchObject({ isUnconfirmed: true });
    web.clock.advance(15 * 60_000);
    await renew(session).expect(401);
  });
});

describe('whom Bitbucket does not name', () => {
  const unnamed = [{}, { user: '{user.uuid}' }, { user: 'undefined' }, { user: '' }];
  const ofWorkspace = ['workspace', 'getting-started', 'settings', 'deployments', 'reviews', 'work-in-progress'];

  test.each(ofWorkspace)('sees nothing of the whole workspace: %s', async (page) => {
    for (const query of unnamed) await open(address(page, query)).expect(403);
    const stray = await web.sessions.issue({
      ...{ workspace: acme.workspace, repositoryUuid: null, role: 'write', page, ...nobodyNamed },
    });
    await fetchWith(stray?.session ?? '', `/pages/${page}`).expect(403);
  });

  test.each(['repository', 'repository-panel', 'pull-request', 'pull-request-panel'])(
    'sees the repository that Bitbucket shows: %s',
    async (page) => {
      for (const query of unnamed) {
        const shown = await load(page, { workspace: '{repository.owner.uuid}', repository: drums, ...query });
        expect(shown).toMatchObject({ userUuid: null, repositoryUuid: drums, canWrite: false });
        await fetchWith(shown.session, '/pages/deployments').expect(200, /22222222/u);
        await open(address(page, { repository: '{repository.uuid}', ...query })).expect(404);
      }
    },
  );
});

test.each(['repository', 'repository-panel', 'pull-request-panel'])(
  'the page %s is bound to its repository',
  async (page) => {
    const loaded = await load(page, { workspace: acme.workspace, repository: drums });
    expect(loaded).toMatchObject({ repositoryUuid: drums, canWrite: false });
    await fetchWith(loaded.session, address('repository', { repository: drums })).expect(200);
    await fetchWith(loaded.session, address('repository', { repository: flutes })).expect(404);
    await fetchWith(loaded.session, address('deployments')).expect(200, /22222222/u);
    await fetchWith(loaded.session, address('deployments', { repository: flutes })).expect(404);
    await fetchWith(loaded.session, '/pages/workspace').expect(404);
    await fetchWith(loaded.session, '/pages/settings').expect(404);
  },
);

test('a repository page without a repository is not there', async () => {
  await open(address('repository', { repository: '{repository.uuid}' })).expect(404);
  await open(`/pages/repository?repository=${drums}&repository=${flutes}`.replaceAll(/[{}]/gu, '')).expect(404);
});

test('a UUID may come without braces and in capitals', async () => {
  const bare = drums.replaceAll(/[{}]/gu, '').toUpperCase();
  expect(await load('repository', { repository: bare })).toMatchObject({ repositoryUuid: drums });
});

test('another workspace in the address is not there; a placeholder left unfilled is missing', async () => {
  await open(address('workspace', { workspace: flutes, user: ada })).expect(404);
  await open(address('workspace', { workspace: '{target_user.uuid}', user: ada })).expect(200);
});

test('our script opens pages with the session of a page, and gets a fresh one', async () => {
  const { session } = await load('workspace', { user: ada });
  web.clock.advance(60_000);
  const answer = await fetchWith(session, address('repository', { repository: drums })).expect(200);
  const fetched = answer.body as PageCaller;
  expect(fetched).toMatchObject({ repositoryUuid: drums, userUuid: ada });
  expect(fetched.session).not.toBe(session);
});

test('a form opens pages with its hidden session; its fields win over the address', async () => {
  const { session } = await load('repository', { repository: drums });
  const url = address('deployments', { repository: drums });
  await request(app).post(url).type('form').send({ session }).expect(200);
  await request(app).post(url).type('form').send({ session, repository: flutes }).expect(404);
  await request(app).post(url).type('form').send(`session=${session}&session=${session}`).expect(401);
});

test('a page nobody knows is not there, with or without a token', async () => {
  const { session } = await load('workspace', { user: ada });
  await fetchWith(session, '/pages/other').expect(404);
  await fetchWith(session, '/pages/workspace/').expect(404);
  await request(app).delete('/pages/workspace').set('Authorization', `Bearer ${session}`).expect(404);
});
