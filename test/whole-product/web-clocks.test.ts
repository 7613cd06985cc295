import request from 'supertest';
import { createConnectDoor } from '../../src/doors/connect/connect-door';
import { createRememberingLog, type RememberingLog } from '../support/remembering-log';
import { acme, createTestWeb, type TestWeb } from '../support/web/test-web';

/** Bitbucket's clock and ours: what is tolerated, and who is told where it is too much. */

let web: TestWeb;
let remembered: RememberingLog;
beforeEach(async () => {
  remembered = createRememberingLog();
  web = await createTestWeb({ log: remembered.log });
  await web.addTenant(acme);
});
afterEach(() => web.close());

function toClaims(aheadSeconds: number): { iat: number; exp: number } {
  const iat = web.clock.now() / 1000 + aheadSeconds;
  return { iat, exp: iat + 3_600 };
}

function post(url: string, aheadSeconds: number, secret = acme.secret): request.Test {
  const jwt = web.sign({ ...acme, secret }, { method: 'POST', url, claims: toClaims(aheadSeconds) });
  return request(web.app).post(url).set('Authorization', `JWT ${jwt}`);
}

const notify = (aheadSeconds: number): request.Test =>
  post('/connect/notices', aheadSeconds).send({ event: 'x', data: {} });

async function open(page: string, aheadSeconds: number): Promise<request.Response> {
  const url = `/pages/${page}`;
  return request(web.app).get(`${url}?jwt=${web.sign(acme, { method: 'GET', url, claims: toClaims(aheadSeconds) })}`);
}

const kept = async (): Promise<number | null | undefined> =>
  (await web.stores.connections.getByReference('connect', acme.clientKey))?.clockAheadSeconds;
const warnings = (): unknown[] => remembered.lines.filter(({ level }) => level === 40).map(({ msg }) => msg);

describe('A notice', () => {
  test.each([15, 30, 60, 120])('signed by a clock %d seconds ahead is kept', async (ahead) => {
    await notify(ahead).expect(204);
    expect(web.kept).toHaveLength(1);
    expect(await kept()).toBeNull();
  });

  test.each([
    [121, '121 seconds ahead of ours'],
    [-3_721, '3721 seconds behind ours'],
  ])(
    'signed by a clock %d seconds ahead is refused, and people are told until one is believed',
    async (ahead, words) => {
      await notify(ahead).expect(401);
      expect(web.kept).toEqual([]);
      expect(await kept()).toBe(ahead);
      expect(warnings()).toEqual([expect.stringContaining(words)]);
      await notify(0).expect(204);
      expect(await kept()).toBeNull();
    },
  );

  test('of a forger with a clock that is wrong tells nobody anything', async () => {
    await post('/connect/notices', 500, 'not the secret of anyone').send({}).expect(401);
    expect(await kept()).toBeNull();
    expect(warnings()).toEqual([]);
  });

  test('is answered the same where the difference cannot be kept', async () => {
    web.stores.connections.noteClock = () => Promise.reject(new Error('disk full'));
    await notify(300).expect(401);
    expect(remembered.lines).toContainEqual(expect.objectContaining({ level: 50 }));
  });
});

describe('A call about an install', () => {
  test('is told of as a notice is, and one that is believed takes it back', async () => {
    const disable = (ahead: number) =>
      post('/connect/disabled', ahead).send({ clientKey: acme.clientKey, eventType: 'disabled', key: 'drumbeat' });
    await disable(121).expect(401);
    expect(await kept()).toBe(121);
    await disable(60).expect(204);
    expect(await kept()).toBeNull();
  });
});

describe('A page', () => {
  test('whose address is of a time to come says that the clocks differ', async () => {
    const { status, text } = await open('workspace', 121);
    expect(status).toBe(401);
    expect(text).toContain('The clocks of Bitbucket and Drumbeat differ');
    expect(warnings()).toEqual([expect.stringContaining('121 seconds ahead')]);
  });

  test('whose address has ended is only old: nobody is alarmed', async () => {
    const { status, text } = await open('workspace', -3_721);
    expect(status).toBe(401);
    expect(text).toContain('This page has to be opened from Bitbucket again');
    expect(warnings()).toEqual([]);
  });

  test('neither reports that notices are refused, nor takes it back: whoever reads of it came by a page', async () => {
    await open('workspace', 300);
    expect(await kept()).toBeNull();
    await notify(200).expect(401);
    await open('workspace', 0);
    expect(await kept()).toBe(200);
  });
});

test('each refusal for times alone is counted by what it came with', async () => {
  const counted: string[] = [];
  const nothing = async (): Promise<void> => undefined;
  const door = createConnectDoor({
    ...{
      baseUrl: web.needs.settings.baseUrl,
      bitbucketUrl: 'http://127.0.0.1:9',
      bitbucketApiUrl: 'http://127.0.0.1:9',
    },
    ...{ appKey: null, clock: web.clock, log: remembered.log },
    ...{ connections: web.stores.connections, workspaces: web.stores.workspaces },
    reinstalls: web.stores.reinstalls,
    events: {
      step: () => Promise.reject(new Error('nothing happens here')),
      ...{
        onConnected: nothing,
        onMoved: nothing,
        onStillConnected: nothing,
        onHearingChanged: nothing,
        onAccessRestored: nothing,
      },
      ...{ onDisconnected: nothing, onWork: nothing },
    },
    onRefusedByTime: (use) => void counted.push(use),
  });
  const url = '/connect/notices';
  for (const ahead of [0, 120, 121, -3_721]) {
    const token = web.sign(acme, { method: 'POST', url, claims: toClaims(ahead) });
    const head = { method: 'POST', originalUrl: url, rawHeaders: ['Authorization', `JWT ${token}`] };
    await door.acceptNotice(head, () => Promise.reject(new Error("The body is nobody's business.")));
  }
  expect(counted).toEqual(['notice', 'notice']);
});
