import { day } from '../support/builders';
import { listRoutes } from '../support/list-routes';
import { listCanaries, repositories } from '../support/viewers/canary-world';
import { acme } from '../support/web/test-web';
import {
  listSeen,
  openViewedWeb,
  theAdministrator,
  toViewerUuid,
  viewers,
  type Reply,
  type ViewedWeb,
  type Viewer,
} from '../support/viewers/viewed-web';

/**
 * What a viewer is shown is what an administrator is shown who has chosen the repositories of that viewer: for every
 * route and every viewer. A route that stands in no list here fails the first test.
 */

const theAdministratorUuid = toViewerUuid(theAdministrator);

let viewed: ViewedWeb;
let administrator: string;
beforeAll(async () => {
  viewed = await openViewedWeb();
  administrator = await viewed.issue(theAdministrator);
});
afterAll(() => viewed.close());

const date = (at: number) => new Date(at).toISOString().slice(0, 10);
const now = () => viewed.web.clock.now();
const range = () => `from=${date(now() - 120 * day)}&to=${date(now())}&interval=month`;

const metrics = ['accelerate', 'reviews', 'work-in-progress', 'waits', 'what-changed', 'data-quality'].map(
  (name) => `metrics/${name}`,
);
const lists = ['deployments', 'incidents', 'pull-requests?state=merged', 'pull-requests?state=open'];
/** Pages of the workspace that filter by repository, with every part of theirs. */
const filtered = [
  ...['workspace', 'reviews', 'work-in-progress', 'deployments', 'incidents', 'pull-requests', 'data-quality', 'day'],
  ...[
    'deployments?outcome=failed',
    'deployments?outcome=fix',
    'pull-requests?state=open',
    'pull-requests?state=undated',
  ],
];
const hasTables = (page: string) => ['workspace', 'reviews'].includes(page);
const ofOne = ['repository', 'repository-panel', 'pull-request', 'pull-request-panel', 'release'];
const noNumbers = ['openapi.json', 'session', 'teams', 'settings', 'import', 'systems'];
/** What each viewer sees of them is in view-routes.database.test.ts. */
const views = ['views', 'views/last', 'views/default'];

const join = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;
const nameOf = ({ name, isSignedIn }: Viewer) => `${name} ${isSignedIn ? 'in our own window' : 'in the frame'}`;
const all = viewers.map((viewer) => [nameOf(viewer), viewer] as const);

test('every route of pages and API is compared here', () => {
  const path = (route: string) => route.replace(/\?.*/u, '');
  const routes = listRoutes(viewed.app).filter((route) => /\/(?:pages|api)\//u.test(route));
  const known = [
    ...[...filtered, ...ofOne, 'settings', 'getting-started', 'corrections', 'views'].map(
      (page) => `ALL /pages/${path(page)}`,
    ),
    ...[...metrics, ...lists, ...noNumbers, ...views].map((route) => `ALL /api/v1/${path(route)}`),
  ];
  expect(routes.filter((route) => !known.includes(route))).toEqual([]);
});

/** Each address is asked once in the name of an administrator, for those in the frame and in our own window alike. */
const ofAdministrator = new Map<string, Reply>();
async function askAsAdministrator(address: string): Promise<Reply> {
  const reply = ofAdministrator.get(address) ?? (await viewed.ask(administrator, address));
  ofAdministrator.set(address, reply);
  return reply;
}

/** As an administrator asks for the same: by the repositories of the viewer, and where there are none by the empty one. */
function toChoice(viewer: Viewer): string {
  const seen = listSeen(viewer);
  return seen.map(({ uuid }) => `system=${encodeURIComponent(uuid)}`).join('&');
}

describe.each(all)('What %s is answered', (_name, viewer) => {
  let session: string;
  beforeAll(async () => {
    session = await viewed.issue(viewer);
  });
  const read = async (address: string) => (await viewed.ask(session, address)).text;
  const readAll = async (address: string) => (await askAsAdministrator(join(address, toChoice(viewer)))).text;

  it.each([...metrics, ...lists])(
    'by the API is what an administrator gets of the same repositories: %s',
    async (route) => {
      const limit = metrics.includes(route) ? '' : '&limit=3';
      for (const more of ['', '&format=csv', `&data=raw&team=developers${limit}`]) {
        const address = join(`/api/v1/${route}`, `${range()}${more}`);
        expect(withoutWithheld(await read(address))).toBe(withoutWithheld(await readAll(address), listSeen(viewer)));
      }
    },
  );

  it.each(filtered)('on a page are the same numbers and rows: %s', async (page) => {
    // Of two who may see the same one is shown a page plainly, the other one as it is narrowed down; the next page, the
    // other way round.
    const isPlain = (filtered.indexOf(page) % 2 === 0) !== viewer.isSignedIn;
    const asked = join(`/pages/${page}`, `${range()}${isPlain ? '' : '&data=raw&team=developers'}`);
    expect(toFigures(await read(asked))).toEqual(toFigures(await readAll(asked), listSeen(viewer)));
    for (const more of ['&format=csv', ...(hasTables(page) ? ['&format=csv&table=systems'] : [])]) {
      const address = join(`/pages/${page}`, `${range()}${more}`);
      const [own, theirs] = [await read(address), await readAll(address)];
      // A page without a download is the page again.
      const toText = own.startsWith('<') ? () => '' : withoutWithheld;
      expect(toText(own)).toBe(toText(theirs, listSeen(viewer)));
    }
  });

  it.each(ofOne)('of a repository is what an administrator gets, or that it is not there: %s', async (page) => {
    const seen = new Set(listSeen(viewer).map(({ uuid }) => uuid));
    const nowhere = '{eeeeeeee-0000-4000-8000-000000000009}';
    const toAddress = (uuid: string) =>
      join(`/pages/${page}?repository=${encodeURIComponent(uuid)}&number=7&pull_request=7&release=7`, range());
    const absent = await viewed.ask(session, toAddress(nowhere));
    for (const { uuid } of repositories) {
      const own = await viewed.ask(session, toAddress(uuid));
      const theirs = await askAsAdministrator(toAddress(uuid));
      const isSeen = seen.has(uuid);
      expect(own.status).toBe(isSeen ? theirs.status : 404);
      const nothing = { ...own, text: own.text.replaceAll(bare(uuid), bare(nowhere)) };
      const [found, expected] = isSeen
        ? [toFigures(own.text), toFigures(theirs.text, listSeen(viewer))]
        : [nothing, absent];
      expect(found).toEqual(expected);
    }
  });

  it('are the repositories to choose from, and the problems of these', async () => {
    const slugs = listSeen(viewer).map(({ slug }) => slug);
    const { items } = JSON.parse(await read('/api/v1/systems')) as { items: { slug: string }[] };
    expect(items.map(({ slug }) => slug).toSorted()).toEqual(slugs.toSorted());
    const { problems } = JSON.parse(await read('/api/v1/import')) as { problems: { repository: string }[] };
    expect(new Set(problems.map(({ repository }) => repository))).toEqual(new Set(slugs));
    expect(await read('/api/v1/teams')).toBe((await askAsAdministrator('/api/v1/teams')).text);
  });

  it('of a repository that they may not see is what is said of one that is not there', async () => {
    const absent = new Map<string, Reply>();
    for (const [index, { uuid, slug }] of repositories.entries()) {
      if (listSeen(viewer).some((one) => one.uuid === uuid)) continue;
      const names = [
        [slug, 'slug-nobody'],
        [bare(uuid), bare('{eeeeeeee-0000-4000-8000-000000000009}')],
      ] as const;
      // Every route is asked by the slug of one and by the UUID of the next.
      for (const [place, route] of [...metrics, ...lists].entries()) {
        const [foreign, unknown] = names[(index + place) % 2 === 0 ? 0 : 1];
        const ask = (system: string) => viewed.ask(session, join(`/api/v1/${route}`, `system=${system}`));
        const of = `${route} ${unknown}`;
        const nowhere = absent.get(of) ?? (await ask(unknown));
        absent.set(of, nowhere);
        const own = await ask(foreign);
        const toText = (text: string) => text.replace(/"request_id":"[^"]+"/u, '').replaceAll(foreign, unknown);
        expect([own.status, toText(own.text)]).toEqual([400, toText(nowhere.text)]);
      }
    }
  });

  it('with a session bound to a repository is nothing of another, nor of that one without a right', async () => {
    for (const [index, repository] of repositories.entries()) {
      const bound = await viewed.issue(viewer, { repository: repository.uuid });
      const isSeen = listSeen(viewer).includes(repository);
      const { items } = JSON.parse((await viewed.ask(bound, '/api/v1/systems')).text) as { items: { slug: string }[] };
      expect(items.map(({ slug }) => slug)).toEqual(isSeen ? [repository.slug] : []);
      // Every other route; those between are asked with the next one.
      for (const route of [...metrics, ...lists].filter((_route, place) => (index + place) % 2 === 0)) {
        const { text } = await viewed.ask(bound, join(`/api/v1/${route}`, range()));
        const others = repositories.filter((one) => one !== repository || !isSeen);
        expect(others.flatMap(listCanaries).filter((canary) => text.includes(canary))).toEqual([]);
      }
    }
  });
});

const bare = (uuid: string) => uuid.slice(1, -1);

/**
 * An incident that was linked to a deployment of another repository counts where it is linked; of the repository in
 * which it was fixed it says nothing to those who may not see that. To compare, what is withheld is cut from both.
 */
function withoutWithheld(text: string, seen: readonly { readonly uuid: string }[] = repositories): string {
  const foreign = repositories.filter((one) => !seen.some(({ uuid }) => uuid === one.uuid));
  const isForeign = (line: string) => line.includes('withheld/') || foreign.some(({ uuid }) => line.includes(uuid));
  if (text.startsWith('{')) {
    const answer = JSON.parse(text) as { items?: object[]; next?: string | null };
    const items = answer.items?.map((item) => (isForeign(JSON.stringify(item)) ? 'withheld' : item));
    // Of the whole workspace, and so for those alone who see all of it.
    const repaired = 'repaired_in_30_days' in answer && { repaired_in_30_days: null };
    return JSON.stringify({ ...answer, ...repaired, ...(items && { items }) });
  }
  return text
    .split('\r\n')
    .map((line) => (isForeign(line) ? 'withheld' : line))
    .join('\r\n');
}

/** Tiles and rows of a page as texts. */
function toFigures(html: string, seen: readonly { readonly word: string }[] = repositories): string[] {
  const foreign = repositories.filter((one) => !seen.some(({ word }) => word === one.word));
  const texts = [
    ...html
      // What an administrator can do in a row is no part of it.
      .replaceAll(/<(t[dh])[^>]*class="row-act".*?<\/\1>/gsu, '')
      .matchAll(
        /<p class="tile-value">.*?<\/p>|<tr role="row"(?: class="row[ "][^>]*)?>.*?<\/tr>|<dd>.*?<\/dd>|<li>.*?<\/li>/gsu,
      ),
  ];
  return texts
    .map(([part]) =>
      part
        .replaceAll(/<[^>]*>/gu, ' ')
        .replace('No gap was found in the last 30 days.', '')
        .replaceAll(/\s+/gu, ' ')
        .trim(),
    )
    .map((text) => {
      const isForeign =
        text.includes('which is not shown here') || foreign.some(({ word }) => text.includes(`${word}-q`));
      return isForeign ? 'withheld' : text;
    });
}

/** What a page of one repository, or a panel, may ask for: its session is for that repository, and for looking alone. */
const ofRepositorySession: Readonly<Record<string, number>> = {
  ...Object.fromEntries([...metrics, ...lists].map((route) => [`GET /api/v1/${route}`, 200])),
  ...{
    'GET /api/v1/systems': 200,
    'GET /api/v1/teams': 200,
    'GET /api/v1/import': 200,
    'GET /api/v1/openapi.json': 200,
  },
  ...{ 'GET /api/v1/settings': 404, 'PATCH /api/v1/settings': 403, 'POST /api/v1/session': 200 },
  ...Object.fromEntries(filtered.map((page) => [`GET /pages/${page}`, page === 'workspace' ? 404 : 200])),
  ...{ 'GET /pages/settings': 404, 'POST /pages/settings': 404, 'GET /pages/getting-started': 404 },
  ...{ 'GET /pages/corrections': 404, 'POST /pages/corrections': 404 },
  // Views are the viewer's own; the one of the page of a repository is kept beside that of the workspace.
  ...{ 'GET /api/v1/views': 200, 'POST /api/v1/views': 400, 'PUT /api/v1/views/last': 400 },
  ...{ 'PUT /api/v1/views/default': 403, 'GET /pages/views': 200 },
  ...Object.fromEntries(ofOne.map((page) => [`GET /pages/${page}?number=7&pull_request=7&release=7`, 200])),
};

describe('A session of one repository', () => {
  const path = (route: string) => route.replace(/\?.*/u, '');

  it('is tried at every route of pages and API', () => {
    const tried = Object.keys(ofRepositorySession).map((row) => path(row.split(' ')[1] ?? ''));
    const routes = listRoutes(viewed.app).filter((route) => /\/(?:pages|api)\//u.test(route));
    expect(routes.filter((route) => !tried.includes(route.split(' ')[1] ?? ''))).toEqual([]);
  });

  it('tells nothing of settings, of who belongs to a team, or of another repository, an administrator neither', async () => {
    const [own, ...others] = repositories;
    const bound = await viewed.issue({ ...theAdministrator, isSignedIn: true }, { repository: own?.uuid ?? '' });
    for (const [row, expected] of Object.entries(ofRepositorySession)) {
      const [method = '', address = ''] = row.split(' ');
      const sent = method === 'PATCH' ? { type: 'application/json', body: '{"timezone":"Europe/Paris"}' } : {};
      const { status, text } = await viewed.ask(bound, address, { method, ...sent });
      expect([row, status]).toEqual([row, expected]);
      expect([row, others.flatMap(listCanaries).filter((canary) => text.includes(canary))]).toEqual([row, []]);
    }
    const { items } = JSON.parse((await viewed.ask(bound, '/api/v1/teams')).text) as { items: { members: unknown }[] };
    expect(new Set(items.map(({ members }) => members))).toEqual(new Set([null]));
    expect((await viewed.web.stores.settings.get(acme.workspace)).timezone).toBe('UTC');
  });
});

describe('Whoever changes something', () => {
  const operator = 'link:1';
  const change = (session: string) =>
    viewed.ask(session, '/api/v1/settings', { method: 'PATCH', type: 'application/json', body: '{"timezone":"UTC"}' });
  const renew = (session: string) => viewed.ask(session, '/api/v1/session', { method: 'POST' });
  const makeToken = (madeBy: string | null, scope: 'read' | 'read_write' = 'read_write') =>
    viewed.web.stores.apiTokens.create({ workspace: acme.workspace, name: 'ci', scope, now: now(), madeBy });
  const later = (minutes = 1) => viewed.web.clock.advance(minutes * 60_000 + 1_000);
  beforeEach(async () => {
    viewed.bitbucket.listAdministrators = async () => [theAdministratorUuid];
    later(15);
    await change(await viewed.issue(theAdministrator, { role: 'write' }));
  });

  it.each([true, false])(
    'is asked for again within a minute, and ends with a clear no (own window: %s)',
    async (own) => {
      const session = await viewed.issue({ ...theAdministrator, isSignedIn: own }, { role: 'write' });
      expect([(await change(session)).status, (await renew(session)).status]).toEqual([200, 200]);
      viewed.bitbucket.listAdministrators = async () => ['{c0c0c0c0-0000-4000-8000-00000000ffff}'];
      later();
      for (const answer of [await change(session), await renew(session)]) {
        expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('Only an administrator')]);
      }
      const posted = { method: 'POST', type: 'application/x-www-form-urlencoded', body: `session=${session}&action=x` };
      expect((await viewed.ask(session, '/pages/settings', posted)).status).toBe(403);
    },
  );

  it.each([true, false])('changes nothing while Bitbucket is silent (own window: %s)', async (own) => {
    const session = await viewed.issue({ ...theAdministrator, isSignedIn: own }, { role: 'write' });
    const { token } = await makeToken(theAdministratorUuid);
    viewed.bitbucket.listAdministrators = async () => Promise.reject(new Error('It is silent.'));
    later();
    for (const answer of [await change(session), await renew(session), await change(token)]) {
      expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('Try again in a minute')]);
    }
    // Looking goes on, and so does the page, as it is.
    expect([
      (await viewed.ask(session, '/api/v1/settings')).status,
      (await viewed.ask(token, '/api/v1/teams')).status,
    ]).toEqual([200, 200]);
    expect((await viewed.ask(session, '/pages/settings')).text).toContain(`content="${session}"`);
  });

  it('is where Bitbucket does not tell believed for an hour after it has shown the settings', async () => {
    viewed.bitbucket.listAdministrators = async () => null;
    later();
    let session = await viewed.issue(theAdministrator, { role: 'write' });
    for (let minutes = 10; minutes <= 60; minutes += 10) {
      viewed.web.clock.advance(10 * 60_000);
      session = (JSON.parse((await renew(session)).text) as { session: string }).session;
    }
    expect((await change(session)).status).toBe(200);
    later();
    const refused = await renew(session);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('open them there again')]);
  });

  it('with a token is whoever made it: one of somebody who is gone reads, and is listed so', async () => {
    const gone = await makeToken('{c0c0c0c0-0000-4000-8000-00000000ffff}');
    const [present, former] = [await makeToken(theAdministratorUuid), await makeToken(null)];
    const [byLink, unlinked] = [await makeToken(operator), await makeToken('link:2')];
    const link = {
      workspace: acme.workspace,
      id: '1',
      name: 'Bo',
      isAdministrator: true,
      usedAt: null,
      revokedAt: null,
    };
    await viewed.web.stores.viewers.saveLink({ ...link, madeAt: 0, validUntil: 1, tokenHash: 'x' });
    const statuses = await Promise.all(
      [present, former, byLink, gone, unlinked].map(async ({ token }) => (await change(token)).status),
    );
    expect(statuses).toEqual([200, 200, 200, 403, 403]);
    for (const { token } of [gone, unlinked]) expect((await viewed.ask(token, '/api/v1/settings')).status).toBe(200);
    const session = await viewed.issue(theAdministrator, { role: 'write' });
    const page = (await viewed.ask(session, '/pages/settings?section=tokens')).text;
    expect(page).toContain('2 tokens were made by people who are no administrator any more');
    expect(page).toContain('who is no administrator any more');
    expect(page).toContain('which is revoked');
    await viewed.web.stores.viewers.revokeLink(acme.workspace, '1', now());
    expect((await change(byLink.token)).status).toBe(403);
  });
});

describe('Rights that are taken away', () => {
  const several = viewers.find(({ name, isSignedIn }) => name === 'several' && !isSignedIn);
  const list = async (session: string) =>
    (JSON.parse((await viewed.ask(session, '/api/v1/systems')).text) as { items: { slug: string }[] }).items.length;

  it('are gone with the next request after they were read again, with the session in hand', async () => {
    if (several === undefined) throw new Error('There is no such viewer.');
    const session = await viewed.issue(several);
    expect(await list(session)).toBe(4);
    viewed.rights.set(toViewerUuid(several), []);
    expect(await list(session)).toBe(4);
    viewed.web.clock.advance(125 * 60_000);
    expect(await list(await viewed.issue(several))).toBe(1);
  });

  it('of our own window close it, and an API token sees all', async () => {
    const signedIn = viewers.find(({ name, isSignedIn }) => name === 'one' && isSignedIn);
    if (signedIn === undefined) throw new Error('There is no such viewer.');
    const session = await viewed.issue(signedIn);
    expect(await list(session)).toBe(2);
    await viewed.web.stores.viewers.replaceRights(toViewerUuid(signedIn), new Map());
    expect((await viewed.ask(session, '/api/v1/systems')).status).toBe(403);
    expect((await viewed.ask(session, '/pages/workspace')).status).toBe(403);
    const { workspace } = { workspace: '{11111111-1111-4111-8111-111111111111}' };
    const made = { workspace, name: 'ci', scope: 'read', now: now() } as const;
    expect(await list((await viewed.web.stores.apiTokens.create(made)).token)).toBe(6);
  });
});
