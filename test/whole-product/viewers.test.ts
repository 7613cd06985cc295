import { day } from '../support/builders';
import { listRoutes } from '../support/list-routes';
import { listCanaries, repositories } from '../support/viewers/canary-world';
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

const metrics = ['metrics/accelerate', 'metrics/reviews', 'metrics/work-in-progress'];
const lists = ['deployments', 'incidents', 'pull-requests?state=merged', 'pull-requests?state=open'];
/** Pages of the workspace that filter by repository, with every part of theirs. */
const filtered = [
  ...['workspace', 'reviews', 'work-in-progress', 'deployments', 'incidents', 'pull-requests'],
  ...[
    'deployments?outcome=failed',
    'deployments?outcome=fix',
    'pull-requests?state=open',
    'pull-requests?state=undated',
  ],
];
const hasTables = (page: string) => ['workspace', 'reviews'].includes(page);
const ofOne = ['repository', 'repository-panel', 'pull-request', 'pull-request-panel'];
const noNumbers = ['openapi.json', 'session', 'teams', 'settings', 'import', 'systems'];

const join = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;
const nameOf = ({ name, isSignedIn }: Viewer) => `${name} ${isSignedIn ? 'in our own window' : 'in the frame'}`;
const all = viewers.map((viewer) => [nameOf(viewer), viewer] as const);

test('every route of pages and API is compared here', () => {
  const path = (route: string) => route.replace(/\?.*/u, '');
  const routes = listRoutes(viewed.app).filter((route) => /\/(?:pages|api)\//u.test(route));
  const known = [
    ...[...filtered, ...ofOne, 'settings', 'getting-started'].map((page) => `ALL /pages/${path(page)}`),
    ...[...metrics, ...lists, ...noNumbers].map((route) => `ALL /api/v1/${path(route)}`),
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
      join(`/pages/${page}?repository=${encodeURIComponent(uuid)}&number=7&pull_request=7`, range());
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
    return JSON.stringify({ ...answer, ...(items && { items }) });
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
    ...html.matchAll(/<p class="tile-value">.*?<\/p>|<tr role="row">.*?<\/tr>|<dd>.*?<\/dd>|<li>.*?<\/li>/gsu),
  ];
  return texts
    .map(([part]) =>
      part
        .replaceAll(/<[^>]*>/gu, ' ')
        .replaceAll(/\s+/gu, ' ')
        .trim(),
    )
    .map((text) => {
      const isForeign =
        text.includes('which is not shown here') || foreign.some(({ word }) => text.includes(`${word}-q`));
      return isForeign ? 'withheld' : text;
    });
}

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
