import { z } from 'zod';
import { readCaptures } from '../../../test/support/shared-folder';
import { readClaims } from '../../../test/support/signed-requests';
import { toClientKey, toInstalledBody } from './lifecycle-body';
import { hashRequest, verifyToken } from './verify-token';

const captureSchema = z.looseObject({
  headers: z.looseObject({ Authorization: z.string().optional() }),
  payload: z.looseObject({ key: z.string(), clientKey: z.string() }),
});
const lifecycle = readCaptures('lifecycle').map((capture) => ({ ...capture, ...captureSchema.parse(capture.body) }));
const signed = [...readCaptures('webhooks'), ...readCaptures('lifecycle')].flatMap(({ name, body }) => {
  const capture = z.looseObject({ headers: z.looseObject({ Authorization: z.string() }) }).safeParse(body);
  const token = capture.success
    ? /^JWT ([^.]+\.[^.]+\.[^.]+)$/u.exec(capture.data.headers.Authorization)?.[1]
    : undefined;
  return token === undefined ? [] : [{ name, token }];
});

test.each(lifecycle)('the captured body $name is understood', ({ kind, payload }) => {
  const sharedSecret = 'a secret in the place of the captured one';
  const installed = toInstalledBody({ ...payload, sharedSecret }, payload.key)?.clientKey;
  expect(kind === 'installed' ? installed : toClientKey(payload, kind)).toBe(payload.clientKey);
});

test('there are captured tokens', () => expect(signed.length).toBeGreaterThan(1));

test.each(signed)('the captured token of $name is refused for its unknown secret alone', async ({ token }) => {
  const { iat, qsh } = readClaims(token);
  const addresses = ['/bitbucket/install', '/bitbucket/uninstall', '/bitbucket/webhook'];
  const url = addresses.find((one) => hashRequest({ method: 'POST', url: one, baseUrl: 'https://x.test' }) === qsh);
  expect(url).toBeDefined();
  const asked = { token, method: 'POST', url: url ?? '', baseUrl: 'https://x.test' };
  const checks = { findKeys: async () => [], now: () => Number(iat) * 1000 + 1000 };
  expect(await verifyToken(asked, checks)).toEqual({
    ...{ isValid: false, mistimed: null },
    reason: 'unknown clientKey or signature',
  });
});
