import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { askOnce, type Reply } from '../../bitbucket/client/ask-once';
import { AccessRevoked, BitbucketUnavailable } from '../../bitbucket/client/errors';
import type { ConnectNeeds } from './connect-needs';
import type { Instant } from '../../domain/instant';
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

interface ExchangeParts extends Pick<ConnectNeeds, 'bitbucketUrl' | 'clock' | 'log' | 'signal'> {
  readonly appKey: string;
}

type Installed = Parameters<ExchangeToken>[0];

/** Swaps a token signed with the shared secret for an access token of the workspace (docs/bitbucket.md, 1.3). */
export function createTokenExchange(parts: ExchangeParts): ExchangeToken {
  const { bitbucketUrl, clock, signal } = parts;
  const url = new URL(`${bitbucketUrl}${exchangePath}`);
  const ask = (connection: Installed, issuedAt: Instant): Promise<Reply> => {
    const authorization = `JWT ${signFor(connection, parts.appKey, issuedAt)}`;
    return askOnce({ url, authorization, form: { grant_type: 'urn:bitbucket:oauth2:jwt' }, failure, signal });
  };
  return async (connection) => {
    const askedAt = clock.now();
    const first = await ask(connection, askedAt);
    const itsTime = refusals.has(first.status) ? findItsTime(first, parts) : null;
    const reply = itsTime === null ? first : await ask(connection, itsTime);
    if (refusals.has(reply.status)) throw new AccessRevoked();
    return toAccessToken(reply, askedAt);
  };
}

function signFor({ clientKey, secret }: Installed, appKey: string, issuedAt: Instant): string {
  const iat = Math.floor(issuedAt / 1000);
  const qsh = createQueryStringHash(fromMethodAndUrl('POST', exchangePath));
  const claims = { iss: appKey, sub: clientKey, iat, exp: iat + lifetimeSeconds, qsh };
  return jwt.sign(claims, toSecretKey(secret), { algorithm: 'HS256' });
}

/**
 * The time by Bitbucket's clock, where ours differs from it. Our token lives three minutes: a clock that is wrong by
 * more makes Bitbucket refuse it, as it would a wrong secret. `null`: the clock is not the reason.
 */
function findItsTime({ sentAt }: Reply, { clock, log }: Pick<ExchangeParts, 'clock' | 'log'>): Instant | null {
  const aheadSeconds = sentAt === null ? 0 : Math.round((sentAt - clock.now()) / 1000);
  if (Math.abs(aheadSeconds) < suspiciousSeconds) return null;
  log.warn(
    { aheadSeconds },
    `Bitbucket refused a token of ours; its clock and ours differ by ${Math.abs(aheadSeconds).toString()} seconds, which ` +
      "may be the only reason, so it is asked again with one of its own time. Check this machine's clock.",
  );
  return sentAt;
}

function toAccessToken({ status, json }: Reply, askedAt: number): AccessToken {
  const token = replySchema.safeParse(json);
  if (status !== 200 || !token.success) throw new BitbucketUnavailable({ status, reason: failure });
  return { header: `Bearer ${token.data.access_token}`, expiresAt: askedAt + token.data.expires_in * 1000 };
}
