import { createHmac } from 'node:crypto';
import request from 'supertest';
import {
  acmeUuid,
  refusal,
  startTokenBitbucket,
  type TokenBitbucket,
} from '../../../test/support/fakes/token-bitbucket';
import { createTestWeb, type TestWeb } from '../../../test/support/web/test-web';
import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import { createWebApp, type WebApp } from '../../web/web-app';
import type { Door } from '../door';
import { createAccessTokenDoor } from './access-token-door';
import { connectFromEnvironment } from './connect-from-environment';
import { readCredentials } from './credentials/credentials';
import { lookAfterHookKind } from './look-after-hook-job';
import { createTokenConnections, type TokenConnections } from './token-connections';
import type { TokenNeeds } from './token-needs';

const token = 'ATCTT3xFfGN0-the-first-token-of-acme';
const second = 'ATCTT3xFfGN0-the-second-token-of-acme';
const hour = 3_600_000;

let bitbucket: TokenBitbucket;
let web: TestWeb;
let door: Door;
let operator: TokenConnections;
let app: WebApp;
let key: string;
let secret: string;

beforeEach(async () => {
  bitbucket = await startTokenBitbucket(`Bearer ${token}`, `Bearer ${second}`);
  web = await createTestWeb();
  const nothing = async (): Promise<void> => undefined;
  const needs: TokenNeeds = {
    ...{ baseUrl: 'http://localhost:3000', bitbucketApiUrl: bitbucket.url, clock: web.clock },
    ...{ log: web.needs.log, stores: web.stores, passRequest: nothing, pauseRequests: nothing },
    events: {
      step: (_workspace, work) => web.stores.database.transaction(work),
      ...{ onConnected: nothing, onMoved: nothing, onStillConnected: nothing, onAccessRestored: nothing },
      ...{ onHearingChanged: nothing, onDisconnected: nothing, onWork: nothing },
    },
  };
  door = createAccessTokenDoor(needs);
  operator = createTokenConnections(needs);
  app = createWebApp({ ...web.needs, doors: [...web.needs.doors, door] });
  await connect();
  const live = await getLive();
  key = live.reference;
  secret = readCredentials(live.credentials).hookSecret;
});
afterEach(async () => {
  await web.close();
  await bitbucket.close();
});

const connect = (given = token) =>
  operator.connect({
    ...{ workspaceName: 'acme', token: given, email: null, repositories: null },
    ...{ expiresAt: null, withHook: true, baseUrlCheck: false },
  });

async function getLive() {
  const live = await web.stores.connections.getLive(acmeUuid);
  if (live === null) throw new Error('Nothing is connected.');
  return live;
}

const body = '{"pullrequest": {"id": 1},  "words": "naïve"}';
const sign = (text: string, by = secret) => `sha256=${createHmac('sha256', by).update(text).digest('hex')}`;
const notify = (to = key, text = body): request.Test =>
  request(app).post(`/notices/${to}`).type('json').set('X-Event-Key', 'pullrequest:created').send(text);

describe('A notice', () => {
  test('that is signed over its very bytes is kept, and again when it is replayed: whoever keeps it knows it', async () => {
    await notify().set('X-Hub-Signature', sign(body)).expect(204);
    await notify().set('X-Hub-Signature', sign(body)).expect(204);
    expect(web.kept).toMatchObject([{ workspace: acmeUuid, body, eventKey: 'pullrequest:created' }, { body }]);
  });

  test.each([
    ['no signature', undefined],
    ['SHA-1', () => `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`],
    ['digits in capitals', () => sign(body).toUpperCase().replace('SHA256', 'sha256')],
    ['a digit too few', () => sign(body).slice(0, -1)],
    ['another secret', () => sign(body, 'another secret')],
    ['the body written anew', () => sign(JSON.stringify(JSON.parse(body)))],
  ])('is refused with %s', async (_, signature) => {
    const sent = notify();
    await (signature === undefined ? sent : sent.set('X-Hub-Signature', signature())).expect(401);
    expect(web.kept).toEqual([]);
  });

  test('is refused with two signatures, one of them right', async () => {
    const rawHeaders = ['X-Hub-Signature', sign(body), 'x-hub-signature', sign(body)];
    const unread = () => Promise.reject(new Error('The body is read.'));
    const verdict = await door.acceptNotice({ method: 'POST', originalUrl: `/notices/${key}`, rawHeaders }, unread);
    expect(verdict).toEqual({ isTrusted: false, reason: 'two signatures' });
  });

  test('to an unknown key, or one that is none, is refused before its body is read', async () => {
    const large = `"${'x'.repeat(5_000_000)}"`;
    for (const unknown of ['A'.repeat(22), 'short', `${key}x`, '%00'.repeat(8)]) {
      await notify(unknown, large).set('X-Hub-Signature', sign(large)).expect(401);
    }
    await notify(key, `"${'x'.repeat(5_300_000)}"`)
      .set('X-Hub-Signature', sign(large))
      .expect(413);
  });

  test('signed with the secret of another workspace is refused', async () => {
    const other = { workspace: '{77777777-7777-4777-8777-777777777777}', kind: 'access_token' } as const;
    const credentials = JSON.stringify({ ...readCredentials((await getLive()).credentials), hookSecret: 'of other' });
    await web.stores.connections.saveNew({ ...other, reference: 'B'.repeat(22), credentials, installedAt: 1 });
    await notify('B'.repeat(22)).set('X-Hub-Signature', sign(body)).expect(401);
    await notify('B'.repeat(22)).set('X-Hub-Signature', sign(body, 'of other')).expect(204);
  });

  test('is taken with the secret before for an hour after Bitbucket has the new one', async () => {
    const rotated = await operator.rotateHookSecret({ workspaceName: 'acme' });
    expect(rotated).toMatchObject({ outcome: 'rotated', hook: { result: 'repaired' } });
    const fresh = readCredentials((await getLive()).credentials).hookSecret;
    expect([...bitbucket.hooks.values()][0]?.['secret']).toBe(fresh);
    await notify().set('X-Hub-Signature', sign(body)).expect(204);
    await notify().set('X-Hub-Signature', sign(body, fresh)).expect(204);
    web.clock.advance(hour);
    await notify().set('X-Hub-Signature', sign(body)).expect(401);
    await notify().set('X-Hub-Signature', sign(body, fresh)).expect(204);
  });

  test('is taken with the secret before as long as Bitbucket has not taken the new one', async () => {
    const path = `PUT /2.0/workspaces/${acmeUuid}/hooks/:uuid`;
    bitbucket.answer(path, refusal(503));
    expect(await operator.rotateHookSecret({ workspaceName: 'acme' })).toMatchObject({ previousUntil: null });
    web.clock.advance(48 * hour);
    await notify().set('X-Hub-Signature', sign(body)).expect(204);
  });

  test('is refused once the workspace is disconnected', async () => {
    await operator.disconnect({ workspaceName: 'acme', backToConnect: false });
    await notify().set('X-Hub-Signature', sign(body)).expect(401);
  });
});

describe('The header for calls', () => {
  const usual = { fresh: false };
  const afterRefusal = { fresh: true };

  test('is given again to nobody when Bitbucket refused it, in words that name the day of the token', async () => {
    expect(await door.authorise(await getLive(), usual)).toBe(`Bearer ${token}`);
    const refused = door.authorise(await getLive(), afterRefusal);
    await expect(refused).rejects.toThrow(AccessRevoked);
    await expect(refused).rejects.toThrow(/^Bitbucket no longer accepts the token of \d+ \w+\. Nothing is lost/u);
  });

  test('is the new one for a call that was on its way during a rotation, for a minute', async () => {
    const before = await getLive();
    await door.authorise(before, usual);
    await connect(second);
    expect(await door.authorise(before, afterRefusal)).toBe(`Bearer ${second}`);
    expect(await door.authorise(await getLive(), afterRefusal)).toBe(`Bearer ${second}`);
    web.clock.advance(60_000);
    await expect(door.authorise(await getLive(), afterRefusal)).rejects.toThrow(AccessRevoked);
  });
});

describe('The daily look after the hook', () => {
  const look = async () => door.jobs[lookAfterHookKind]?.run({ workspace: acmeUuid, key: acmeUuid });
  const [hooks, events] = [() => [...bitbucket.hooks.values()], ['repo:push']];

  test('leaves one alone that is as it should be', async () => {
    const asked = bitbucket.asked.length;
    expect(await look()).toEqual({ againAt: web.clock.now() + 24 * hour });
    expect(bitbucket.asked.slice(asked).every(({ method }) => method === 'GET')).toBe(true);
  });

  test.each([
    ['switched off', { active: false }],
    ['of another address', { url: 'https://old.example.com/notices/x' }],
    ['without a secret', { secret_set: false }],
    ['of too few events', { events }],
  ])('puts one right that is %s', async (_, change) => {
    const [uuid = '', hook = {}] = [...bitbucket.hooks.entries()][0] ?? [];
    bitbucket.hooks.set(uuid, { ...hook, ...change });
    await look();
    expect(hooks()).toHaveLength(1);
    expect(hooks()[0]).toMatchObject({ ...hook, uuid, secret });
    expect(await getLive()).toMatchObject({ hearing: 'notices' });
  });

  test('makes one anew that is gone', async () => {
    bitbucket.hooks.clear();
    await look();
    expect(hooks()).toMatchObject([{ url: `http://localhost:3000/notices/${key}`, secret }]);
    expect(await web.stores.webhooks.list(acmeUuid)).toHaveLength(1);
  });

  test('tells of one that it may not mend, and that changes are polled for', async () => {
    const [uuid = '', hook = {}] = [...bitbucket.hooks.entries()][0] ?? [];
    bitbucket.hooks.set(uuid, { ...hook, active: false });
    bitbucket.answer(`PUT /2.0/workspaces/${acmeUuid}/hooks/:uuid`, refusal(403));
    await look();
    expect(await getLive()).toMatchObject({ hearing: 'polling' });
    const sentence = 'The token may not change the webhook: it is switched off.';
    expect((await operator.describe(acmeUuid))?.hook).toMatchObject({ isTrouble: true, sentence });
  });

  test('comes back soon where Bitbucket does not answer, and ends with the connection', async () => {
    bitbucket.answer(`GET /2.0/workspaces/${acmeUuid}/hooks`, refusal(500));
    await expect(look()).rejects.toThrow(BitbucketUnavailable);
    expect(await getLive()).toMatchObject({ hearing: 'notices' });
    bitbucket.known.clear();
    await operator.disconnect({ workspaceName: 'acme', backToConnect: false });
    expect(await look()).toBe('done');
  });
});

describe('The environment', () => {
  const start = (connectToken: string) =>
    connectFromEnvironment(
      { connectWorkspace: 'acme', connectToken, connectEmail: null },
      { tokenConnections: operator, connections: web.stores.connections, log: web.needs.log },
    );

  const usual = { fresh: false };

  test('with the same token does nothing, with another one swaps it, with a wrong one leaves it', async () => {
    const asked = bitbucket.asked.length;
    await start(`${token}\n`);
    expect(bitbucket.asked).toHaveLength(asked);
    await start(second);
    expect(await door.authorise(await getLive(), usual)).toBe(`Bearer ${second}`);
    await start('ATCTT3xFfGN0-wrong');
    expect(await door.authorise(await getLive(), usual)).toBe(`Bearer ${second}`);
  });

  test('does not undo what somebody did at the command line since', async () => {
    await start(second);
    await connect(token);
    await start(second);
    expect(await door.authorise(await getLive(), usual)).toBe(`Bearer ${token}`);
    await operator.disconnect({ workspaceName: 'acme', backToConnect: false });
    await start(second);
    expect(await web.stores.connections.getLive(acmeUuid)).toBeNull();
    await start(token);
    expect(await getLive()).toMatchObject({ hearing: 'notices' });
  });
});
