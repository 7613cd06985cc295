import { anInstant } from '../../../test/support/builders';
import { acme, aWindowRequest, beta, openTestWindow, type TestWindow } from '../../../test/support/own-window';
import { Forbidden } from '../../bitbucket/client/errors';
import { createSilentLog } from '../../machine/log';
import type { OwnWindow, SignIn } from '../own-window';
import type { Member, WindowNeeds } from './window-needs';

const minute = 60_000;
const jane: Member = { uuid: '{99999999-9999-4999-8999-999999999999}', name: 'Jane Doe' };
const address = 'jane.doe@example.com';

let test: TestWindow;
let asked: string[];
/** What Bitbucket says of Jane, by workspace. */
let answers: Map<string, Member | Error>;

async function start(changes: Partial<WindowNeeds> = {}): Promise<void> {
  asked = [];
  answers = new Map([[acme, jane]]);
  test = await openTestWindow('sqlite', {
    trustedUserHeader: 'x-user-email',
    trustedProxies: ['10.0.0.1', '192.168.0.0/16', 'fd00::/8'],
    askMember: async (workspace, email) => {
      asked.push(`${workspace} ${email}`);
      const answer = answers.get(workspace) ?? null;
      if (answer instanceof Error) throw answer;
      return email === address ? answer : null;
    },
    ...changes,
  });
}

beforeEach(() => start());
afterEach(async () => {
  await test.stores.close();
});

const ask = async (headers: Record<string, string>, remoteAddress = '10.0.0.1'): Promise<SignIn | null> =>
  (await test.window.identify(aWindowRequest(headers, { remoteAddress })))?.signIn ?? null;
const askAsJane = (remoteAddress?: string) => ask({ 'X-User-Email': address }, remoteAddress);
const list = async (signIn: SignIn | null, window: OwnWindow = test.window): Promise<string[]> =>
  signIn === null ? [] : (await window.listWorkspaces(signIn)).map(({ name }) => name);

describe('Somebody whom a trusted proxy names', () => {
  it('sees all of the workspaces that have such a member, and administers none', async () => {
    expect(test.window.ways).toEqual({ bitbucket: false, proxy: true });
    const signIn = await askAsJane();
    expect(signIn).toMatchObject({ way: 'proxy', userUuid: jane.uuid, name: 'Jane Doe' });
    expect(signIn?.viewer).toMatch(/^email:[0-9a-f]{64}$/u);
    expect(await list(signIn)).toEqual(['Acme']);
    expect(asked).toEqual([`${acme} ${address}`, `${beta} ${address}`]);
    const { viewer = '' } = signIn ?? {};
    expect(await test.stores.viewers.getRights(acme, viewer)).toMatchObject({
      repositories: null,
      isAdministrator: false,
    });
    expect(signIn && (await test.window.toCaller(signIn, acme))).toMatchObject({
      role: 'member',
      viewer,
      signIn: viewer,
    });
    expect(signIn && (await test.window.toCaller(signIn, beta))).toBeNull();
  });

  it('is the same however the address is spelt, and stands in the database as a hash', async () => {
    const [one, other] = [await askAsJane(), await ask({ 'x-user-email': ' Jane.Doe@EXAMPLE.com ' })];
    expect(other).toEqual(one);
    const rows = await Promise.all(
      ['sign_ins', 'viewer_rights'].map((table) => test.stores.database.read(`SELECT * FROM ${table}`, [])),
    );
    expect(JSON.stringify([rows, test.logged]).toLowerCase()).not.toContain(address);
  });

  it('is asked for once while the answer is believed, and once by many who come together', async () => {
    await Promise.all([askAsJane(), askAsJane(), askAsJane()]);
    test.clock.advance(60 * minute - 1);
    await askAsJane();
    expect(asked).toHaveLength(2);
    test.clock.advance(1);
    await askAsJane();
    expect(asked).toHaveLength(4);
  });

  it('is shut out when Bitbucket no longer knows the address', async () => {
    await askAsJane();
    answers.clear();
    test.clock.advance(60 * minute);
    const signIn = await askAsJane();
    expect(signIn).toMatchObject({ userUuid: null, name: null });
    expect(await list(signIn)).toEqual([]);
  });

  it('is nobody where Bitbucket refuses to tell', async () => {
    answers.set(acme, new Forbidden('members'));
    expect(await list(await askAsJane())).toEqual([]);
  });

  it('keeps what was known while Bitbucket cannot be asked, and is asked for again a minute later', async () => {
    const first = await askAsJane();
    const rights = await test.stores.viewers.getRights(acme, first?.viewer ?? '');
    answers.set(acme, new Error('no answer'));
    test.clock.advance(60 * minute);
    const signIn = await askAsJane();
    // As old as they are: who decides what may be seen tells that they are stale.
    expect(await test.stores.viewers.getRights(acme, signIn?.viewer ?? '')).toEqual(rights);
    test.clock.advance(minute - 1);
    await askAsJane();
    expect(asked).toHaveLength(4);
    answers.set(acme, jane);
    test.clock.advance(1);
    expect(await list(await askAsJane())).toEqual(['Acme']);
    expect(asked).toHaveLength(6);
  });

  it('is looked for in connected workspaces of access tokens alone', async () => {
    const { connections } = test.stores;
    const reference = { kind: 'access_token', reference: `key of ${acme}` } as const;
    await connections.setStatus(reference, 'uninstalled', { now: anInstant });
    await connections.saveNew({
      ...{ workspace: beta, kind: 'connect', reference: 'client', credentials: 'secret', installedAt: anInstant },
    });
    await askAsJane();
    expect(asked).toEqual([]);
  });

  it('gets no cookie, and none opens what the proxy opened', async () => {
    const signIn = await askAsJane();
    expect(await ask({ cookie: `drumbeat=${signIn?.id ?? ''}` }, '203.0.113.9')).toBeNull();
  });
});

describe('Which proxies are trusted', () => {
  it.each(['10.0.0.1', '::ffff:10.0.0.1', '192.168.77.1', '::ffff:192.168.1.2', 'fd12::1', 'fd12::1%eth0'])(
    'those of the list: %s',
    async (remoteAddress) => {
      expect(await askAsJane(remoteAddress)).not.toBeNull();
    },
  );

  it.each(['10.0.0.2', '::ffff:10.0.0.2', '192.169.0.1', '::1', 'fe80::1', '', 'unknown'])(
    'nobody else: %s',
    async (remoteAddress) => {
      expect(await askAsJane(remoteAddress)).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  it('is said once of a header from elsewhere, without what it says', async () => {
    await askAsJane('203.0.113.9');
    await askAsJane('203.0.113.10');
    expect(test.logged).toHaveLength(1);
    expect(test.logged[0]).toMatchObject({ header: 'x-user-email', level: 40 });
    expect(JSON.stringify(test.logged)).not.toContain(address);
  });

  it('does not matter where the header is not configured', async () => {
    const closed = test.open({ trustedUserHeader: null, trustedProxies: null, log: createSilentLog() });
    const request = aWindowRequest({ 'X-User-Email': address }, { remoteAddress: '10.0.0.1' });
    expect(await closed.identify(request)).toBeNull();
  });
});

describe('A header of a trusted proxy', () => {
  it.each([
    ['nothing', ''],
    ['no address', 'jane'],
    ['two addresses', `${address}, john@example.com`],
    ['a quotation', 'a"b@example.com'],
    ['an end of the question', `x@y") OR user.email IN ("${address}`],
    ['a backslash', 'a\\@example.com'],
    ['an angle', `Jane <${address}>`],
    ['too much', `${'a'.repeat(65)}@example.com`],
  ])('names nobody when it holds %s', async (_, value) => {
    expect(await ask({ 'X-User-Email': value })).toBeNull();
    expect(asked).toEqual([]);
  });

  it('names nobody when it comes twice', async () => {
    const rawHeaders = ['X-User-Email', address, 'x-user-email', address];
    expect(await test.window.identify(aWindowRequest({}, { remoteAddress: '10.0.0.1', rawHeaders }))).toBeNull();
    expect(asked).toEqual([]);
  });

  it('does not stand in the way of a cookie', async () => {
    const { url } = await test.window.makeLink({ workspace: beta, name: null });
    const used = await test.window.useLink(url.split('/').at(-1) ?? '');
    const cookie = used.kind === 'signed-in' ? (used.cookie.split(';')[0] ?? '') : '';
    expect(await ask({ 'X-User-Email': address, Cookie: cookie })).toMatchObject({ way: 'link' });
  });
});
