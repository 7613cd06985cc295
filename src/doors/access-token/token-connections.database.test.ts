import { createRememberingLog, type RememberingLog } from '../../../test/support/remembering-log';
import { createFixedClock, type FixedClock } from '../../../test/support/fixed-clock';
import {
  acmeUuid,
  drumsUuid,
  page,
  refusal,
  startTokenBitbucket,
  type TokenBitbucket,
} from '../../../test/support/fakes/token-bitbucket';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { swapCredentials } from './swap-credentials';
import type { TokenNeeds } from './token-needs';
import { createTokenConnections, type TokenConnections } from './token-connections';
import type { ConnectRequest } from './connect-workspace';

const token = 'ATCTT3xFfGN0-the-first-token-of-acme';
const second = 'ATCTT3xFfGN0-the-second-token-of-acme';
const aRequest: ConnectRequest = {
  ...{ workspaceName: 'acme', token, email: null, repositories: null },
  ...{ expiresAt: null, withHook: true, baseUrlCheck: false },
};

let bitbucket: TokenBitbucket;
let stores: TestStores;
let clock: FixedClock;
let remembered: RememberingLog;
let door: TokenConnections;
let said: string[];
let open: (changes: Partial<TokenNeeds>) => TokenConnections;

describe.each(databaseKinds)('Connecting by a token on %s', (kind) => {
  beforeEach(async () => {
    bitbucket = await startTokenBitbucket(`Bearer ${token}`, `Bearer ${second}`);
    stores = await openTestStores(kind);
    clock = createFixedClock();
    remembered = createRememberingLog();
    said = [];
    const say = (text: string) => async (workspace: string) => void said.push(`${text} ${workspace}`);
    const needs: TokenNeeds = {
      ...{ baseUrl: 'http://127.0.0.1:9', bitbucketApiUrl: bitbucket.url, clock, log: remembered.log, stores },
      events: {
        step: (_workspace, work) => stores.database.transaction(work),
        ...{ onConnected: say('connected'), onMoved: say('moved'), onStillConnected: say('still connected') },
        ...{ onHearingChanged: async () => undefined, onAccessRestored: say('restored') },
        ...{ onDisconnected: say('disconnected'), onWork: async ({ kind: work }) => void said.push(work) },
      },
      passRequest: async () => undefined,
      pauseRequests: async (workspace: string) => void said.push(`paused ${workspace}`),
    };
    open = (changes) => createTokenConnections({ ...needs, ...changes });
    door = open({});
  });
  afterEach(async () => {
    await bitbucket.close();
    await stores.close();
  });

  const getLive = () => stores.connections.getLive(acmeUuid);
  const ofConnect = { workspace: acmeUuid, kind: 'connect', reference: 'connection:1', credentials: 's' } as const;
  async function comeFromConnect(): Promise<void> {
    await stores.workspaces.save({ uuid: acmeUuid, slug: 'acme', name: 'Acme', connectedAt: clock.now() });
    await stores.connections.saveNew({ ...ofConnect, installedAt: clock.now() });
  }

  test('a proven token is connected, with a hook whose address and secret are ours', async () => {
    const { outcome, hook } = await door.connect(aRequest);
    expect([outcome, hook?.result]).toEqual(['connected', 'made']);
    const live = await getLive();
    expect(live).toMatchObject({ kind: 'access_token', hearing: 'notices', repositories: null });
    expect(live?.reference).toMatch(/^[\w-]{22}$/u);
    const [made] = [...bitbucket.hooks.values()];
    expect(made).toMatchObject({ url: `http://127.0.0.1:9/notices/${live?.reference ?? ''}`, active: true });
    expect(live?.credentials).toContain(String(made?.['secret']));
    expect(made?.['events']).toEqual(expect.arrayContaining(['pullrequest:push', 'repo:push']));
    expect(await stores.connectionChecks.list(acmeUuid)).toHaveLength(9);
    expect(await stores.connectionChecks.list('acme')).toEqual([]);
    expect(said).toEqual([`connected ${acmeUuid}`, 'look-after-hook']);
  });

  test('the same workspace again with another token is a rotation: one connection, one key, one hook', async () => {
    await door.connect(aRequest);
    await stores.workspaces.update(acmeUuid, { repositoriesReadAt: clock.now() });
    const before = await getLive();
    const { outcome, hook } = await door.connect({ ...aRequest, token: second });
    expect([outcome, hook?.result]).toEqual(['rotated', 'unchanged']);
    const live = await getLive();
    expect(live).toMatchObject({ reference: before?.reference, epoch: before?.epoch });
    expect(live?.credentials).toContain(second);
    expect(await stores.connections.list()).toHaveLength(1);
    expect(said.slice(2)).toEqual([`restored ${acmeUuid}`, 'look-after-hook']);
  });

  test('a workspace that comes from Connect moves, and goes back without anything closing', async () => {
    await comeFromConnect();
    const before = await getLive();
    await door.connect(aRequest);
    expect(await getLive()).toMatchObject({ kind: 'access_token', epoch: before?.epoch });
    expect(said[0]).toBe(`moved ${acmeUuid}`);
    const left = await door.disconnect({ workspaceName: 'acme', backToConnect: true });
    expect(left).toMatchObject({ outcome: 'moved_back', wayOut: null });
    expect(await getLive()).toMatchObject({ ...ofConnect, epoch: before?.epoch });
    expect(bitbucket.hooks.size).toBe(0);
    expect(said.at(-1)).toBe(`moved ${acmeUuid}`);
  });

  test('a token that Connect took the place of is given up with its hook, and the workspace goes on', async () => {
    await comeFromConnect();
    await door.connect(aRequest);
    await stores.connections.setStatus(ofConnect, 'uninstalled', { now: clock.now() });
    const again = { ...ofConnect, expectedCredentials: ofConnect.credentials, newCredentials: 's2' };
    await stores.connections.rotate({ ...again, now: clock.now() });
    const left = await door.disconnect({ workspaceName: 'acme', backToConnect: false });
    expect(left).toMatchObject({
      outcome: 'disconnected',
      sentence: 'The token of Acme is given up; the workspace stays connected through the Connect app.',
      wayOut: null,
    });
    expect(bitbucket.hooks.size).toBe(0);
    expect(await getLive()).toMatchObject({ kind: 'connect', reference: ofConnect.reference });
    expect(said.filter((text) => text.startsWith('disconnected'))).toEqual([]);
  });

  test('disconnecting deletes the hook and closes the workspace; there is nothing to go back to', async () => {
    await door.connect(aRequest);
    expect(await door.disconnect({ workspaceName: 'acme', backToConnect: true })).toMatchObject({ outcome: 'refused' });
    const left = await door.disconnect({ workspaceName: acmeUuid, backToConnect: false });
    expect(left).toMatchObject({ outcome: 'disconnected', wayOut: null });
    expect(bitbucket.hooks.size).toBe(0);
    expect(await getLive()).toBeNull();
    expect(said.at(-1)).toBe(`disconnected ${acmeUuid}`);
  });

  test('a short name that belongs to somebody else now is refused', async () => {
    const other = '{77777777-7777-4777-8777-777777777777}';
    await stores.workspaces.save({ uuid: other, slug: 'acme', name: 'Acme', connectedAt: clock.now() });
    await stores.connections.saveNew({ ...ofConnect, workspace: other, installedAt: clock.now() });
    const { outcome, preflight } = await door.connect(aRequest);
    expect(outcome).toBe('refused');
    expect(preflight.checks[0]?.sentence).toContain('belongs to somebody else now');
    expect(await getLive()).toBeNull();
  });

  // What follows asks the database for nothing but what the tests above and those of the store ask of both.
  if (kind === 'postgres') return;

  test('a check saves what it found and connects nothing', async () => {
    const { checks, canConnect } = await door.check(aRequest);
    expect(canConnect).toBe(true);
    expect(checks.map(({ step, result }) => `${step} ${result}`)).toEqual([
      ...['workspace works', 'repositories works', 'pull_requests works', 'webhook works', 'pipelines works'],
      ...['members works', 'groups works', 'administrators skipped', 'address works'],
    ]);
    expect(checks.map(({ sentence }) => sentence).slice(0, 3)).toEqual([
      'Bitbucket knows Acme and this token.',
      '2 repositories, 1 of them private.',
      'Pull requests can be read: 2,988 merged ones in Drums.',
    ]);
    expect(await stores.connectionChecks.list('acme')).toHaveLength(9);
    expect(await getLive()).toBeNull();
    expect(bitbucket.asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('connecting again is said again, which puts down whatever work is missing', async () => {
    await door.connect(aRequest);
    await door.connect(aRequest);
    expect(said.filter((text) => text.endsWith(acmeUuid))).toEqual([`connected ${acmeUuid}`, `restored ${acmeUuid}`]);
  });

  test('a connection that was given up while its hook was mended stays given up', async () => {
    await door.connect(aRequest);
    const live = await getLive();
    if (live === null) throw new Error('It is not connected.');
    await stores.connections.setStatus(live, 'uninstalled', { now: clock.now() });
    expect(await swapCredentials({ stores, clock }, live, { previousHookSecretUntil: 1 })).not.toBeNull();
    expect(await getLive()).toBeNull();
  });

  test('a webhook that calls no more is written anew when somebody asks, though it looks right', async () => {
    await door.connect(aRequest);
    const [made] = [...bitbucket.hooks.values()];
    const secret = made?.['secret'];
    const changeSecret = () => Object.assign([...bitbucket.hooks.values()][0] ?? {}, { secret: 'of somebody else' });
    changeSecret();
    expect(await door.makeHook({ workspaceName: 'acme' })).toMatchObject({ result: 'unchanged' });
    clock.advance(2 * 86_400_000);
    const newestChangeAt = async () => clock.now();
    const silent = open({ stores: { ...stores, pullRequests: { newestChangeAt } } });
    expect((await silent.describe(acmeUuid))?.hook).toMatchObject({ isTrouble: true });
    expect(await silent.makeHook({ workspaceName: 'acme' })).toMatchObject({ result: 'repaired' });
    expect([...bitbucket.hooks.values()].map((hook) => hook['secret'])).toEqual([secret]);
  });

  test('too many requests: whoever else asks for the workspace waits as well', async () => {
    await door.connect(aRequest);
    bitbucket.answer(`GET /2.0/workspaces/${acmeUuid}/hooks`, refusal(429));
    expect(await door.makeHook({ workspaceName: 'acme' })).toMatchObject({ result: 'unreachable' });
    await door.check(aRequest);
    expect(said.filter((text) => text === `paused ${acmeUuid}`)).toHaveLength(2);
  });

  test('a token that Bitbucket does not know changes nothing, also not one that works', async () => {
    await door.connect(aRequest);
    const before = await getLive();
    const wrong = { workspaceName: 'acme', token: 'ATCTT3xFfGN0-another' };
    const { outcome, preflight } = await door.rotate(wrong);
    expect(outcome).toBe('refused');
    expect(preflight.checks.at(-1)?.sentence).toMatch(/^Bitbucket does not know this token/u);
    expect(await getLive()).toEqual(before);
  });

  test('without the right to make hooks changes are polled for, and the hook can be printed', async () => {
    bitbucket.answer(`GET /2.0/workspaces/${acmeUuid}/hooks`, refusal(403, ['webhook']));
    const { preflight, hook } = await door.connect(aRequest);
    expect(preflight.checks[3]).toMatchObject({ result: 'not_allowed' });
    expect(hook).toMatchObject({ result: 'not_allowed' });
    expect(await getLive()).toMatchObject({ hearing: 'polling' });
    const printed = await door.printHook({ workspaceName: 'acme' });
    expect(printed).toMatchObject({ url: expect.stringContaining('/notices/') as string });
  });

  test('a token of a repository reaches that one alone', async () => {
    bitbucket.answer('GET /2.0/workspaces/acme', refusal(403, ['account']));
    const { outcome } = await door.connect({ ...aRequest, repositories: ['drums'], withHook: false });
    expect(outcome).toBe('connected');
    expect(await getLive()).toMatchObject({ repositories: [drumsUuid], hearing: 'polling' });
  });

  test('a workspace of which nothing private is seen is refused unless somebody says that it is public', async () => {
    const repositories = `GET /2.0/repositories/${acmeUuid}`;
    bitbucket.answer(repositories, page({ uuid: drumsUuid, name: 'Drums', is_private: false }));
    bitbucket.answer(`GET /2.0/workspaces/${acmeUuid}/hooks`, refusal(403));
    const refused = await door.connect(aRequest);
    expect(refused.preflight.checks[1]?.sentence).toContain('Is it a token of another workspace?');
    expect((await door.connect({ ...aRequest, isPublic: true })).outcome).toBe('connected');
    expect((await door.rotate({ workspaceName: 'acme', token: second })).outcome).toBe('rotated');
  });

  test('the status tells how each workspace is connected, and no secret is in it or in the log', async () => {
    await door.connect({ ...aRequest, expiresAt: clock.now() + 6 * 86_400_000 });
    const [status] = await door.status();
    expect(status).toMatchObject({
      ...{ workspace: { slug: 'acme' }, kind: 'access_token', status: 'live', tokenForm: 'access_token' },
      ...{ expiry: { announced: 7 }, hook: { isTrouble: false }, problem: null },
    });
    const told = JSON.stringify([status, remembered.lines, await stores.connectionChecks.list(acmeUuid)]);
    const secret = String([...bitbucket.hooks.values()][0]?.['secret']);
    expect(told).not.toContain(token);
    expect(told).not.toContain(secret);
  });
});
