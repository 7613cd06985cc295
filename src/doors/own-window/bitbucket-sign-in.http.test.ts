import {
  aRepositoryRight,
  aWorkspaceAccess,
  startBitbucketSignIn,
  theKey,
  thePerson,
  theSecret,
  theToken,
  toRepositoriesAddress,
  usualTokenAnswer,
  workspacesAddress,
  type BitbucketSignIn,
} from '../../../test/support/fakes/bitbucket-sign-in';
import { giveJson, giveStatus, giveText, type StandInAnswer } from '../../../test/support/fakes/stand-in-server';
import {
  acme,
  aWindowRequest,
  beta,
  openTestWindow,
  toCookieHeader,
  type TestWindow,
} from '../../../test/support/own-window';
import type { OwnWindow } from '../own-window';

const web = '{aaaaaaaa-0000-4000-8000-000000000001}';
const api = '{aaaaaaaa-0000-4000-8000-000000000002}';
const foreign = '{33333333-cccc-4ccc-8ccc-333333333333}';
const minute = 60_000;
const user = { type: 'user', uuid: thePerson, display_name: 'Jane Doe', account_id: '557058:1' };

let test: TestWindow;
let bitbucket: BitbucketSignIn;
let window: OwnWindow;

beforeEach(async () => {
  bitbucket = await startBitbucketSignIn();
  const { url } = bitbucket;
  const consumer = { oauthKey: theKey, oauthSecret: theSecret };
  test = await openTestWindow('sqlite', { bitbucketUrl: url, bitbucketApiUrl: url, ...consumer, timeoutMs: 2_000 });
  window = test.window;
  bitbucket.answers.set('/2.0/user', giveJson(user));
  listWorkspaces([aWorkspaceAccess(acme, false), aWorkspaceAccess(foreign, true)]);
  bitbucket.answers.set(toRepositoriesAddress(acme), giveJson({ values: [aRepositoryRight(web, 'write')] }));
});

afterEach(async () => {
  await bitbucket.close();
  await test.stores.close();
});

function listWorkspaces(values: readonly object[]): void {
  bitbucket.answers.set(workspacesAddress, giveJson({ values }));
}

/** What a browser brings back from Bitbucket. */
function begin(to = '/overview?days=30'): { cookie: string; state: string } {
  const begun = window.beginSignIn(to);
  if (begun === null) throw new Error('Signing in is not configured.');
  const state = new URL(begun.location).searchParams.get('state') ?? '';
  return { state, cookie: toCookieHeader(begun.cookie) };
}

let codes = 0;
async function signIn(to?: string, otherCookies = '') {
  const { cookie, state } = begin(to);
  codes += 1;
  return window.finishSignIn({
    query: `code=code-${codes}&state=${state}`,
    cookieHeader: `${cookie}; ${otherCookies}`,
  });
}

type Finished = Awaited<ReturnType<typeof signIn>>;
const toOutcome = (finished: Finished): string => (finished.kind === 'refused' ? finished.reason : finished.kind);
const identify = async (cookie: string) => (await window.identify(aWindowRequest({ cookie })))?.signIn ?? null;

/** Rows of the tables of who is looking. */
async function readAll(): Promise<unknown[]> {
  const tables = ['viewer_rights', 'sign_ins', 'sign_in_links'];
  return Promise.all(tables.map((table) => test.stores.database.read(`SELECT * FROM ${table}`, [])));
}

/** Whatever happened, nothing secret was written down. */
async function expectNothingSecret(): Promise<void> {
  const written = JSON.stringify([test.logged, await readAll()]);
  for (const secret of [theToken, theSecret, 'refresh-token-nobody-keeps', `code-${codes}`]) {
    expect(written).not.toContain(secret);
  }
}

describe('Signing in with Bitbucket', () => {
  it('begins with the address of Bitbucket and a cookie of ten minutes', () => {
    const begun = window.beginSignIn('/overview');
    const url = new URL(begun?.location ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(`${bitbucket.url}/site/oauth2/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: theKey,
      response_type: 'code',
      redirect_uri: 'https://drumbeat.example/sign-in/callback',
      state: expect.stringMatching(/^[\w-]{43}$/u) as string,
    });
    expect(begun?.cookie).toMatch(
      /^drumbeat-state=[\w-]+\.[\w-]{43}; Max-Age=600; Path=\/sign-in; HttpOnly; SameSite=Lax; Secure$/u,
    );
  });

  it('ends with a sign-in that sees what Bitbucket says, and takes the cookie of the beginning back', async () => {
    const finished = await signIn();
    expect(finished).toMatchObject({
      ...{ kind: 'signed-in', to: '/overview?days=30' },
      workspaces: [{ uuid: acme, slug: 'acme', name: 'Acme', isAdministrator: false }],
    });
    const [cookie, used] = finished.cookies;
    expect(cookie).toMatch(/^drumbeat=[\w-]{43}\.[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Lax; Secure$/u);
    expect(used).toBe('drumbeat-state=; Max-Age=0; Path=/sign-in; HttpOnly; SameSite=Lax; Secure');
    const found = await identify(toCookieHeader(cookie));
    expect(found).toMatchObject({ way: 'bitbucket', viewer: thePerson, userUuid: thePerson, name: 'Jane Doe' });
    expect(await test.stores.viewers.getRights(acme, thePerson)).toMatchObject({
      ...{ isAdministrator: false, repositories: [web], readAt: test.clock.now() },
    });
    await expectNothingSecret();
  });

  it('asks with key and secret by Basic, and then with the token in a header alone', async () => {
    await signIn();
    const [token] = bitbucket.tokensAsked;
    expect(token?.authorization).toBe(`Basic ${Buffer.from(`${theKey}:${theSecret}`).toString('base64')}`);
    expect(Object.fromEntries(token?.form ?? [])).toEqual({
      ...{ grant_type: 'authorization_code', code: `code-${codes}` },
      redirect_uri: 'https://drumbeat.example/sign-in/callback',
    });
    const asked = bitbucket.asked.slice(1);
    expect(asked.map(({ url }) => url)).toEqual(['/2.0/user', workspacesAddress, toRepositoriesAddress(acme)]);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${theToken}`]));
  });

  it('lets an administrator see all, and asks for the role where the list of workspaces does not tell', async () => {
    listWorkspaces([aWorkspaceAccess(acme, undefined), aWorkspaceAccess(beta, true)]);
    bitbucket.answers.set(
      `/2.0/user/workspaces/${encodeURIComponent(acme)}/permission`,
      giveJson({ permission: 'owner' }),
    );
    const finished = await signIn();
    expect(finished).toMatchObject({
      workspaces: [
        { uuid: acme, isAdministrator: true },
        { uuid: beta, isAdministrator: true },
      ],
    });
    expect(await test.stores.viewers.getRights(acme, thePerson)).toMatchObject({ repositories: null });
    const found = await identify(toCookieHeader(finished.cookies[0]));
    expect(found && (await window.toCaller(found, beta))).toMatchObject({ role: 'administrator', viewer: thePerson });
    // Rights that are older than they are believed make nobody an administrator.
    test.clock.advance(60 * minute + 1);
    expect(found && (await window.toCaller(found, beta))).toMatchObject({ role: 'member' });
  });

  it('reads all pages of what somebody may see, and leaves out what is no right', async () => {
    const second = `${toRepositoriesAddress(acme)}&page=2`;
    const next = `${bitbucket.url}${second}`;
    bitbucket.answers.set(toRepositoriesAddress(acme), giveJson({ values: [aRepositoryRight(web, 'read')], next }));
    const none = aRepositoryRight('{aaaaaaaa-0000-4000-8000-000000000003}', 'none');
    bitbucket.answers.set(second, giveJson({ values: [aRepositoryRight(api, 'admin'), none, { odd: true }] }));
    await signIn();
    expect((await test.stores.viewers.getRights(acme, thePerson))?.repositories).toEqual([web, api]);
  });

  it('closes a workspace at once when Bitbucket no longer lists it', async () => {
    listWorkspaces([aWorkspaceAccess(acme, false), aWorkspaceAccess(beta, true)]);
    const cookie = toCookieHeader((await signIn()).cookies[0]);
    listWorkspaces([aWorkspaceAccess(acme, false)]);
    await signIn();
    const found = await identify(cookie);
    expect(found && (await window.listWorkspaces(found))).toMatchObject([{ uuid: acme }]);
    expect(found && (await window.toCaller(found, beta))).toBeNull();
    listWorkspaces([]);
    expect(toOutcome(await signIn())).toBe('no_workspace');
    expect(found && (await window.listWorkspaces(found))).toEqual([]);
  });

  it('ends what somebody else had open at the same browser, and leaves what the same person had', async () => {
    const first = toCookieHeader((await signIn()).cookies[0]);
    const second = toCookieHeader((await signIn(undefined, first)).cookies[0]);
    expect(await identify(first)).not.toBeNull();
    bitbucket.answers.set('/2.0/user', giveJson({ ...user, uuid: '{88888888-8888-4888-8888-888888888888}' }));
    await signIn(undefined, second);
    expect(await identify(first)).not.toBeNull();
    expect(await identify(second)).toBeNull();
  });

  it('is refused without a consumer', async () => {
    const closed = test.open({ oauthKey: null, oauthSecret: null });
    expect(closed.ways).toEqual({ bitbucket: false, proxy: false });
    expect(closed.beginSignIn('/')).toBeNull();
    const finished = await closed.finishSignIn({ query: 'code=a&state=b', cookieHeader: undefined });
    expect(toOutcome(finished)).toBe('not_configured');
  });
});

describe('A callback that this browser did not begin', () => {
  it.each([
    ['without a cookie', (state: string) => ({ query: `code=a&state=${state}`, cookieHeader: undefined })],
    ['with another state', (_: string, cookie: string) => ({ query: 'code=a&state=forged', cookieHeader: cookie })],
    ['without a state', (_: string, cookie: string) => ({ query: 'code=a', cookieHeader: cookie })],
    [
      'with two states',
      (state: string, cookie: string) => ({ query: `code=a&state=${state}&state=${state}`, cookieHeader: cookie }),
    ],
    [
      'with a forged cookie',
      (state: string, cookie: string) => ({ query: `code=a&state=${state}`, cookieHeader: `${cookie}A` }),
    ],
    [
      'with two cookies',
      (state: string, cookie: string) => ({ query: `code=a&state=${state}`, cookieHeader: `${cookie}; ${cookie}` }),
    ],
  ])('is refused %s, and Bitbucket is not asked', async (_, toCallback) => {
    const { cookie, state } = begin();
    const finished = await window.finishSignIn(toCallback(state, cookie));
    expect(finished).toEqual({
      kind: 'refused',
      reason: 'not_begun_here',
      cookies: [expect.stringMatching(/Max-Age=0/u)],
    });
    expect(bitbucket.asked).toEqual([]);
    expect(await readAll()).toEqual([[], [], []]);
    expect(JSON.stringify(test.logged)).not.toContain(state);
  });

  it('is refused ten minutes after the beginning', async () => {
    const { cookie, state } = begin();
    test.clock.advance(10 * minute);
    expect(toOutcome(await window.finishSignIn({ query: `code=a&state=${state}`, cookieHeader: cookie }))).toBe(
      'not_begun_here',
    );
  });

  it('is refused the second time, and Bitbucket is not asked again', async () => {
    const { cookie, state } = begin();
    const callback = { query: `code=code-twice&state=${state}`, cookieHeader: cookie };
    expect(toOutcome(await window.finishSignIn(callback))).toBe('signed-in');
    const before = await readAll();
    const asked = bitbucket.asked.length;
    expect(toOutcome(await window.finishSignIn(callback))).toBe('not_begun_here');
    expect(bitbucket.asked).toHaveLength(asked);
    expect(await readAll()).toEqual(before);
    await expectNothingSecret();
  });
});

describe('What Bitbucket may say to a callback', () => {
  it.each([
    ['error=access_denied', 'declined'],
    ['error=server_error', 'bitbucket_unavailable'],
    ['error=unauthorized_client', 'consumer_refused'],
    ['', 'bitbucket_unreadable'],
    ['code=', 'bitbucket_unreadable'],
    ['code=a&code=b', 'bitbucket_unreadable'],
  ])('is understood: %s is %s', async (query, reason) => {
    const { cookie, state } = begin();
    const finished = await window.finishSignIn({ query: `${query}&state=${state}`, cookieHeader: cookie });
    expect(toOutcome(finished)).toBe(reason);
    expect(bitbucket.asked).toEqual([]);
  });
});

const hangUp: StandInAnswer = (_, request) => request.socket.destroy();
const neverAnswer: StandInAnswer = () => undefined;
const dripForEver: StandInAnswer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"access_token":');
};
const aPage: StandInAnswer = (response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>');

describe('A token that Bitbucket does not give', () => {
  it.each<[string, StandInAnswer, string]>([
    ['used code', giveJson({ error: 'invalid_grant' }, 400), 'code_refused'],
    ['wrong secret', giveJson({ error: 'invalid_client', error_description: 'no' }, 401), 'consumer_refused'],
    ['wrong secret, said in a header', giveStatus(401, { 'www-authenticate': 'Basic realm="x"' }), 'consumer_refused'],
    ['consumer that may not', giveJson({ error: 'unauthorized_client' }, 400), 'consumer_refused'],
    ['a limit', giveStatus(429), 'bitbucket_unavailable'],
    ['a failure', giveStatus(503), 'bitbucket_unavailable'],
    ['no answer', hangUp, 'bitbucket_unavailable'],
    ['an answer that does not come', neverAnswer, 'bitbucket_unavailable'],
    ['an answer that does not end', dripForEver, 'bitbucket_unavailable'],
    ['a page', aPage, 'bitbucket_unreadable'],
    ['no JSON', giveText('{'), 'bitbucket_unreadable'],
    ['a list', giveJson([]), 'bitbucket_unreadable'],
    ['no token', giveJson({ token_type: 'bearer' }), 'bitbucket_unreadable'],
    ['a token of another type', giveJson({ ...usualTokenAnswer, token_type: 'mac' }), 'bitbucket_unreadable'],
    ['a redirect', giveStatus(302, { location: 'http://127.0.0.1:9/' }), 'bitbucket_unreadable'],
  ])('is a refusal in words: %s', async (_, answer, reason) => {
    window = test.open({ timeoutMs: 300 });
    bitbucket.answerToken = answer;
    const finished = await signIn();
    expect(test.logged.at(-1)).toMatchObject({ reason, detail: expect.any(String) as string });
    expect(finished).toEqual({
      kind: 'refused',
      reason,
      cookies: [expect.stringMatching(/^drumbeat-state=; Max-Age=0/u)],
    });
    expect(await readAll()).toEqual([[], [], []]);
    expect(bitbucket.asked).toHaveLength(1);
    await expectNothingSecret();
  });

  it('may be called otherwise and say less: neither scope nor lifetime are needed', async () => {
    bitbucket.answerToken = giveJson({ access_token: theToken, token_type: 'Bearer' });
    expect(toOutcome(await signIn())).toBe('signed-in');
  });
});

describe('Rights that Bitbucket does not tell', () => {
  const withBody = (values: unknown): StandInAnswer => giveJson({ values });
  it.each<[string, string, StandInAnswer, string]>([
    ['who it is: no scope', '/2.0/user', giveStatus(403), 'scope_missing'],
    ['who it is: a refused token', '/2.0/user', giveStatus(401), 'bitbucket_unreadable'],
    ['who it is: nobody', '/2.0/user', giveJson({ display_name: 'Jane' }), 'bitbucket_unreadable'],
    ['who it is: a limit', '/2.0/user', giveStatus(429), 'bitbucket_unavailable'],
    ['who it is: a redirect', '/2.0/user', giveStatus(302, { location: '/2.0/users/x' }), 'bitbucket_unreadable'],
    ['workspaces: no scope', workspacesAddress, giveStatus(403), 'scope_missing'],
    ['workspaces: gone', workspacesAddress, giveStatus(410), 'bitbucket_unreadable'],
    ['workspaces: no answer', workspacesAddress, hangUp, 'bitbucket_unavailable'],
    ['workspaces: an answer that does not come', workspacesAddress, neverAnswer, 'bitbucket_unavailable'],
    ['workspaces: no page of a list', workspacesAddress, giveJson({ workspaces: [] }), 'bitbucket_unreadable'],
    ['workspaces: a list of something else', workspacesAddress, withBody([{ slug: 'acme' }]), 'bitbucket_unreadable'],
    [
      'workspaces: another host',
      workspacesAddress,
      giveJson({ values: [], next: 'http://127.0.0.1:9/2.0/x' }),
      'bitbucket_unreadable',
    ],
    ['repositories: a failure', toRepositoriesAddress(acme), giveStatus(500), 'bitbucket_unavailable'],
    ['repositories: no JSON', toRepositoriesAddress(acme), giveText('<html>'), 'bitbucket_unreadable'],
  ])('change nothing: %s', async (...[, address, answer, reason]) => {
    await signIn();
    const before = await readAll();
    window = test.open({ timeoutMs: 300 });
    bitbucket.answers.set(address, answer);
    expect(toOutcome(await signIn())).toBe(reason);
    expect(await readAll()).toEqual(before);
    await expectNothingSecret();
  });

  it('are none where Bitbucket refuses to tell, and the other workspaces stay', async () => {
    listWorkspaces([aWorkspaceAccess(acme, false), aWorkspaceAccess(beta, false)]);
    bitbucket.answers.set(toRepositoriesAddress(beta), giveStatus(403));
    expect(await signIn()).toMatchObject({ kind: 'signed-in', workspaces: [{ uuid: acme }] });
    bitbucket.answers.set(toRepositoriesAddress(acme), giveStatus(403));
    expect(toOutcome(await signIn())).toBe('scope_missing');
    expect(await test.stores.viewers.listWorkspaces(thePerson)).toEqual([]);
  });

  it('are asked for with fewer a page where Bitbucket refuses so many', async () => {
    const address = toRepositoriesAddress(acme);
    bitbucket.answers.set(address, giveStatus(400));
    bitbucket.answers.set(address.replace('=100', '=20'), giveJson({ values: [aRepositoryRight(api, 'read')] }));
    await signIn();
    expect((await test.stores.viewers.getRights(acme, thePerson))?.repositories).toEqual([api]);
  });
});
