import { createSilentLog } from '../../machine/log';
import {
  giveJson,
  giveStatus,
  giveText,
  startStandInServer,
  type StandInAnswer,
  type StandInServer,
} from '../../../test/support/fakes/stand-in-server';
import { createBitbucketClient, type BitbucketClient, type BitbucketClientOptions } from './bitbucket-client';
import { AccessRevoked, BitbucketUnavailable, Interrupted, RateLimited } from './errors';
import type { ToldLimit } from './rate-headers';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

let server: StandInServer;
let foreign: StandInServer;
let reserved: string[];
let pauses: number[];
let told: ToldLimit[];
let waits: number[];
let client: BitbucketClient;

function createClient(change: Partial<BitbucketClientOptions> = {}): BitbucketClient {
  return createBitbucketClient({
    apiUrl: server.url,
    workspace: '{w}',
    authorise: async ({ fresh }) => (fresh ? 'Bearer second' : 'Bearer first'),
    budget: {
      reserve: async (lane, purpose) => void reserved.push(`${lane} ${purpose}`),
      pause: async (until) => void pauses.push(until - now),
      note: async (one) => void told.push(one),
    },
    clock: { now: () => now },
    lane: 'live',
    log: createSilentLog(),
    wait: async (milliseconds) => waits.push(milliseconds),
    random: () => 0,
    ...change,
  });
}

const ask = (path = '/2.0/user') => client.getJson('workspace', path);
const reset: StandInAnswer = (response) => response.socket?.destroy();
const truncated: StandInAnswer = (response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"values": [');
  response.socket?.end();
};
const never: StandInAnswer = () => undefined;

beforeEach(async () => {
  server = await startStandInServer();
  foreign = await startStandInServer();
  [reserved, pauses, told, waits] = [[], [], [], []];
  client = createClient();
});

afterEach(async () => {
  await server.close();
  await foreign.close();
});

describe('a good answer', () => {
  it('is its JSON, asked for with our header and counted once', async () => {
    server.answer(giveJson({ uuid: '{w}' }));
    await expect(ask()).resolves.toEqual({ uuid: '{w}' });
    expect(server.asked).toEqual([{ url: '/2.0/user', authorization: 'Bearer first' }]);
    expect(reserved).toEqual(['live workspace']);
  });

  it('tells what Bitbucket grants, where it is one about repositories', async () => {
    const headers = { 'x-ratelimit-limit': '4500', 'x-ratelimit-nearlimit': 'true' };
    server.answer((response) => void response.writeHead(200, headers).end('{}'));
    await ask();
    expect(told).toEqual([]);
    server.answer((response) => void response.writeHead(200, headers).end('{}'));
    await ask('/2.0/repositories/%7Bw%7D');
    server.answer((response) => void response.writeHead(404, { 'x-ratelimit-limit': '1000' }).end());
    await expect(ask('/2.0/repositories/%7Bw%7D')).rejects.toThrow();
    expect(told).toEqual([
      { limit: 4500, isNear: true },
      { limit: 1000, isNear: false },
    ]);
  });

  it('is asked for in the lane of the client', async () => {
    client = createClient({ lane: 'import' });
    await ask();
    expect(reserved).toEqual(['import workspace']);
  });

  it('may be an absolute address on the same host', async () => {
    await ask(`${server.url}/2.0/x?page=8xhd`);
    expect(server.asked[0]?.url).toBe('/2.0/x?page=8xhd');
  });

  it('is not asked for when the budget refuses', async () => {
    const retryAt = now + 5000;
    client = createClient({
      budget: {
        reserve: () => Promise.reject(new RateLimited(retryAt)),
        ...{ pause: async () => undefined, note: async () => undefined },
      },
    });
    await expect(ask()).rejects.toMatchObject({ name: 'RateLimited', retryAt });
    expect(server.asked).toEqual([]);
  });
});

describe('an answer that there were too many requests', () => {
  it('pauses the budget for the seconds that Bitbucket names', async () => {
    server.answer(giveStatus(429, { 'retry-after': '90' }));
    await expect(ask()).rejects.toMatchObject({ name: 'RateLimited', retryAt: now + 90_000 });
    expect(pauses).toEqual([90_000]);
    expect(server.asked).toHaveLength(1);
  });

  it('pauses the budget until the date that Bitbucket names', async () => {
    server.answer(giveStatus(429, { 'retry-after': 'Sun, 22 Nov 2026 12:10:00 GMT' }));
    await expect(ask()).rejects.toMatchObject({ retryAt: now + 600_000 });
  });

  it('pauses a minute without a promise, and twice as long each time it goes on', async () => {
    let time = now;
    client = createClient({ clock: { now: () => time } });
    server.answer(giveStatus(429));
    for (const pause of [60_000, 120_000, 240_000]) {
      await expect(ask()).rejects.toMatchObject({ retryAt: time + pause });
      time += pause;
    }
    server.answer(giveJson({}), giveStatus(429));
    await ask();
    await expect(ask()).rejects.toMatchObject({ retryAt: time + 60_000 });
  });

  it('is told by the status alone, though the rest of the answer never comes', async () => {
    client = createClient({ timeoutMs: 1000 });
    server.answer((response) => response.writeHead(429, { 'retry-after': '90' }).write('Rate limit'));
    await expect(ask()).rejects.toMatchObject({ name: 'RateLimited', retryAt: now + 90_000 });
    expect(server.asked).toHaveLength(1);
  });

  it('takes requests that are refused together for one refusal', async () => {
    server.answer(giveStatus(429));
    await Promise.allSettled([ask(), ask(), ask()]);
    expect(pauses).toEqual([60_000, 60_000, 60_000]);
  });
});

describe('a failure that may pass', () => {
  it.each<[string, StandInAnswer]>([
    ['a 500', giveStatus(500)],
    ['a 503', giveStatus(503)],
    ['Bitbucket’s own 555', giveStatus(555)],
    ['a connection that breaks', reset],
    ['a body that breaks off', truncated],
    ['JSON that breaks off', giveText('{"values": [{')],
    ['HTML with 200', giveText('<!DOCTYPE html><title>Bitbucket</title>')],
    ['nothing with 200', giveText('')],
    ['a redirect to nowhere', giveStatus(302)],
  ])('is tried twice more after %s, and each try is counted', async (_failure, failure) => {
    server.answer(failure, failure, giveJson({ good: true }));
    await expect(ask()).resolves.toEqual({ good: true });
    expect(reserved).toHaveLength(3);
    expect(waits).toEqual([250, 750]);
  });

  it('ends as unavailable when it does not pass', async () => {
    server.answer(giveStatus(503));
    await expect(ask()).rejects.toMatchObject({ name: 'BitbucketUnavailable', status: 503 });
    expect(server.asked).toHaveLength(3);
  });

  it('ends as unavailable without a status when there is no answer', async () => {
    server.answer(reset);
    await expect(ask()).rejects.toMatchObject({ name: 'BitbucketUnavailable', status: null });
  });

  it('may be an answer that takes too long', async () => {
    client = createClient({ timeoutMs: 200 });
    server.answer(never);
    await expect(ask()).rejects.toMatchObject({ status: null, reason: 'time-out' });
    expect(server.asked).toHaveLength(3);
  });

  it('may be a body that takes too long', async () => {
    client = createClient({ timeoutMs: 200 });
    server.answer((response) => response.writeHead(200).write('{'));
    await expect(ask()).rejects.toMatchObject({ status: null, reason: 'time-out' });
  });

  it('is not tried again when the answer is larger than any that we ask for', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 32);
    server.answer((response) => {
      for (let sent = 0; sent < 21; sent += 1) response.write(megabyte);
      response.end('{}');
    });
    await expect(ask()).rejects.toMatchObject({ reason: 'the answer is too large' });
    expect(server.asked).toHaveLength(1);
  });

  it('waits longer by chance', async () => {
    client = createClient({ random: () => 0.5 });
    server.answer(giveStatus(500));
    await expect(ask()).rejects.toBeInstanceOf(BitbucketUnavailable);
    expect(waits).toEqual([375, 1125]);
  });
});

describe('a refusal', () => {
  it('of an old token is tried once with a fresh one', async () => {
    server.answer(giveStatus(401), giveJson({ good: true }));
    await expect(ask()).resolves.toEqual({ good: true });
    expect(server.asked.map((one) => one.authorization)).toEqual(['Bearer first', 'Bearer second']);
    expect(reserved).toHaveLength(2);
  });

  it('of an old token costs one fresh one, also when failures lie between', async () => {
    const refreshed: boolean[] = [];
    client = createClient({ authorise: async ({ fresh }) => `Bearer ${refreshed.push(fresh)}` });
    server.answer(giveStatus(401), giveStatus(503), giveStatus(503), giveJson({ good: true }));
    await expect(ask()).resolves.toEqual({ good: true });
    expect(refreshed).toEqual([false, true, false, false]);
  });

  it('of a fresh token too means that access is revoked', async () => {
    server.answer(giveStatus(401));
    await expect(ask()).rejects.toBeInstanceOf(AccessRevoked);
    expect(server.asked).toHaveLength(2);
  });

  it.each([401, 403, 405])('is no revocation where only some credentials may ask (%i)', async (status) => {
    server.answer(...Array.from({ length: 2 }, () => giveStatus(status)));
    await expect(client.getJson('groups', '/1.0/groups/acme/')).rejects.toMatchObject({ name: 'Forbidden' });
  });

  it('passes on what the door says when it has no token to give', async () => {
    client = createClient({ authorise: () => Promise.reject(new AccessRevoked()) });
    await expect(ask()).rejects.toBeInstanceOf(AccessRevoked);
    expect(reserved).toEqual([]);
  });

  it.each([400, 405, 414])('with %i is our mistake or theirs, and not tried again', async (status) => {
    server.answer(giveStatus(status));
    await expect(ask()).rejects.toMatchObject({ name: 'BitbucketUnavailable', status });
    expect(server.asked).toHaveLength(1);
  });
});

describe('the end of the process', () => {
  it.each<[string, StandInAnswer]>([
    ['an answer that does not come', never],
    ['an answer whose body does not come', (response) => response.writeHead(200).write('{')],
    ['another attempt', giveStatus(503)],
  ])('interrupts a request that waits for %s, and nothing is asked after it', async (_, answer) => {
    const ending = new AbortController();
    client = createClient({ signal: ending.signal, wait: () => new Promise(() => undefined) });
    server.answer((response, request) => {
      answer(response, request);
      setImmediate(() => ending.abort());
    });
    await expect(ask()).rejects.toBeInstanceOf(Interrupted);
    await expect(ask()).rejects.toBeInstanceOf(Interrupted);
    expect([server.asked.length, reserved.length]).toEqual([1, 1]);
  });
});

describe('another host', () => {
  const elsewhere = () => foreign.url.replace('127.0.0.1', 'localhost');

  it('is not called by an address', async () => {
    for (const address of [
      elsewhere(),
      foreign.url,
      `http://u:p@${server.url.slice(7)}/`,
      'file:///etc/passwd',
      'http://',
    ]) {
      await expect(ask(address)).rejects.toBeInstanceOf(BitbucketUnavailable);
    }
    expect([server.asked, foreign.asked, reserved]).toEqual([[], [], []]);
  });

  it('is not called by a redirect, and is named', async () => {
    server.answer(giveStatus(302, { location: `${foreign.url}/2.0/steal` }));
    await expect(ask()).rejects.toThrow(foreign.url.slice(7));
    server.answer(giveStatus(302, { location: `//${foreign.url.slice(7)}/2.0/steal` }));
    await expect(ask()).rejects.toThrow('another host');
    expect(foreign.asked).toEqual([]);
  });

  it('is no hindrance to a redirect on the same host, which is counted', async () => {
    server.answer(giveStatus(302, { location: '/2.0/there?x=1' }), giveJson({ good: true }));
    await expect(ask()).resolves.toEqual({ good: true });
    expect(server.asked.map((one) => one.url)).toEqual(['/2.0/user', '/2.0/there?x=1']);
    expect(reserved).toHaveLength(2);
  });

  it('is no part of a circle of redirects, which ends all the same', async () => {
    server.answer(giveStatus(302, { location: '/2.0/user' }));
    await expect(ask()).rejects.toMatchObject({ reason: 'too many redirects' });
    expect(server.asked).toHaveLength(6);
  });
});
