import { createAccount } from '../world/people';
import { createEmptyWorld } from '../world/growth/sample-world';
import { startSimulator, type Simulator } from '../simulator';
import { createAsk, type Ask } from '../ask';
import { testAppKey } from '../test-app';
import type { Consumer } from './oauth-server';

const time = { at: Date.UTC(2026, 10, 20, 12) };
const callback = 'http://127.0.0.1:1/sign-in/callback';
const minute = 60_000;
let simulator: Simulator;
let consumer: Consumer;

beforeEach(async () => {
  const people = [createAccount('Ada Owner'), createAccount('Ben Author')];
  const world = createEmptyWorld({ slug: 'zeta', people }, { slug: 'acme', people }, { slug: 'other' });
  simulator = await startSimulator({ world, appKey: testAppKey, clock: { now: () => time.at } });
  for (const slug of ['shop', 'pay']) simulator.repositories.createRepository({ slug, workspace: 'acme' });
  consumer = simulator.oauth.register({ callback });
});
afterEach(() => simulator.close());

const authorize = async (more: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const asked = { client_id: consumer.key, response_type: 'code', state: 'a state', redirect_uri: callback, ...more };
  const query = new URLSearchParams(asked).toString();
  return fetch(`${simulator.url}/site/oauth2/authorize?${query}`, { redirect: 'manual' });
};
const codeFor = async (person: string): Promise<string> => {
  const address = new URL((await authorize({ person })).headers.get('location') ?? '');
  return address.searchParams.get('code') ?? '';
};
const redeem = async (code: string, more: Readonly<Record<string, string>> = {}, secret = consumer.secret) => {
  const response = await fetch(`${simulator.url}/site/oauth2/access_token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${consumer.key}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback, ...more }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const signIn = async (person: string): Promise<Ask> =>
  createAsk(simulator, `Bearer ${String((await redeem(await codeFor(person))).body['access_token'])}`);

describe('Signing in', () => {
  it('asks who it is to be, with a way to refuse', async () => {
    const response = await authorize();
    const page = await response.text();
    expect([response.status, page.match(/person=/gu)?.length]).toEqual([200, 7]);
    simulator.access.setRights({ workspace: 'acme', person: 'Ben Author', rights: { shop: 'read' } });
    simulator.oauth.offered = ['ben.author'];
    const few = await (await authorize()).text();
    expect(few.match(/person=/gu)).toHaveLength(3);
    expect(few).toContain('member of acme: shop');
    expect(few).not.toContain('Ada Owner');
    const denied = await authorize({ deny: '1' });
    expect(denied.headers.get('location')).toContain('?error=access_denied&');
  });

  it('sends back a code and the state, at once where somebody is logged in', async () => {
    simulator.oauth.signedIn = 'Ben Author';
    const { status, headers } = await authorize();
    expect([status, headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/sign-in\/callback\?code=[^&]+&state=a\+state$/u),
    ]);
  });

  it.each([
    ['an unknown consumer', { client_id: 'nobody' }],
    ['another way', { response_type: 'token' }],
    ['an address elsewhere', { redirect_uri: 'http://evil.example/' }],
    ['somebody who is not there', { person: 'Nobody' }],
  ])('refuses %s on a page of its own', async (_what, more) => {
    const { status, headers } = await authorize(more);
    expect([status, headers.get('location')]).toEqual([400, null]);
  });

  it('gives a token for a code, once and for ten minutes', async () => {
    const code = await codeFor('Ben Author');
    const { status, body } = await redeem(code);
    expect([status, body]).toMatchObject([
      200,
      { token_type: 'bearer', expires_in: 7200, scope: 'account repository' },
    ]);
    expect(await redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const late = await codeFor('Ben Author');
    time.at += 10 * minute;
    expect((await redeem(late)).status).toBe(400);
    expect((await redeem(await codeFor('Ben Author'), { redirect_uri: `${callback}/x` })).status).toBe(400);
    expect(await redeem(await codeFor('Ben Author'), {}, 'wrong')).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect((await redeem(code, { grant_type: 'password' })).status).toBe(400);
    const secrets = simulator.requests.entries.map(({ path }) => path).join();
    expect(secrets).not.toContain(code);
  });

  it('is over after two hours', async () => {
    const ask = await signIn('Ben Author');
    expect((await ask('/2.0/user')).status).toBe(200);
    time.at += 120 * minute;
    expect((await ask('/2.0/user')).status).toBe(401);
  });
});

describe('A viewer', () => {
  interface Page {
    readonly values: {
      readonly administrator?: boolean;
      readonly permission?: string;
      readonly repository?: unknown;
    }[];
  }
  const own = '/2.0/user/workspaces';

  it('reads who they are and which workspaces they administer', async () => {
    const ask = await signIn('ben.author');
    expect((await ask('/2.0/user')).body).toMatchObject({ type: 'user', display_name: 'Ben Author' });
    expect((await ask('/2.0/user/emails')).status).toBe(403);
    simulator.access.makeOwner({ workspace: 'acme', person: 'Ben Author' });
    expect((await ask(`${own}?sort=slug&pagelen=2`)).body).toMatchObject({
      size: 3,
      next: expect.stringContaining('page=2') as unknown,
      values: [
        { administrator: true, workspace: { slug: 'acme' } },
        { administrator: false, workspace: { slug: 'other' } },
      ],
    });
    expect((await ask(`${own}?administrator=true`)).body).toMatchObject({ size: 1 });
    simulator.access.removeMember({ workspace: 'zeta', person: 'Ben Author' });
    expect((await ask(own)).body).toMatchObject({ size: 2 });
    expect((await ask(`${own}/zeta/permission`)).status).toBe(403);
    expect((await ask(`${own}/acme/permission`)).body).toMatchObject({ permission: 'owner' });
  });

  it('reads their own rights, but not that they may read what is public', async () => {
    const rights = async (): Promise<unknown> =>
      ((await (await signIn('Ben Author'))(`${own}/acme/permissions/repositories`)).body as Page).values.map(
        ({ permission, repository }) => [(repository as { name: string }).name, permission],
      );
    expect(await rights()).toEqual([
      ['pay', 'read'],
      ['shop', 'read'],
    ]);
    simulator.access.setPrivacy({ workspace: 'acme', repository: 'shop', isPrivate: false });
    expect(await rights()).toEqual([['pay', 'read']]);
    const of = { workspace: 'acme', person: 'Ben Author' };
    simulator.access.grant({ ...of, repository: 'shop', right: 'write' });
    simulator.access.revoke({ ...of, repository: 'pay' });
    expect(await rights()).toEqual([['shop', 'write']]);
    const ask = await signIn('Ben Author');
    expect((await ask('/2.0/repositories/acme/pay')).status).toBe(404);
  });

  it('is told that the old lists are gone', async () => {
    const ask = await signIn('Ben Author');
    const paths = ['/2.0/user/permissions/repositories', '/2.0/user/permissions/workspaces'];
    expect(await Promise.all(paths.map(async (path) => (await ask(path)).status))).toEqual([410, 410]);
  });

  it('has rights that administrators and apps can look up, where apps may', async () => {
    simulator.access.setRights({ workspace: 'acme', person: 'Ben Author', rights: { pay: 'write' } });
    const { uuid } = createAccount('Ben Author');
    const query = encodeURIComponent(`user.uuid="${uuid}"`);
    const ask = await signIn('Ada Owner');
    expect((await ask(`/2.0/workspaces/acme/permissions/repositories?q=${query}`)).body).toMatchObject({
      size: 1,
      values: [{ permission: 'write', repository: { name: 'pay' }, user: { uuid } }],
    });
  });
});
