import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Log } from '../../machine/log';
import type { DoorClock } from '../connections';
import { ConnectionRefused, ExchangeUnavailable } from '../errors';
import { requestJson, type JsonReply } from '../request-json';
import { toSecretKey } from './verify-token';

export interface AccessToken {
  /** As the header wants it: `Bearer …`. */
  readonly header: string;
  readonly expiresAt: number;
}

/** Throws ConnectionRefused or ExchangeUnavailable. */
export type ExchangeToken = (connection: {
  readonly clientKey: string;
  readonly secret: string;
}) => Promise<AccessToken>;

const exchangePath = '/site/oauth2/access_token';
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

/** Swaps a token signed with the shared secret for an access token of the workspace (bitbucket.md, section 2.5). */
export function createTokenExchange(needs: {
  readonly appKey: string;
  /** BITBUCKET_URL: the one address that is ever asked. */
  readonly bitbucketUrl: string;
  readonly clock: DoorClock;
  readonly log: Log;
}): ExchangeToken {
  const url = `${needs.bitbucketUrl}${exchangePath}`;
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
    const reply = await requestJson({
      method: 'POST',
      url,
      headers: { authorization: `JWT ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'urn:bitbucket:oauth2:jwt' }).toString(),
    });
    if (refusals.has(reply.status)) warnOfClock(reply, needs);
    return toAccessToken(reply, askedAt);
  };
}

/** Our token lives three minutes: a clock that is wrong by more makes Bitbucket refuse it, as it would a wrong secret. */
function warnOfClock({ sentAt }: JsonReply, { clock, log }: { clock: DoorClock; log: Log }): void {
  const aheadSeconds = sentAt === null ? 0 : Math.round((sentAt - clock.now()) / 1000);
  if (Math.abs(aheadSeconds) < suspiciousSeconds) return;
  log.warn(
    { aheadSeconds },
    `Bitbucket refused a token of ours; its clock and ours differ by ${Math.abs(aheadSeconds).toString()} seconds, which ` +
      'may be the only reason. Check the clock of this machine.',
  );
}

function toAccessToken(reply: { status: number; body: unknown }, askedAt: number): AccessToken {
  if (refusals.has(reply.status)) {
    throw new ConnectionRefused(`the token exchange answered ${reply.status.toString()}`);
  }
  const token = replySchema.safeParse(reply.body);
  if (reply.status !== 200 || !token.success) throw new ExchangeUnavailable(reply.status, 'its answer was no token');
  return { header: `Bearer ${token.data.access_token}`, expiresAt: askedAt + token.data.expires_in * 1000 };
}
