import jwt from 'jsonwebtoken';
import { startFakeBitbucket, type FakeBitbucket } from '../../../test/support/fakes/fake-bitbucket';
import { createSilentLog } from '../../machine/log';
import { createFixedClock } from '../../../test/support/fixed-clock';
import { day, hour } from '../../../test/support/builders';
import { giveJson, giveStatus, giveText, startStandInServer } from '../../../test/support/fakes/stand-in-server';
import { createRememberingLog } from '../../../test/support/remembering-log';
import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import type { Authorise } from '../../bitbucket/client/bitbucket-client';
import { createKeptToken } from './kept-tokens';
import { createTokenExchange } from './token-exchange';

const clock = createFixedClock();
const install = {
  clientKey: 'connection:1',
  secret: 'the secret of acme, long enough',
  workspace: '{1}',
  slug: 'acme',
};
let bitbucket: FakeBitbucket;
let connection: { reference: string; credentials: string };

beforeEach(async () => {
  bitbucket = await startFakeBitbucket('drumbeat');
  bitbucket.installs.set(install.clientKey, install);
  connection = { reference: install.clientKey, credentials: install.secret };
});

afterEach(() => bitbucket.close());

function create(bitbucketUrl = bitbucket.url, log = createSilentLog()): Authorise {
  const exchange = createTokenExchange({ appKey: 'drumbeat', bitbucketUrl, clock, log });
  const token = createKeptToken({ exchange, clock });
  return (options) => token(connection, options);
}

test('one token serves until a minute before its end', async () => {
  const authorise = create();
  const first = await authorise({ fresh: false });
  expect(first).toBe('Bearer access-0-acme');
  clock.advance((bitbucket.expiresIn - 61) * 1000);
  expect(await authorise({ fresh: false })).toBe(first);
  clock.advance(1000);
  expect(await authorise({ fresh: false })).toBe('Bearer access-1-acme');
});

test('a refused token is replaced when a fresh one is asked for', async () => {
  const authorise = create();
  await authorise({ fresh: false });
  expect(await authorise({ fresh: true })).toBe('Bearer access-1-acme');
  expect(await authorise({ fresh: false })).toBe('Bearer access-1-acme');
});

test('callers at the same moment share one exchange', async () => {
  const authorise = create();
  const headers = await Promise.all(Array.from({ length: 10 }, () => authorise({ fresh: false })));
  expect(new Set(headers).size).toBe(1);
  expect(bitbucket.asked).toHaveLength(1);
});

test('a new secret ends the token of the old one', async () => {
  const authorise = create();
  await authorise({ fresh: false });
  connection = { ...connection, credentials: 'the second secret of acme' };
  bitbucket.installs.set(install.clientKey, { ...install, secret: connection.credentials });
  expect(await authorise({ fresh: false })).toBe('Bearer access-1-acme');
});

test('with a secret Bitbucket does not honour, the connection is refused', async () => {
  const authorise = create();
  connection = { ...connection, credentials: 'not the secret of anyone' };
  await expect(authorise({ fresh: false })).rejects.toThrow(AccessRevoked);
});

test.each([401, 403])('status %i of the exchange is a refusal', async (status) => {
  bitbucket.failures.push(status);
  await expect(create()({ fresh: false })).rejects.toThrow(AccessRevoked);
});

test.each([
  [-400, ['differ by 400 seconds']],
  [7_200, ['differ by 7200 seconds']],
  [20, []],
])('a refusal whose answer shows a clock %d seconds ahead is logged as a matter of clocks', async (ahead, words) => {
  const server = await startStandInServer();
  server.answer(giveStatus(401, { date: new Date(clock.now() + ahead * 1000).toUTCString() }));
  const { log, lines } = createRememberingLog();
  await expect(create(server.url, log)({ fresh: false })).rejects.toThrow(AccessRevoked);
  expect(lines.map(({ msg }) => /differ by \d+ seconds/u.exec(String(msg))?.[0])).toEqual(words);
  await server.close();
});

test('where the clock alone is wrong, a token is had with the time that Bitbucket tells', async () => {
  const server = await startStandInServer();
  const date = new Date(clock.now() + day).toUTCString();
  server.answer(giveStatus(400, { date }), giveJson({ access_token: 'good', expires_in: 7_200 }));
  const authorise = create(server.url);
  expect(await authorise({ fresh: false })).toBe('Bearer good');
  const signedAt = server.asked.map(({ authorization = '' }) => jwt.decode(authorization.slice('JWT '.length)));
  const now = Math.floor(clock.now() / 1000);
  expect(signedAt).toMatchObject([
    { iat: now, exp: now + 180 },
    { iat: now + day / 1000, exp: now + day / 1000 + 180 },
  ]);
  // It lives by our clock, as every other does.
  clock.advance(hour);
  expect(await authorise({ fresh: false })).toBe('Bearer good');
  expect(server.asked).toHaveLength(2);
  await server.close();
});

test.each([429, 500, 503, 404])('status %i of the exchange is worth another attempt', async (status) => {
  bitbucket.failures.push(status);
  const authorise = create();
  await expect(authorise({ fresh: false })).rejects.toThrow(BitbucketUnavailable);
  expect(await authorise({ fresh: false })).toContain('Bearer ');
});

test('a lost connection is worth another attempt', async () => {
  await expect(create('http://127.0.0.1:9')({ fresh: false })).rejects.toThrow(BitbucketUnavailable);
});

test('a redirect is not followed, and a page for a token is no token', async () => {
  const server = await startStandInServer();
  server.answer(giveStatus(302, { location: `${bitbucket.url}/site/oauth2/access_token` }), giveText('<html>'));
  const authorise = create(server.url);
  await expect(authorise({ fresh: false })).rejects.toThrow(BitbucketUnavailable);
  await expect(authorise({ fresh: false })).rejects.toThrow(BitbucketUnavailable);
  expect(bitbucket.asked).toEqual([]);
  await server.close();
});
