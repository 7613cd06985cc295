import { repositories } from '../../../test/support/viewers/canary-world';
import {
  openViewedWeb,
  theAdministrator,
  toViewerUuid,
  viewers,
  type Reply,
  type ViewedWeb,
} from '../../../test/support/viewers/viewed-web';
import { aWorkspaceUuid as workspace } from '../../../test/support/builders';
import { longestViewQuery, mostSavedViews } from '../../domain/views/saved-view';

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string; readonly query: string }[];
  readonly default_query: string | null;
}

const [alpha, bravo] = repositories.map(({ uuid }) => uuid);
const nowhere = '{99999999-0000-4000-8000-000000000009}';
const ofAlpha = `range=30&system=${encodeURIComponent(alpha ?? '')}`;
const pick = (name: string) => viewers.find((one) => one.name === name && !one.isSignedIn) ?? theAdministrator;

let viewed: ViewedWeb;
/** Whoever administers the workspace, sees alpha alone, or sees nothing that is private. */
let sessions: Readonly<Record<'administrator' | 'one' | 'nobody', string>>;

beforeEach(async () => {
  viewed = await openViewedWeb();
  const [administrator, one, nobody] = await Promise.all(
    [theAdministrator, pick('one'), pick('nobody')].map((viewer) => viewed.issue(viewer)),
  );
  sessions = { administrator: administrator ?? '', one: one ?? '', nobody: nobody ?? '' };
});
afterEach(() => viewed.close());

type Who = keyof typeof sessions;
const send = (who: Who, [method, path]: readonly [string, string], body: unknown): Promise<Reply> =>
  viewed.ask(sessions[who], `/api/v1${path}`, { method, type: 'application/json', body: JSON.stringify(body) });
const save = (who: Who, view: object = {}) =>
  send(who, ['POST', '/views'], { name: 'Alpha', page: 'workspace', query: ofAlpha, ...view });
const list = async (session: string) => JSON.parse((await viewed.ask(session, '/api/v1/views')).text) as Listed;
const names = async (session: string) => (await list(session)).items.map(({ name }) => name);
const problemOf = ({ text }: Reply) => (JSON.parse(text) as { errors?: readonly { name: string }[] }).errors?.[0]?.name;

describe('Saved views', () => {
  it('are there for whoever may see what they name, and for nobody else', async () => {
    expect((await save('one')).status).toBe(200);
    await save('administrator', { name: 'Everything', query: 'range=month' });
    await save('administrator', { name: 'Bravo', page: 'repository', query: `repository=${bravo ?? ''}&range=30` });
    expect(await names(sessions.administrator)).toEqual(['Alpha', 'Bravo', 'Everything']);
    expect(await names(sessions.one)).toEqual(['Alpha', 'Everything']);
    expect(await names(sessions.nobody)).toEqual(['Everything']);
    const ofBravo = await viewed.issue(theAdministrator, { repository: bravo ?? '' });
    expect(await names(ofBravo)).toEqual(['Bravo']);
    const id = (await list(sessions.one)).items[0]?.id ?? '';
    const page = (who: Who) => viewed.ask(sessions[who], `/pages/workspace?view=${id}`);
    expect((await page('one')).status).toBe(200);
    const [hidden, absent] = [await page('nobody'), await viewed.ask(sessions.nobody, '/pages/workspace?view=none')];
    expect([hidden.status, absent.status]).toEqual([400, 400]);
    expect(hidden.text).not.toContain('name-alpha-q');
  });

  it('are deleted by whoever saved them, or by an administrator', async () => {
    await save('one');
    await save('administrator', { name: 'Everything', query: '' });
    const [own, theirs] = (await list(sessions.one)).items.map(({ id }) => `/views?id=${id}`);
    expect((await send('one', ['DELETE', theirs ?? ''], {})).status).toBe(403);
    expect((await send('nobody', ['DELETE', own ?? ''], {})).status).toBe(404);
    expect((await send('administrator', ['DELETE', own ?? ''], {})).status).toBe(200);
    expect((await send('administrator', ['DELETE', own ?? ''], {})).status).toBe(404);
    expect(await names(sessions.one)).toEqual(['Everything']);
  });

  it('are refused by the name of what is wrong', async () => {
    const wrong = {
      name: [{ name: '' }, { name: ' \u200b ' }, { name: 'a'.repeat(61) }, { name: 'two\u0000parts' }],
      range: [{ query: 'range=soon' }],
      body: [{ page: 'settings' }, { page: 'constructor' }, { name: 5 }, { more: 1 }],
      query: [{ query: `team=${'x'.repeat(longestViewQuery)}` }],
      system: [{ query: `system=${bravo ?? ''}` }],
      repository: [{ query: `repository=${bravo ?? ''}` }, { query: `repository=${nowhere}` }],
      team: [{ query: 'team=constructor' }],
    };
    for (const [name, views] of Object.entries(wrong)) {
      for (const view of views) {
        const reply = await save('one', view);
        expect([view, reply.status, problemOf(reply)]).toEqual([view, 400, name]);
      }
    }
    expect(await names(sessions.administrator)).toEqual([]);
  });

  it('have hostile names as text, of 60 characters whatever they take, and no name twice', async () => {
    const hostile = [
      ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '{{name}} {{{this}}}', "'; DROP TABLE x;--"],
      ...['__proto__', 'constructor', '🥁'.repeat(60), '\u202eright to left'],
    ];
    for (const name of hostile) expect([name, (await save('one', { name })).status]).toEqual([name, 200]);
    expect((await names(sessions.one)).toSorted()).toEqual(hostile.toSorted());
    for (const page of ['/pages/workspace?range=30', `/pages/views?query=range%3D30`]) {
      const { text } = await viewed.ask(sessions.one, page);
      expect(text).toContain('&lt;script&gt;alert(1)');
      expect(text).not.toMatch(/<script>alert|<img src=x/u);
    }
    expect(problemOf(await save('administrator', { name: ' CONSTRUCTOR ', query: '' }))).toBe('name');
  });

  it('are a hundred at most', async () => {
    const view = { page: 'workspace', query: '', labels: {}, madeBy: null, now: 1 };
    for (let number = 1; number < mostSavedViews; number += 1) {
      await viewed.web.stores.views.add(workspace, { ...view, name: `View ${number}` });
    }
    expect((await save('one', { name: 'The last' })).status).toBe(200);
    const tooMany = await save('one', { name: 'One too many' });
    expect([tooMany.status, problemOf(tooMany)]).toEqual([400, 'name']);
    expect(tooMany.text).toContain('100 views');
  });

  it('show what is left of them, and name what is gone', async () => {
    const view = { name: 'Old', page: 'workspace', madeBy: null, now: 1 };
    const query = `range=30&system=${encodeURIComponent(bravo ?? '')}&system=${encodeURIComponent(nowhere)}`;
    const labels = { [nowhere]: 'Long <b>gone' };
    const added = await viewed.web.stores.views.add(workspace, { ...view, query, labels });
    const id = typeof added === 'string' ? '' : added.id;
    const { status, text } = await viewed.ask(sessions.administrator, `/pages/workspace?view=${id}`);
    expect(status).toBe(200);
    expect(text).toContain('name-bravo-q');
    expect(text).toContain('Part of this view no longer exists');
    expect(text).toContain('Long &lt;b&gt;gone: deleted');
    // Whoever does not see all is not told what was there.
    expect((await viewed.ask(sessions.one, `/pages/workspace?view=${id}`)).status).toBe(400);
  });
});

describe('The last view', () => {
  const keep = (who: Who, query: string) => send(who, ['PUT', '/views/last'], { query });
  const open = async (who: Who, page = 'workspace') => (await viewed.ask(sessions[who], `/pages/${page}`)).text;
  const isShown = (text: string) => /<meta name="address" content="[^"]*range&#x3D;7&/u.test(text);

  it('opens every page of the workspace, for whoever saw it alone', async () => {
    expect((await keep('one', 'range=7&interval=day')).status).toBe(200);
    for (const page of ['workspace', 'reviews', 'deployments', 'data-quality']) {
      expect([page, isShown(await open('one', page))]).toEqual([page, true]);
      expect([page, isShown(await open('administrator', page))]).toEqual([page, false]);
    }
    const day = await viewed.ask(sessions.one, '/pages/workspace?range=30');
    expect(isShown(day.text)).toBe(false);
  });

  it('is remembered of a form too, as its named range, and not of an address alone', async () => {
    const now = new Date(viewed.web.clock.now()).toISOString().slice(0, 10);
    const form = (body: string) =>
      viewed.ask(sessions.one, '/pages/deployments', {
        method: 'POST',
        type: 'application/x-www-form-urlencoded',
        body,
      });
    await viewed.ask(sessions.one, '/pages/deployments?range=7&interval=day');
    expect(isShown(await open('one'))).toBe(false);
    const dates = `from=${now}&to=${now}`;
    await form(`session=${sessions.one}&${dates}&kept=7&shown=${now}/${now}&interval=day&sort=-deployed`);
    expect(isShown(await open('one'))).toBe(true);
    await form(`session=${sessions.one}&range=soon`);
    expect(isShown(await open('one'))).toBe(true);
  });

  it('names nothing that its viewer may not see, or sees no more', async () => {
    expect(problemOf(await keep('nobody', ofAlpha))).toBe('system');
    expect((await keep('one', ofAlpha)).status).toBe(200);
    expect(await open('one')).toContain('name-alpha-q');
    expect(await open('nobody')).not.toContain('name-alpha-q');
    viewed.rights.set(toViewerUuid(pick('one')), []);
    viewed.web.clock.advance(125 * 60_000);
    const left = await viewed.ask(await viewed.issue(pick('one')), '/pages/workspace');
    expect(left.text).toContain('Part of this view no longer exists');
    expect(left.text).not.toContain('title-alpha-q');
  });

  it('is of one repository where its page is, and not for a token', async () => {
    const bound = await viewed.issue(pick('one'), { repository: alpha ?? '' });
    const put = (query: string) =>
      viewed.ask(bound, '/api/v1/views/last', {
        ...{ method: 'PUT', type: 'application/json', body: JSON.stringify({ query }) },
      });
    expect((await put('range=7&interval=day')).status).toBe(200);
    expect(problemOf(await put(`range=7&repository=${bravo ?? ''}`))).toBe('repository');
    expect(isShown(await open('one'))).toBe(false);
    expect((await viewed.ask(bound, '/pages/repository')).text).toMatch(/range&#x3D;7&/u);
    const { secret } = await createToken('read_write');
    const body = JSON.stringify({ query: 'range=7' });
    const reply = await viewed.ask(secret, '/api/v1/views/last', { method: 'PUT', type: 'application/json', body });
    expect(reply.status).toBe(403);
  });
});

async function createToken(scope: 'read' | 'read_write') {
  const { token } = await viewed.web.stores.apiTokens.create({ workspace, name: scope, scope, now: 1 });
  return { secret: token };
}

describe('The default view', () => {
  const setDefault = (who: Who, query: string | null) => send(who, ['PUT', '/views/default'], { query });

  it('is set by administrators of the workspace, and for everybody', async () => {
    for (const who of ['one', 'nobody'] as const) expect((await setDefault(who, 'range=7')).status).toBe(403);
    const bound = await viewed.issue(theAdministrator, { repository: alpha ?? '' });
    const body = JSON.stringify({ query: 'range=7' });
    const asBound = await viewed.ask(bound, '/api/v1/views/default', {
      ...{ method: 'PUT', type: 'application/json', body },
    });
    expect(asBound.status).toBe(403);
    expect((await list(sessions.one)).default_query).toBeNull();
    // It names neither repositories nor teams: everybody may see it.
    expect((await setDefault('administrator', `${ofAlpha}&interval=day&team=developers`)).status).toBe(200);
    expect((await list(sessions.nobody)).default_query).toBe('range=30&interval=day');
    expect((await viewed.ask(sessions.nobody, '/pages/reviews')).text).toContain('range&#x3D;30&amp;interval&#x3D;day');
    expect((await setDefault('administrator', null)).status).toBe(200);
    expect((await list(sessions.nobody)).default_query).toBeNull();
  });

  it('is no longer set by somebody who administers it no more', async () => {
    viewed.bitbucket.listAdministrators = async () => [];
    viewed.web.clock.advance(2 * 60_000);
    expect((await setDefault('administrator', 'range=7')).status).toBe(403);
  });
});

it('A view of another workspace is none', async () => {
  const other = '{99999999-9999-4999-8999-999999999999}';
  const { stores } = viewed.web;
  await stores.workspaces.save({ uuid: other, slug: 'other', name: 'Other', connectedAt: 1 });
  const view = { name: 'Theirs', page: 'workspace', query: 'range=7', labels: {}, madeBy: null, now: 1 };
  const added = await stores.views.add(other, view);
  const id = typeof added === 'string' ? '' : added.id;
  expect(await names(sessions.administrator)).toEqual([]);
  expect((await send('administrator', ['DELETE', `/views?id=${id}`], {})).status).toBe(404);
  expect((await viewed.ask(sessions.administrator, `/pages/workspace?view=${id}`)).status).toBe(400);
  expect((await stores.views.list(other)).saved).toHaveLength(1);
});
