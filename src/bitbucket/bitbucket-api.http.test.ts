import { createSilentLog } from '../machine/log';
import {
  buildCommitPayload,
  buildPullRequestPayload,
  buildRepositoryPayload,
  buildUserPayload,
  repositoryUuid,
} from '../../test/support/fakes/bitbucket-payloads';
import { giveJson, giveStatus, startStandInServer, type StandInServer } from '../../test/support/fakes/stand-in-server';
import { createBitbucketApi, type BitbucketApi } from './bitbucket-api';
import { createBitbucketClient } from './client/bitbucket-client';
import { BitbucketUnavailable, Forbidden, NotFoundInBitbucket, UnreadablePayload } from './client/errors';

const workspace = '{cccccccc-0000-4000-8000-000000000003}';
const repository = repositoryUuid;
const path = '/2.0/repositories/%7Bcccccccc-0000-4000-8000-000000000003%7D/%7B0f1e2d3c-4b5a-4968-8776-5544332211aa%7D';

let server: StandInServer;
let api: BitbucketApi;
let purposes: string[];

beforeEach(async () => {
  server = await startStandInServer();
  purposes = [];
  const client = createBitbucketClient({
    apiUrl: server.url,
    workspace,
    authorise: async () => 'Bearer x',
    budget: {
      reserve: async (_lane, purpose) => void purposes.push(purpose),
      ...{ pause: async () => undefined, note: async () => undefined },
    },
    clock: { now: () => 0 },
    random: () => 0,
    lane: 'import',
    log: createSilentLog(),
    wait: async () => undefined,
  });
  api = createBitbucketApi(client);
});

afterEach(() => server.close());

/** What was asked for, taken apart. */
function asked(index = 0): { path: string; query: [string, string][]; fields: string[] } {
  const url = new URL(server.asked[index]?.url ?? '/none', server.url);
  const query = [...url.searchParams].filter(([name]) => name !== 'fields');
  return { path: url.pathname, query, fields: (url.searchParams.get('fields') ?? '').split(',') };
}

describe('pull requests', () => {
  const all = { states: ['OPEN', 'MERGED'], cursor: null };

  it('are listed by state, last updated first, fifty a page, with nothing but what is needed', async () => {
    server.answer(giveJson({ values: [buildPullRequestPayload()], size: 1 }));
    await expect(api.listPullRequests(workspace, repository, all)).resolves.toMatchObject({
      items: [{ number: 7 }],
      next: null,
      size: 1,
    });
    expect(asked().path).toBe(`${path}/pullrequests`);
    expect(asked().query).toEqual([
      ['pagelen', '50'],
      ['state', 'OPEN'],
      ['state', 'MERGED'],
      ['state', 'DRAFT'],
      ['state', 'QUEUED'],
      ['sort', '-updated_on'],
    ]);
    expect(asked().fields).toEqual(expect.arrayContaining(['next', 'size', 'values.id', 'values.links.diffstat.href']));
    expect(purposes).toEqual(['pull_requests']);
  });

  it('go on where the cursor says', async () => {
    const cursor = `${server.url}/2.0/somewhere?ctx=1`;
    server.answer(giveJson({ values: [] }));
    await api.listPullRequests(workspace, repository, { ...all, cursor });
    expect(server.asked[0]?.url).toBe('/2.0/somewhere?ctx=1');
  });

  it('are asked for with a smaller page, then with none named, when Bitbucket refuses the page', async () => {
    server.answer(giveStatus(400), giveStatus(400), giveJson({ values: [] }));
    const merged = { ...all, states: ['MERGED'] };
    await expect(api.listPullRequests(workspace, repository, merged)).resolves.toMatchObject({ items: [] });
    const pagelens = [0, 1, 2].map((index) => new Map(asked(index).query).get('pagelen'));
    expect(pagelens).toEqual(['50', '20', undefined]);
  });

  it('cannot be had where Bitbucket refuses a page of any length', async () => {
    server.answer(giveStatus(400));
    const merged = { ...all, states: ['MERGED'] };
    await expect(api.listPullRequests(workspace, repository, merged)).rejects.toBeInstanceOf(BitbucketUnavailable);
    expect(server.asked).toHaveLength(3);
  });

  it('are listed without the words for open ones that Bitbucket refuses, and that is remembered', async () => {
    const refuse = giveStatus(400);
    server.answer(refuse, refuse, giveJson({ values: [] }), giveJson({ values: [] }));
    await expect(api.listPullRequests(workspace, repository, all)).resolves.toMatchObject({ isNarrow: true });
    await expect(api.listPullRequests(workspace, repository, all)).resolves.toMatchObject({ isNarrow: true });
    const states = server.asked.map((_, index) => asked(index).query.filter(([name]) => name === 'state').length);
    expect(states).toEqual([4, 0, 2, 2]);
  });

  it('are listed by a query that names all words where the list does not take them', async () => {
    server.answer(giveStatus(400), giveJson({ values: [] }), giveJson({ values: [] }));
    for (let time = 0; time < 2; time += 1) {
      const page = await api.listPullRequests(workspace, repository, all);
      expect(page.isNarrow).toBeUndefined();
    }
    expect(server.asked).toHaveLength(3);
    for (const index of [1, 2]) {
      expect(asked(index).query).toEqual([
        ['pagelen', '50'],
        ['q', 'state="OPEN" OR state="MERGED" OR state="DRAFT" OR state="QUEUED"'],
        ['sort', '-updated_on'],
      ]);
    }
  });

  it('are read singly', async () => {
    server.answer(giveJson(buildPullRequestPayload()));
    await expect(api.getPullRequest(workspace, repository, 7)).resolves.toMatchObject({ number: 7 });
    expect(asked().path).toBe(`${path}/pullrequests/7`);
    expect(asked().fields).toContain('merge_commit.hash');
    expect(purposes).toEqual(['pull_request']);
  });
});

describe('the activity that is listed', () => {
  const approval = { date: '2026-11-02T12:00:00Z', user: buildUserPayload() };

  it('is that of the whole repository', async () => {
    server.answer(giveJson({ values: [{ pull_request: { id: 7 }, approval }, { approval }] }));
    const page = await api.listActivity(workspace, repository, { number: null, cursor: null });
    expect(page.items).toMatchObject([{ number: 7, activity: { kind: 'approval' } }]);
    expect(page.unreadable).toHaveLength(1);
    expect(asked()).toMatchObject({ path: `${path}/pullrequests/activity`, query: [['pagelen', '100']] });
  });

  it('is that of the whole repository in smaller pages where large ones are refused, and that is remembered', async () => {
    server.answer(giveStatus(400), giveJson({ values: [] }), giveJson({ values: [] }));
    await api.listActivity(workspace, repository, { number: null, cursor: null });
    await api.listActivity(workspace, repository, { number: null, cursor: null });
    const pagelens = server.asked.map((_, index) => new Map(asked(index).query).get('pagelen'));
    expect(pagelens).toEqual(['100', '50', '50']);
  });

  it('is that of one pull request', async () => {
    server.answer(giveJson({ values: [{ approval }] }));
    const page = await api.listActivity(workspace, repository, { number: 9, cursor: null });
    expect(page.items).toMatchObject([{ number: 9 }]);
    expect(asked().path).toBe(`${path}/pullrequests/9/activity`);
  });
});

describe('commits', () => {
  it('of a pull request are read to the last page, and not all are there where one cannot be read', async () => {
    const second = buildCommitPayload({ hash: 'aaaaaaaaaaaa' });
    server.answer(
      giveJson({ values: [buildCommitPayload(), { hash: 'bbbbbbbbbbbb' }], next: `${server.url}/2.0/n?page=XyZ` }),
      giveJson({ values: [second] }),
    );
    const { commits, isWhole } = await api.listPullRequestCommits(workspace, repository, 7);
    expect(isWhole).toBe(false);
    expect(commits.map((commit) => commit.hash.slice(0, 12))).toEqual(['0317dbfca7ea', 'aaaaaaaaaaaa']);
    expect(purposes).toEqual(['commits', 'commits']);
  });

  it('of a pull request whose branch or fork is gone are none', async () => {
    server.answer(giveJson({ values: [] }), giveStatus(404));
    await expect(api.listPullRequestCommits(workspace, repository, 7)).resolves.toEqual({
      ...{ commits: [], isWhole: true },
    });
    await expect(api.listPullRequestCommits(workspace, repository, 7)).resolves.toMatchObject({ commits: [] });
  });

  it('of a range are named by both its ends', async () => {
    server.answer(giveJson({ values: [buildCommitPayload()] }));
    const range = {
      include: ['feature/a&b=1'],
      exclude: 'd37ab54870d7',
      cursor: null,
      purpose: 'merge_commits' as const,
    };
    await expect(api.listCommits(workspace, repository, range)).resolves.toMatchObject({
      items: [{ parents: ['d37ab54870d7e77a99a986e52624b87acd04f1cb'] }],
    });
    expect(asked().query).toEqual([
      ['pagelen', '100'],
      ['include', 'feature/a&b=1'],
      ['exclude', 'd37ab54870d7'],
    ]);
    await api.listCommits(workspace, repository, { include: ['main'], exclude: null, cursor: null });
    expect(purposes).toEqual(['merge_commits', 'history']);
  });

  it('are read singly, and unknown ones are null', async () => {
    server.answer(giveJson(buildCommitPayload()), giveStatus(404));
    await expect(api.getCommit(workspace, repository, '0317dbfca7ea')).resolves.toMatchObject({
      authoredAt: Date.UTC(2026, 10, 1, 8),
    });
    await expect(api.getCommit(workspace, repository, '0317dbfca7ea')).resolves.toBeNull();
    expect(asked().path).toBe(`${path}/commit/0317dbfca7ea`);
  });
});

describe('the size of a pull request', () => {
  const known = {
    number: 7,
    diffstatUrl: null,
    sourceHash: '0317dbfca7ea',
    destinationHash: 'd37ab54870d7',
    sourceFullName: 'ada/shop-fork',
  };
  const link = `https://api.bitbucket.org/2.0/repositories/old-name/shop/diffstat/ada/shop-fork:0317dbfca7ea%0Dd37ab54870d7?from_pullrequest_id=7&topic=true`;
  const spec = `${path}/diffstat/ada/shop-fork:0317dbfca7ea%0Dd37ab54870d7`;
  const hints = [
    ['from_pullrequest_id', '7'],
    ['topic', 'true'],
  ];

  it.each([
    ['from the link in it, whatever the repository was called then', { ...known, diffstatUrl: link }],
    ['from its hashes', known],
  ])('is asked for directly %s', async (_how, pullRequest) => {
    server.answer(
      giveJson({
        values: [
          { lines_added: 3, lines_removed: 1 },
          { lines_added: 4, lines_removed: 0 },
        ],
      }),
    );
    await expect(api.getSize(workspace, repository, pullRequest)).resolves.toEqual({ linesAdded: 7, linesRemoved: 1 });
    expect(asked().path).toBe(spec);
    expect(asked().query).toEqual([['pagelen', '100'], ...hints]);
    expect(purposes).toEqual(['sizes']);
  });

  it('is asked for by number when nothing else is known, and the redirect is followed', async () => {
    server.answer(giveStatus(302, { location: '/2.0/x/diffstat/y' }), giveJson({ values: [] }));
    const unknown = { ...known, sourceHash: null, diffstatUrl: 'https://evil.example/2.0/x' };
    await expect(api.getSize(workspace, repository, unknown)).resolves.toEqual({ linesAdded: 0, linesRemoved: 0 });
    expect(asked().path).toBe(`${path}/pullrequests/7/diffstat`);
    expect(purposes).toEqual(['sizes', 'sizes']);
  });

  it('adds up all pages', async () => {
    const file = { lines_added: 1, lines_removed: 2 };
    server.answer(giveJson({ values: [file], next: `${server.url}/2.0/n?page=2` }), giveJson({ values: [file] }));
    await expect(api.getSize(workspace, repository, known)).resolves.toEqual({ linesAdded: 2, linesRemoved: 4 });
  });

  it('is unreadable when one of its files is', async () => {
    server.answer(giveJson({ values: ['file'] }));
    await expect(api.getSize(workspace, repository, known)).rejects.toBeInstanceOf(UnreadablePayload);
  });
});

describe('repositories', () => {
  it('are listed a hundred a page, without a role', async () => {
    server.answer(giveJson({ values: [buildRepositoryPayload()] }));
    await expect(api.listRepositories(workspace, null)).resolves.toMatchObject({ items: [{ slug: 'shop' }] });
    expect(asked()).toMatchObject({
      path: '/2.0/repositories/%7Bcccccccc-0000-4000-8000-000000000003%7D',
      query: [['pagelen', '100']],
    });
  });

  it('are read singly', async () => {
    server.answer(giveJson(buildRepositoryPayload()), giveStatus(404));
    await expect(api.getRepository(workspace, repository)).resolves.toMatchObject({ defaultBranch: 'main' });
    await expect(api.getRepository(workspace, repository)).rejects.toEqual(new NotFoundInBitbucket('repository'));
  });
});

describe('a workspace', () => {
  it('is read by its UUID', async () => {
    server.answer(giveJson({ uuid: workspace, slug: 'acme', name: 'Acme' }));
    await expect(api.getWorkspace(workspace)).resolves.toEqual({ uuid: workspace, slug: 'acme', name: 'Acme' });
    expect(asked().path).toBe('/2.0/workspaces/%7Bcccccccc-0000-4000-8000-000000000003%7D');
  });
});

describe('groups', () => {
  const platform = { name: 'Platform', slug: 'platform', members: [buildUserPayload()] };

  it('are a bare array, asked for by the slug', async () => {
    server.answer(giveJson([platform]));
    await expect(api.listGroups('acme corp')).resolves.toMatchObject([{ slug: 'platform' }]);
    expect(server.asked[0]?.url).toBe('/1.0/groups/acme%20corp/');
  });

  it('are not half a list', async () => {
    server.answer(giveJson([platform, { name: 'Web' }]));
    await expect(api.listGroups('acme')).rejects.toBeInstanceOf(UnreadablePayload);
    server.answer(giveJson({ values: [platform] }));
    await expect(api.listGroups('acme')).rejects.toBeInstanceOf(BitbucketUnavailable);
  });

  it('are for administrators', async () => {
    server.answer(giveStatus(403));
    await expect(api.listGroups('acme')).rejects.toEqual(new Forbidden('groups'));
  });
});

describe('the administrators of a workspace', () => {
  const owner = (uuid: string) => ({ permission: 'owner', user: { type: 'user', uuid } });

  it('are its owners, each once, on however many pages', async () => {
    server.answer(
      giveJson({ values: [owner('{A}'), owner('{b}')], next: `${server.url}/2.0/n?page=XyZ` }),
      giveJson({ values: [owner('{a}'), { permission: 'owner', user: {} }, 'nobody'] }),
    );
    await expect(api.listAdministrators(workspace)).resolves.toEqual(['{a}', '{b}']);
    expect(asked()).toEqual({
      path: `/2.0/workspaces/${encodeURIComponent(workspace)}/permissions`,
      query: [
        ['pagelen', '100'],
        ['q', 'permission="owner"'],
      ],
      fields: ['next', 'size', 'values.permission', 'values.user.uuid'],
    });
    expect(purposes).toEqual(['administrators', 'administrators']);
  });

  it('are none of the members that an ignored filter lets through', async () => {
    const member = { permission: 'member', user: { uuid: '{b}' } };
    server.answer(giveJson({ values: [member, owner('{a}'), { user: { uuid: '{c}' } }] }));
    await expect(api.listAdministrators(workspace)).resolves.toEqual(['{a}']);
  });

  it('are not told where Bitbucket refuses, or names nobody', async () => {
    server.answer(giveStatus(403), giveStatus(404), giveJson({ values: [] }));
    for (let count = 0; count < 3; count += 1) await expect(api.listAdministrators(workspace)).resolves.toBeNull();
    expect(server.asked).toHaveLength(3);
  });
});

describe('the repositories that somebody may see', () => {
  const right = (user: string, repository: string) => ({ user: { uuid: user }, repository: { uuid: repository } });

  it('are those of their rights, on however many pages', async () => {
    server.answer(
      giveJson({ values: [right('{A}', '{r}')], next: `${server.url}/2.0/n?page=2` }),
      giveJson({ values: [right('{a}', '{s}'), right('{b}', '{t}')] }),
    );
    await expect(api.listVisibleRepositories(workspace, '{A}')).resolves.toEqual(['{r}', '{s}']);
    expect(asked()).toEqual({
      path: `/2.0/workspaces/${encodeURIComponent(workspace)}/permissions/repositories`,
      query: [
        ['pagelen', '100'],
        ['q', 'user.uuid="{a}"'],
      ],
      fields: ['next', 'size', 'values.permission', 'values.user.uuid', 'values.repository.uuid'],
    });
    expect(purposes).toEqual(['permissions', 'permissions']);
  });

  it('are not told where Bitbucket refuses, or ignores the filter and tells of too many', async () => {
    server.answer(giveStatus(403), giveStatus(404), giveStatus(410));
    for (let count = 0; count < 3; count += 1) {
      await expect(api.listVisibleRepositories(workspace, '{a}')).resolves.toBeNull();
    }
    const toPage = (page: number) =>
      giveJson({ values: [right('{b}', `{${page}}`)], next: `${server.url}/2.0/n?page=${page + 1}` });
    server.answer(...Array.from({ length: 30 }, (_, page) => toPage(page)));
    await expect(api.listVisibleRepositories(workspace, '{a}')).resolves.toBeNull();
    expect(server.asked).toHaveLength(3 + 11);
  });
});

describe('the member with an e-mail address', () => {
  it('is asked for once, with the address in quotation marks that it cannot leave', async () => {
    server.answer(giveJson({ values: [] }));
    await expect(api.findMember(workspace, String.raw`a"\) OR (b@c.example`)).resolves.toBeNull();
    expect(asked()).toEqual({
      path: `/2.0/workspaces/${encodeURIComponent(workspace)}/members`,
      query: [['q', String.raw`user.email IN ("a\"\\) OR (b@c.example")`]],
      fields: ['next', 'size', 'values.user.uuid', 'values.user.display_name', 'values.user.email'],
    });
    expect(purposes).toEqual(['members']);
  });

  it('is refused to those who may not look for members', async () => {
    server.answer(giveStatus(403));
    await expect(api.findMember(workspace, 'a@b.example')).rejects.toEqual(new Forbidden('members'));
  });
});
