import {
  acme,
  aWindowRequest,
  beta,
  disconnect,
  openTestWindow,
  toCookieHeader,
  type TestWindow,
} from '../../../test/support/own-window';
import { databaseKinds } from '../../../test/support/test-database';
import type { LinkWish } from '../own-window';
import { makeAdministratorLink } from './sign-in-links';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const wish: LinkWish = { workspace: acme, name: 'Wall by the door' };

describe.each(databaseKinds)('Sign-in links on %s', (kind) => {
  let test: TestWindow;
  beforeEach(async () => {
    test = await openTestWindow(kind);
  });
  afterEach(async () => {
    await test.stores.close();
  });

  const makeToken = async (changes: Partial<LinkWish> = {}, isAdministrator = false): Promise<string> => {
    const wanted = { ...wish, ...changes };
    const { viewers, connections } = test.stores;
    const needs = { baseUrl: 'https://drumbeat.example', clock: test.clock, viewers, connections };
    const { url } = await (isAdministrator ? makeAdministratorLink(wanted, needs) : test.window.makeLink(wanted));
    expect(url).toMatch(/^https:\/\/drumbeat\.example\/sign-in\/link\/[\w-]{43}$/u);
    return url.split('/').at(-1) ?? '';
  };
  const open = async (token: string): Promise<string> => {
    const used = await test.window.useLink(token);
    return used.kind === 'signed-in' ? toCookieHeader(used.cookie) : `refused: ${used.reason}`;
  };
  const identify = async (cookie: string) => (await test.window.identify(aWindowRequest({ cookie })))?.signIn ?? null;

  it('let in once, to all of one workspace', async () => {
    const token = await makeToken();
    const signIn = await identify(await open(token));
    expect(signIn).toMatchObject({ way: 'link', name: 'Wall by the door', userUuid: null });
    if (signIn === null) return;
    expect(await test.window.listWorkspaces(signIn)).toEqual([
      { uuid: acme, slug: 'acme', name: 'Acme', isAdministrator: false },
    ]);
    const { viewer, id } = signIn;
    expect(await test.window.toCaller(signIn, acme)).toEqual({
      ...{ workspace: acme, userUuid: null, role: 'member', viewer, signIn: id },
    });
    expect(await test.stores.viewers.getRights(acme, viewer)).toMatchObject({ repositories: null });
    expect(await test.window.toCaller(signIn, beta)).toBeNull();
    expect(await open(token)).toBe('refused: used');
  });

  it('let one in of ten who open the same one at once', async () => {
    const token = await makeToken();
    const all = await Promise.all(Array.from({ length: 10 }, () => open(token)));
    expect(all.filter((one) => one !== 'refused: used')).toHaveLength(1);
  });

  it('end when they are revoked, with what was opened with them', async () => {
    const made = await test.window.makeLink(wish);
    const unused = await test.window.makeLink(wish);
    const cookie = await open(made.url.split('/').at(-1) ?? '');
    const signIn = await identify(cookie);
    expect(await test.window.revokeLink(beta, made.id)).toBe(false);
    expect(await identify(cookie)).not.toBeNull();
    expect(await test.window.revokeLink(acme, made.id)).toBe(true);
    expect(await test.window.revokeLink(acme, made.id)).toBe(false);
    expect(await identify(cookie)).toBeNull();
    expect(signIn && (await test.window.listWorkspaces(signIn))).toEqual([]);
    await test.window.revokeLink(acme, unused.id);
    expect(await open(unused.url.split('/').at(-1) ?? '')).toBe('refused: revoked');
  });

  it('open nothing when they are revoked while they are used', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => test.window.makeLink(wish)));
    const cookies = made.map(async ({ id, url }) => {
      const opening = open(url.split('/').at(-1) ?? '');
      expect(await test.window.revokeLink(acme, id)).toBe(true);
      return opening;
    });
    for (const cookie of await Promise.all(cookies)) expect(await identify(cookie)).toBeNull();
    expect(await test.stores.database.read('SELECT viewer FROM viewer_rights', [])).toEqual([]);
  });

  it('are listed newest first, without their secret', async () => {
    await makeToken();
    test.clock.advance(minute);
    await makeToken({ name: null, validMs: 400 * day }, true);
    const listed = await test.window.listLinks(acme);
    expect(listed.map(({ name, isAdministrator }) => [name, isAdministrator])).toEqual([
      [null, true],
      ['Wall by the door', false],
    ]);
    expect(JSON.stringify(listed)).not.toMatch(/tokenHash/u);
    expect(await test.window.listLinks(beta)).toEqual([]);
  });

  it('forget sign-ins that have ended', async () => {
    await open(await makeToken());
    test.clock.advance(8 * hour);
    await open(await makeToken());
    expect(await test.stores.database.read('SELECT id FROM sign_ins', [])).toHaveLength(1);
    expect(await test.stores.database.read('SELECT viewer FROM viewer_rights', [])).toHaveLength(1);
  });

  // What follows asks the database for nothing but what the tests above and those of the store ask of both.
  if (kind === 'postgres') return;

  it('show what they open without being used up', async () => {
    const token = await makeToken({ validMs: 5 * minute });
    const shown = { workspace: 'Acme', name: 'Wall by the door', validUntil: test.clock.now() + 5 * minute };
    expect(await test.window.readLink(token)).toEqual(shown);
    expect(await test.window.readLink(token)).toEqual(shown);
    expect(await open(token)).toMatch(/^drumbeat=/u);
    expect(await test.window.readLink(token)).toEqual({ problem: 'used' });
  });

  it('keep the hash of their secret alone', async () => {
    const token = await makeToken();
    await open(token);
    const tables = ['sign_in_links', 'sign_ins', 'viewer_rights'];
    const rows = await Promise.all(tables.map((table) => test.stores.database.read(`SELECT * FROM ${table}`, [])));
    expect(rows.map((found) => found.length)).toEqual([1, 1, 1]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(test.logged)).not.toContain(token);
  });

  it('open the role of an administrator when the shell asked for that', async () => {
    const signIn = await identify(await open(await makeToken({}, true)));
    expect(signIn && (await test.window.toCaller(signIn, acme))).toMatchObject({ role: 'administrator' });
    // What a link opens does not grow old.
    test.clock.advance(7 * hour);
    expect(signIn && (await test.window.toCaller(signIn, acme))).toMatchObject({ role: 'administrator' });
  });

  it('open an ordinary sign-in when they are valid for a day or less, and else one until their end', async () => {
    const short = await open(await makeToken({ validMs: day }));
    const long = await open(await makeToken({ validMs: 30 * day }));
    test.clock.advance(8 * hour - 1);
    expect(await identify(short)).not.toBeNull();
    test.clock.advance(1);
    expect(await identify(short)).toBeNull();
    test.clock.advance(30 * day - 8 * hour - 1);
    expect(await identify(long)).not.toBeNull();
    test.clock.advance(1);
    expect(await identify(long)).toBeNull();
  });

  it('refuse when they have ended, are unknown, or their workspace is no longer connected', async () => {
    const ended = await makeToken();
    test.clock.advance(15 * minute);
    expect(await open(ended)).toBe('refused: ended');
    expect(await open('A'.repeat(43))).toBe('refused: unknown');
    expect(await open('../../etc')).toBe('refused: unknown');
    const [inside, outside] = [await makeToken(), await makeToken()];
    const signIn = await identify(await open(inside));
    await disconnect(test.stores, acme);
    expect(await open(outside)).toBe('refused: not_connected');
    expect(await test.window.readLink(outside)).toEqual({ problem: 'not_connected' });
    expect(signIn && (await test.window.listWorkspaces(signIn))).toEqual([]);
    expect(signIn && (await test.window.toCaller(signIn, acme))).toBeNull();
  });

  it.each([
    ['too short', { validMs: minute - 1 }],
    ['too long', { validMs: 400 * day + 1 }],
    ['no whole number', { validMs: Number.NaN }],
    ['for a name that is too long', { name: 'x'.repeat(101) }],
    ['for a name with something invisible', { name: 'a\u0007b' }],
    ['for a workspace that is not connected', { workspace: '{nobody}' }],
  ])('are not made when they are %s', async (_, changes) => {
    await expect(test.window.makeLink({ ...wish, ...changes })).rejects.toThrow();
    expect(await test.window.listLinks(acme)).toEqual([]);
  });

  it('sign out: the cookie opens nothing any more, and the browser is told to forget it', async () => {
    const cookie = await open(await makeToken());
    const taken = await test.window.signOut({ rawHeaders: ['Cookie', cookie] });
    expect(taken).toBe('drumbeat=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(await identify(cookie)).toBeNull();
    expect(await test.window.signOut({ rawHeaders: [] })).toBe(taken);
  });

  it('open nothing with a cookie that is forged, cut, doubled or signed with another key', async () => {
    const cookie = await open(await makeToken());
    const [, value = ''] = cookie.split('=');
    const other = test.open({ encryptionKey: Buffer.alloc(32, 8) });
    expect(await identify(`theme=dark; ${cookie}`)).not.toBeNull();
    const wrong = [
      cookie.slice(0, -1),
      `drumbeat=${value.split('.')[0] ?? ''}`,
      `drumbeat=${'A'.repeat(43)}.${value.split('.')[1] ?? ''}`,
      `${cookie}; ${cookie}`,
      `${cookie}; drumbeat=`,
      `Drumbeat=${value}`,
      `drumbeat-state=${value}`,
      'drumbeat=',
    ];
    for (const one of wrong) expect([one, await identify(one)]).toEqual([one, null]);
    expect(
      await test.window.identify(aWindowRequest({}, { rawHeaders: ['Cookie', cookie, 'cookie', cookie] })),
    ).toBeNull();
    expect(await other.identify(aWindowRequest({ cookie }))).toBeNull();
  });

  it('are of an administrator from the shell alone, whatever our own window is asked for', async () => {
    const wanted = { ...wish, isAdministrator: true };
    await test.window.makeLink(wanted);
    expect(await test.window.listLinks(acme)).toMatchObject([{ isAdministrator: false }]);
  });
});
