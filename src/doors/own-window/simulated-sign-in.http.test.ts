import { startSimulator, type Simulator } from '../../../simulator/simulator';
import type { Account, Repository, Workspace } from '../../../simulator/world/model';
import { createSampleStaff } from '../../../simulator/world/people';
import { createLargeWorld } from '../../../simulator/world/growth/sample-world';
import { createFixedClock } from '../../../test/support/fixed-clock';
import {
  aWindowRequest,
  connectWorkspace,
  openTestWindow,
  toCookieHeader,
  type TestWindow,
} from '../../../test/support/own-window';
import { createBitbucketApi, type BitbucketApi } from '../../bitbucket/bitbucket-api';
import { createBitbucketClient } from '../../bitbucket/client/bitbucket-client';
import { createSilentLog } from '../../machine/log';

const clock = createFixedClock();
const world = createLargeWorld({ pullRequests: 4, repositories: 4, strategy: 'squash', now: clock.now() });
const [workspace] = world.workspaces as [Workspace];
const [web, api] = [...workspace.repositories.values()] as [Repository, Repository];
const members = createSampleStaff().staff as [Account, Account, Account, ...Account[]];

let simulator: Simulator;
let test: TestWindow;

beforeEach(async () => {
  simulator = await startSimulator({ world, appKey: 'drumbeat', clock });
  for (const account of members.slice(0, 3)) simulator.access.addMember({ account });
  const consumer = simulator.oauth.register({ callback: 'https://drumbeat.example/sign-in' });
  test = await openTestWindow('sqlite', {
    ...{
      bitbucketUrl: simulator.url,
      bitbucketApiUrl: simulator.url,
      oauthKey: consumer.key,
      oauthSecret: consumer.secret,
    },
    ...{ clock, trustedUserHeader: 'x-user', trustedProxies: ['10.0.0.1'] },
    askMember: (uuid, email) => openApi(uuid).findMember(uuid, email),
  });
  await connectWorkspace(test.stores, { uuid: workspace.uuid, slug: workspace.slug, name: workspace.name });
});

afterEach(async () => {
  await simulator.close();
  await test.stores.close();
});

let authorization: string;
/** The service's own connection. */
function openApi(uuid: string): BitbucketApi {
  const budget = { reserve: async () => undefined, pause: async () => undefined, note: async () => undefined };
  const base = { apiUrl: simulator.url, workspace: uuid, authorise: async () => authorization, budget, clock };
  return createBitbucketApi(createBitbucketClient({ ...base, random: () => 0, lane: 'live', log: createSilentLog() }));
}

/** A person goes to Bitbucket and comes back, as a browser does. */
async function signIn(person: Account, answer = `person=${encodeURIComponent(person.uuid)}`) {
  const begun = test.window.beginSignIn('/pages/overview');
  const there = await fetch(`${begun?.location ?? ''}&${answer}`, { redirect: 'manual' });
  const callback = new URL(there.headers.get('location') ?? '');
  expect(`${callback.origin}${callback.pathname}`).toBe('https://drumbeat.example/sign-in/callback');
  return test.window.finishSignIn({ query: callback.search.slice(1), cookieHeader: toCookieHeader(begun?.cookie) });
}

const readRights = (person: Account) => test.stores.viewers.getRights(workspace.uuid, person.uuid);

describe('Before a simulated Bitbucket', () => {
  it('people of different rights see what they may see', async () => {
    const [boss, some, nobody] = members;
    simulator.access.makeOwner({ person: boss.uuid });
    simulator.access.setRights({ person: some.uuid, rights: { [web.uuid]: 'write', [api.uuid]: 'read' } });
    simulator.access.setRights({ person: nobody.uuid, rights: {} });
    for (const person of [boss, some, nobody]) {
      expect(await signIn(person)).toMatchObject({ kind: 'signed-in', to: '/pages/overview' });
    }
    expect(await readRights(boss)).toMatchObject({ isAdministrator: true, repositories: null });
    expect((await readRights(some))?.repositories?.toSorted()).toEqual([web.uuid, api.uuid].toSorted());
    expect(await readRights(nobody)).toMatchObject({ isAdministrator: false, repositories: [] });
  });

  it('what was taken away is gone at the next sign-in', async () => {
    const [, some] = members;
    simulator.access.setRights({ person: some.uuid, rights: { [web.uuid]: 'write', [api.uuid]: 'read' } });
    const [cookie] = (await signIn(some)).cookies;
    simulator.access.revoke({ person: some.uuid, repository: web.uuid });
    await signIn(some);
    expect(await readRights(some)).toMatchObject({ repositories: [api.uuid] });
    simulator.access.removeMember({ person: some.uuid });
    expect(await signIn(some)).toMatchObject({ kind: 'refused', reason: 'no_workspace' });
    const found = await test.window.identify(aWindowRequest({ cookie: toCookieHeader(cookie) }));
    expect(found && (await test.window.toCaller(found.signIn, workspace.uuid))).toBeNull();
  });

  it('somebody who says no is nobody', async () => {
    expect(await signIn(members[0], 'deny=1')).toMatchObject({ kind: 'refused', reason: 'declined' });
  });

  it('a consumer that may not read repositories is named', async () => {
    const consumer = simulator.oauth.register({ callback: 'https://drumbeat.example/', scopes: ['account'] });
    const other = test.open({ oauthKey: consumer.key, oauthSecret: consumer.secret });
    test = { ...test, window: other };
    simulator.access.setRights({ person: members[2].uuid, rights: {} });
    expect(await signIn(members[2])).toMatchObject({ kind: 'refused', reason: 'scope_missing' });
  });

  it('a wrong secret is named', async () => {
    const { window } = test;
    const begun = window.beginSignIn('/');
    const there = await fetch(`${begun?.location ?? ''}&person=${encodeURIComponent(members[2].uuid)}`, {
      redirect: 'manual',
    });
    const query = new URL(there.headers.get('location') ?? '').search.slice(1);
    const wrong = test.open({ oauthSecret: 'wrong' });
    const finished = await wrong.finishSignIn({ query, cookieHeader: toCookieHeader(begun?.cookie) });
    expect(finished).toMatchObject({ kind: 'refused', reason: 'consumer_refused' });
  });

  it('whom a proxy names is looked for with the service’s own token', async () => {
    authorization = simulator.credentials.createWorkspaceToken().authorization;
    const ask = (email: string) =>
      test.window.identify(aWindowRequest({ 'X-User': email }, { remoteAddress: '10.0.0.1' }));
    const found = await ask(members[0].email.toUpperCase());
    expect(found?.signIn).toMatchObject({ userUuid: members[0].uuid, name: members[0].displayName });
    expect(found && (await test.window.listWorkspaces(found.signIn))).toMatchObject([{ slug: workspace.slug }]);
    const stranger = await ask('stranger@acme.example');
    expect(stranger && (await test.window.listWorkspaces(stranger.signIn))).toEqual([]);
  });
});
