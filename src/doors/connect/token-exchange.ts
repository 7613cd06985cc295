import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { askOnce, type Reply } from '../../bitbucket/client/ask-once';
import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import type { ConnectNeeds } from './connect-needs';
import { toSecretKey } from '../secret-key';

export interface AccessToken {
  /** As the header wants it: `Bearer …`. */
  readonly header: string;
  readonly expiresAt: number;
}

/** @throws AccessRevoked, BitbucketUnavailable, Interrupted */
export type ExchangeToken = (connection: {
  readonly clientKey: string;
  readonly secret: string;
}) => Promise<AccessToken>;

const exchangePath = '/site/oauth2/access_token';
const failure = 'no access token could be had';
const lifetimeSeconds = 180;
/** Above what two good clocks and a slow answer explain. */
const suspiciousSeconds = 60;
/** The secret is not (or no longer) that of this clientKey. */
const refusals = new Set([400, 401, 403]);
/** Where the reply does not say; one that ends sooner is renewed at the first 401. */
const usualLifetimeSeconds = 3_600;
const replySchema = z.object({
  access_token: z.string().min(1).max(8_192),
  expires_in: z.coerce.number().positive().catch(usualLifetimeSeconds),
});

/** Swaps a token signed with the shared secret for an access token of the workspace (docs/bitbucket.md, 1.3). */
export function createTokenExchange(
  needs: Pick<ConnectNeeds, 'bitbucketUrl' | 'clock' | 'log' | 'signal'> & { readonly appKey: string },
): ExchangeToken {
  const url = new URL(`${needs.bitbucketUrl}${exchangePath}`);
  return async (connection) => {
    const askedAt = needs.clock.now();
    const issuedAt = Math.floor(askedAt / 1000);
    const claims = {
      iss: needs.appKey,
      sub: connection.clientKey,
      iat: issuedAt,
      exp: issuedAt + lifetimeSeconds,
      qsh: createQueryStringHash(fromMethodAndUrl('POST', exchangePath)),
    };
    const token = jwt.sign(claims, toSecretKey(connection.secret), { algorithm: 'HS256' });
    const form = { grant_type: 'urn:bitbucket:oauth2:jwt' };
    const reply = await askOnce({ url, authorization: `JWT ${token}`, form, failure, signal: needs.signal });
    if (refusals.has(reply.status)) {
      warnOfClock(reply, needs);
      throw new AccessRevoked();
    }
    return toAccessToken(reply, askedAt);
  };
}

/** Our token lives three minutes: a clock that is wrong by more makes Bitbucket refuse it, as it would a wrong secret. */
function warnOfClock({ sentAt }: Reply, { clock, log }: Pick<ConnectNeeds, 'clock' | 'log'>): void {
  const aheadSeconds = sentAt === null ? 0 : Math.round((sentAt - clock.now()) / 1000);
  if (Math.abs(aheadSeconds) < suspiciousSeconds) return;
  log.warn(
    { aheadSeconds },
    `Bitbucket refused a token of ours; its clock and ours differ by ${Math.abs(aheadSeconds).toString()} seconds, which ` +
      'may be the only reason. Check the clock of this machine.',
  );
}

function toAccessToken({ status, json }: Reply, askedAt: number): AccessToken {
  const token = replySchema.safeParse(json);
  if (status !== 200 || !token.success) throw new BitbucketUnavailable({ status, reason: failure });
  return { header: `Bearer ${token.data.access_token}`, expiresAt: askedAt + token.data.expires_in * 1000 };
}
