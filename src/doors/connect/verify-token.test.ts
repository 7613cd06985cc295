import fc from 'fast-check';
import { createCanonicalRequest, fromMethodAndUrl } from 'atlassian-jwt';
import {
  canonicalByHand,
  encodePart,
  hashByHand,
  signHs256,
  signLikeBitbucket,
  signRs256,
  type TokenToSign,
} from '../../../test/support/signed-requests';
import { toSecretKey } from '../secret-key';
import { hashRequest, verifyToken, type Verdict } from './verify-token';

const now = Date.parse('2026-11-22T12:00:00.000Z');
const seconds = now / 1000;
const clientKey = 'ari:cloud:bitbucket::app/{11111111-1111-4111-8111-111111111111}/drumbeat';
const secret = 'a shared secret of some length';
const url = '/pages/workspace?workspace=%7B11111111-1111-4111-8111-111111111111%7D&user=%7Bu%7D';

interface Attempt {
  readonly token?: string | null;
  readonly method?: string;
  readonly url?: string;
  readonly baseUrl?: string;
}

function sign(overrides: Partial<TokenToSign> = {}): string {
  return signLikeBitbucket({ method: 'GET', url, clientKey, secret, now, ...overrides });
}

function verify(attempt: Attempt): Promise<Verdict> {
  const request = { token: sign(), method: 'GET', url, baseUrl: 'https://drumbeat.example.com', ...attempt };
  return verifyToken(request, {
    findKeys: async (asked) => (asked === clientKey ? [toSecretKey(secret), toSecretKey('the one before it')] : []),
    now: () => now,
  });
}

async function expectRefusal(attempt: Attempt): Promise<void> {
  expect((await verify(attempt)).isValid).toBe(false);
}

test('a token that Bitbucket signed for this very request is valid', async () => {
  expect(await verify({})).toEqual({ isValid: true, clientKey, keyIndex: 0 });
});

test('the key that fitted is told, so that a former secret can be treated as one', async () => {
  expect(await verify({ token: sign({ secret: 'the one before it' }) })).toEqual({
    isValid: true,
    clientKey,
    keyIndex: 1,
  });
});

test('members that Bitbucket may add one day do no harm', async () => {
  const token = sign({ claims: { sub: 'someone', context: { user: {} }, jti: 'x' } });
  expect((await verify({ token })).isValid).toBe(true);
});

test('the path of BASE_URL is not part of what is signed', async () => {
  const under = `/drumbeat${url}`;
  const token = sign({ url: under, basePath: '/drumbeat' });
  expect((await verify({ token, url: under, baseUrl: 'https://example.com/drumbeat' })).isValid).toBe(true);
  await expectRefusal({ token: sign({ url: under }), url: under, baseUrl: 'https://example.com/drumbeat' });
});

const claims = {
  iss: clientKey,
  aud: clientKey,
  iat: seconds,
  exp: seconds + 3_600,
  qsh: hashByHand({ method: 'GET', url }),
};

const forgeries: readonly (readonly [string, string | null])[] = [
  ['there is none', null],
  ['it is empty', ''],
  ['it is no token', 'hello'],
  ['it has four parts', `${sign()}.x`],
  ['it is longer than any token', sign({ claims: { padding: 'x'.repeat(5_000) } })],
  ['its algorithm is none, unsigned', `${encodePart({ alg: 'none', typ: 'JWT' })}.${encodePart(claims)}.`],
  ['its algorithm is none, signed', sign({ header: { alg: 'none' } })],
  ['its algorithm is HS512', sign({ header: { alg: 'HS512' } })],
  ['its algorithm is HS384', sign({ header: { alg: 'HS384' } })],
  ['its algorithm is RS256', signRs256(claims)],
  ['its algorithm is written in small letters', sign({ header: { alg: 'hs256' } })],
  ['its algorithm is a list', sign({ header: { alg: ['HS256'] } })],
  ['its algorithm is missing', signHs256({ typ: 'JWT' }, claims, secret)],
  ['its header wants an extension', sign({ header: { crit: ['b64'], b64: false } })],
  ['its header is no JSON', `x.${encodePart(claims)}.x`],
  ['its claims are no JSON', signHs256({ alg: 'HS256' }, claims, secret).replace(/\..*\./u, '.x.')],
  ['its claims are a list', signHs256({ alg: 'HS256', typ: 'JWT' }, [claims], secret)],
  ['it is signed with another secret', sign({ secret: 'another secret, as long as it' })],
  ['it is signed with nothing', sign().replace(/[^.]+$/u, 'AAAA')],
  [
    'its claims were changed after signing',
    sign().replace(/\.(.*)\./u, `.${encodePart({ ...claims, exp: seconds + 60 })}.`),
  ],
  ['its clientKey is unknown', sign({ claims: { iss: 'other', aud: 'other' } })],
  ['its clientKey ends with a space', sign({ claims: { iss: `${clientKey} `, aud: `${clientKey} ` } })],
  ['its clientKey is in capitals', sign({ claims: { iss: clientKey.toUpperCase(), aud: clientKey.toUpperCase() } })],
  ['its iss is a list', sign({ claims: { iss: [clientKey] } })],
  ['its iss and aud are lists', sign({ claims: { iss: ['!evil', clientKey], aud: ['!evil', clientKey] } })],
  ['its iss is an object', sign({ claims: { iss: { $ne: null }, aud: { $ne: null } } })],
  ['its iss is a number', sign({ claims: { iss: 1, aud: 1 } })],
  ['its iss is missing', sign({ claims: { iss: undefined } })],
  ['its iss is empty', sign({ claims: { iss: '', aud: '' } })],
  ['its iss has a line break', sign({ claims: { iss: `${clientKey}\n`, aud: `${clientKey}\n` } })],
  ['its iss has 256 characters', sign({ claims: { iss: 'k'.repeat(256), aud: 'k'.repeat(256) } })],
  ['its aud is a list of the right one', sign({ claims: { aud: [clientKey] } })],
  ['its aud is another', sign({ claims: { aud: 'another' } })],
  ['its aud is missing', sign({ claims: { aud: undefined } })],
  ['it never ends', sign({ claims: { exp: undefined } })],
  ['its end is a text', sign({ claims: { exp: String(seconds + 600) } })],
  ['its end is a fraction', sign({ claims: { exp: seconds + 600.5 } })],
  ['its beginning is missing', sign({ claims: { iat: undefined } })],
  ['it lives for more than an hour', sign({ claims: { exp: seconds + 3_601 } })],
  ['it began long ago and lives for more than an hour', sign({ claims: { iat: seconds - 3_600, exp: seconds + 60 } })],
  ['it has expired by more than two minutes', sign({ claims: { iat: seconds - 3_600, exp: seconds - 121 } })],
  ['it ends before it begins', sign({ claims: { iat: seconds + 5, exp: seconds + 4 } })],
  ['it was issued more than two minutes in the future', sign({ claims: { iat: seconds + 121 } })],
  ['it is good from more than two minutes on', sign({ claims: { nbf: seconds + 121 } })],
  ['its beginning of being good is a text', sign({ claims: { nbf: String(seconds) } })],
  ['its beginning of being good is a fraction', sign({ claims: { nbf: seconds + 0.5 } })],
  ['its qsh is missing', sign({ claims: { qsh: undefined } })],
  ['its qsh is context-qsh', sign({ claims: { qsh: 'context-qsh' } })],
  ['its qsh is a list', sign({ claims: { qsh: [claims.qsh] } })],
  ['its qsh is that of another address', sign({ url: '/pages/settings' })],
  ['its qsh is that of another method', sign({ method: 'POST' })],
  ['its qsh is in capitals', sign({ claims: { qsh: claims.qsh.toUpperCase() } })],
];

test.each(forgeries)('a token is refused when %s', async (_, token) => {
  await expectRefusal({ token });
});

test('a token for one address opens no other', async () => {
  await expectRefusal({ url: url.replace('11111111', '22222222') });
  await expectRefusal({ url: `${url}&repository=x` });
  await expectRefusal({ url: '/pages/workspace' });
  await expectRefusal({ url: url.replace('workspace?', 'settings?') });
});

test.each([1, 15, 30, 60, 120])('a clock of Bitbucket that is %d seconds ahead is tolerated', async (ahead) => {
  const claims = { iat: seconds + ahead, exp: seconds + ahead + 3_600 };
  expect((await verify({ token: sign({ claims }) })).isValid).toBe(true);
  expect((await verify({ token: sign({ claims: { nbf: seconds + ahead } }) })).isValid).toBe(true);
});

test('a token is good for two minutes after its end, to the second', async () => {
  for (const late of [0, 30, 120]) {
    const claims = { iat: seconds - 3_600, exp: seconds - late };
    expect((await verify({ token: sign({ claims }) })).isValid).toBe(true);
  }
});

describe('A token that is refused for its times alone', () => {
  const early = { iat: seconds + 300, exp: seconds + 3_900 };

  test.each([
    ['issued too far ahead', early, { aheadSeconds: 300, hasEnded: false }],
    ['not good before too far ahead', { nbf: seconds + 200 }, { aheadSeconds: 200, hasEnded: false }],
    ['at its end', { iat: seconds - 7_200, exp: seconds - 3_600 }, { aheadSeconds: -7_200, hasEnded: true }],
  ])('says by how much the clocks differ: %s', async (_, claims, mistimed) => {
    const verdict = await verify({ token: sign({ claims }) });
    expect(verdict).toMatchObject({ isValid: false, mistimed: { clientKey, ...mistimed } });
  });

  test.each([
    ['another secret', { token: sign({ claims: early, secret: 'another secret, as long as it' }) }],
    ['another address', { token: sign({ claims: early }), url: '/pages/settings' }],
    ['another clientKey', { token: sign({ claims: { ...early, iss: 'other', aud: 'other' } }) }],
    ['a lifetime over an hour', { token: sign({ claims: { ...early, exp: seconds + 3_901 } }) }],
  ])('is no such token with %s: nobody learns from it what time it is', async (_, attempt) => {
    expect(await verify(attempt)).toMatchObject({ isValid: false, mistimed: null });
  });
});

test('parameters beyond what the query parser reads cannot be added unseen', async () => {
  const long = `/pages/workspace?${'a=1&'.repeat(1_000)}`;
  await expectRefusal({ url: `${long}workspace=x`, token: sign({ url: long.slice(0, -1) }) });
});

test('the four published vectors give their hashes', () => {
  const baseUrl = 'https://app.example.com/connect';
  const hash = (method: string, address: string, base = baseUrl) =>
    hashRequest({ method, url: address, baseUrl: base });
  expect(hash('GET', '/connect/repo-page?repoUuid=%7Ba-b%7D&jwt=x.y.z&z=b&z=a&sp=a%20b%2Bc*')).toBe(
    '8e4d1f0ef5c055eb980ae9024dd79c0407b2901c8fae51aed10601c6ef2bc662',
  );
  expect(hash('POST', '/connect/webhook')).toBe('202e1fcb819506f8ba2d4f2eba43dc8b9f635f263eb53df8a64dea718eeedeb6');
  expect(hash('GET', '/2.0/repositories/ws/repo/pullrequests?state=OPEN&pagelen=50', 'https://api.bitbucket.org')).toBe(
    '6558123e19cbb82aa5fc284a7ffe9eace221747c6ce8c01c6c6575907a4b1b77',
  );
  expect(hash('GET', '/', 'https://app.example.com')).toBe(
    'c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239',
  );
});

const oddText = fc.string({ unit: 'binary', maxLength: 8 }).map(encodeURIComponent);
const rawText = fc.stringMatching(/^[\w.~!'()*;:@$,+%-]{0,8}$/u);
const part = fc.oneof(
  oddText,
  rawText,
  fc.constantFrom('jwt', '__proto__', 'a', 'A', '%7Ba%7D', '%20', '+', '%00', '%ff'),
);
const parameter = fc.oneof(
  fc.tuple(part, part).map(([name, value]) => `${name}=${value}`),
  part,
  fc.constant(''),
);
const address = fc
  // Node's parser rewrites some raw characters in a path; none of them is in any path of ours.
  .tuple(
    fc.array(
      fc.oneof(
        oddText.map((text) => text.replaceAll("'", '%27')),
        fc.stringMatching(/^[\w.~&%-]{0,8}$/u),
      ),
      { maxLength: 4 },
    ),
    fc.array(parameter, { maxLength: 6 }),
  )
  .map(([segments, query]) => `/${segments.join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}`);

test('the canonical request of 2,000 random addresses is the same by hand and by atlassian-jwt', () => {
  fc.assert(
    fc.property(fc.constantFrom('GET', 'post'), address, (method, random) => {
      expect(createCanonicalRequest(fromMethodAndUrl(method, random), false, 'https://x.test')).toBe(
        canonicalByHand({ method, url: random }),
      );
    }),
    { numRuns: 2_000, seed: 20261122 },
  );
});

test('a request signed by hand is valid for any address', async () => {
  await fc.assert(
    fc.asyncProperty(address, async (random) => {
      expect((await verify({ token: sign({ url: random }), url: random })).isValid).toBe(true);
    }),
    { numRuns: 300, seed: 20261123 },
  );
});
