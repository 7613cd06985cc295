import type { RequestListener } from 'node:http';
import request from 'supertest';
import type { Sight } from '../domain/people/visible-repositories';
import type { Looking } from '../ingestion/record/viewers';
import { seesAll } from '../domain/people/visible-repositories';
import { createCallerPages, drums, flutes } from '../../test/support/web/caller-pages';
import { ada } from '../../test/support/web/nobody-named';
import { acme, createTestWeb, type TestWeb } from '../../test/support/web/test-web';
import type { PageCaller, WebDependencies } from './routing/web-dependencies';
import { createWebApp } from './web-app';

let web: TestWeb;
let sight: Sight;
let isAdministrator: boolean | null;
let looked: Looking[];
let needs: WebDependencies;

beforeEach(async () => {
  web = await createTestWeb();
  await web.addTenant(acme);
  [sight, isAdministrator, looked] = [seesAll, null, []];
  const see = async (looking: Looking) => {
    looked.push(looking);
    return sight;
  };
  const confirm = async () => (isAdministrator === null ? 'not_told' : isAdministrator ? 'yes' : 'no');
  const administrators = { isAdministrator: async () => isAdministrator, confirm };
  needs = { ...web.needs, viewers: { see }, administrators };
});
afterEach(() => web.close());

const some: Sight = { kind: 'open', repositories: [drums], basis: 'bitbucket', isAdministrator: false };
const signIn = { id: 's', way: 'bitbucket', viewer: ada, userUuid: ada, name: 'Ada' } as const;

async function issue(change: { signIn?: string | null; role?: 'read' | 'write'; repositoryUuid?: string } = {}) {
  await web.stores.viewers.saveSignIn({ ...signIn, startedAt: 0, endsAt: web.clock.now() + 60_000 });
  const usual = { workspace: acme.workspace, repositoryUuid: null, role: 'read', page: 'workspace' } as const;
  return (await web.sessions.issue({ ...usual, userUuid: ada, viewer: ada, signIn: null, ...change }))?.session ?? '';
}
const ask = (session: string, path: string, app: RequestListener = createWebApp(needs)) =>
  request(app).get(path).set('Authorization', `Bearer ${session}`);
const look = (url: string, app = createCallerPages(needs)) => {
  const jwt = web.sign(acme, { method: 'GET', url });
  return request(app).get(`${url}${url.includes('?') ? '&' : '?'}jwt=${jwt}`);
};

describe('A page', () => {
  test.each([
    [{ kind: 'closed', basis: 'no_right' }, 403, 'You do not have access to this workspace'],
    [{ kind: 'closed', basis: 'administrators' }, 403, 'The numbers are for administrators here'],
    [{ kind: 'stale' }, 401, 'Your permissions have to be read again'],
  ] as const)('is closed in words: %j', async (closed, status, title) => {
    sight = closed;
    const session = await issue();
    for (const page of ['workspace', 'reviews', `repository?repository=${drums}`, `pull-request?repository=${drums}`]) {
      expect((await ask(session, `/pages/${page}`).expect(status)).text).toContain(title);
    }
    await look(`/pages/workspace?user=${ada}`).expect(status);
    await ask(session, '/api/v1/systems').expect(403);
  });

  test('asks for whom it was signed, and of which repository Bitbucket shows it', async () => {
    await look(`/pages/repository?repository=${drums}&user=${ada}`).expect(200);
    const who = { workspace: acme.workspace, viewer: ada, signIn: null };
    expect(looked).toEqual([{ ...who, isAdministrator: null, shown: drums }]);
  });

  test('with a session of one repository shows that alone, and nothing once it may not be seen', async () => {
    sight = some;
    const app = createCallerPages(needs);
    const bound = await issue({ repositoryUuid: drums });
    const { body } = (await ask(bound, `/pages/deployments`, app).expect(200)) as { body: PageCaller };
    expect(body.sight.repositories).toEqual([drums]);
    await ask(await issue({ repositoryUuid: flutes }), `/pages/deployments`, app).expect(404);
  });
});

describe('The settings', () => {
  test('are for whoever Bitbucket showed them to, who sees all; a clear no closes them', async () => {
    await look(`/pages/settings?user=${ada}`).expect(200);
    expect(looked[0]).toMatchObject({ isAdministrator: true });
    isAdministrator = false;
    await look(`/pages/settings?user=${ada}`).expect(403);
  });

  test('of our own window are for administrators alone', async () => {
    const session = await issue({ signIn: 's', role: 'write' });
    await ask(session, '/pages/settings', createCallerPages(needs)).expect(200, /"isKnownAdministrator":true/u);
    sight = { ...seesAll, isAdministrator: false };
    await ask(session, '/pages/settings', createCallerPages(needs)).expect(403);
    await ask(session, '/api/v1/systems').expect(403);
  });

  test('are no longer written by somebody who is none any more, with an old session', async () => {
    const session = await issue({ role: 'write' });
    isAdministrator = false;
    const change = request(createWebApp(needs)).patch('/api/v1/settings').set('Authorization', `Bearer ${session}`);
    expect((await change.send({ levels: 'dora-2024' }).expect(403)).text).toContain('Only an administrator');
  });
});
