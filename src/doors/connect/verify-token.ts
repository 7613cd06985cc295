import { createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/**
 * Is a token one that Bitbucket signed for exactly this request? Our own small file, because the library for it
 * takes tokens without an end, lets an array stand for a name, and refuses what Bitbucket really sends
 * (docs/decisions/0001-atlassian-connect-express.md).
 */

interface TokenToVerify {
  readonly token: string | null;
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  /** Its path is left out of what is signed. */
  readonly baseUrl: string;
}

interface TokenChecks {
  /** The keys a token of this clientKey may be signed with, best first; none when it is not to be trusted. */
  readonly findKeys: (clientKey: string) => Promise<readonly KeyObject[]>;
  readonly now: () => number;
}

export type Verdict =
  | { readonly isValid: true; readonly clientKey: string; /** Which of the keys fitted. */ readonly keyIndex: number }
  | {
      readonly isValid: false;
      readonly reason: string;
      /** `null`: more than its times is wrong. */ readonly mistimed: Mistimed | null;
    };

/** A token that Bitbucket has signed for this request, and that is refused for its times alone. */
export interface Mistimed {
  readonly clientKey: string;
  /** By how much the clock that signed it seems to be ahead of ours; behind: negative. */
  readonly aheadSeconds: number;
  /** It has ended, as that of a page that is opened once more has: no proof that a clock is wrong. */
  readonly hasEnded: boolean;
}

/** Bitbucket's tokens have some 500 characters. */
const longestToken = 4_096;
const longestLifetimeSeconds = 3_600;
/** Bitbucket's clock has been seen twenty seconds ahead, and it never repeats what was refused. */
const futureToleranceSeconds = 120;
const pastToleranceSeconds = 120;
/** Node's query parser stops at a thousand parts: what comes after would be neither signed nor read. */
const mostQueryParts = 900;

const tokenForm = /^[\w-]+\.[\w-]+\.[\w-]+$/u;
const headerSchema = z.object({
  alg: z.literal('HS256'),
  typ: z.literal('JWT').optional(),
  crit: z.undefined().optional(),
});
/** 1 to 255 printable characters and nothing else: an array or object that reached a query would be a way in. */
export const clientKeySchema = z.string().regex(/^[\x20-\x7e]{1,255}$/u);
const claimsSchema = z.object({
  iss: clientKeySchema,
  aud: clientKeySchema,
  iat: z.int(),
  exp: z.int(),
  nbf: z.int().optional(),
  qsh: z.string().regex(/^[0-9a-f]{64}$/u),
});
type Claims = z.infer<typeof claimsSchema>;

/** So that an unknown clientKey costs the same time as a wrong signature. */
const decoy = createSecretKey(randomBytes(32));

/** Never throws for what the token holds; `reason` is for the log. */
export async function verifyToken(asked: TokenToVerify, checks: TokenChecks): Promise<Verdict> {
  const { token } = asked;
  if (token === null || !isWellFormed(token)) return refuse('no single token signed with HS256');
  const claims = readClaims(token);
  if (typeof claims === 'string') return refuse(claims);
  const keyIndex = await findFittingKey(token, await checks.findKeys(claims.iss));
  if (keyIndex === null) return refuse('unknown clientKey or signature');
  if (!isSignedFor(claims.qsh, asked)) return refuse('qsh');
  // Last, so that what is refused here is known to be Bitbucket's.
  const mistimed = findMistimed(claims, checks.now());
  if (mistimed === null) return { isValid: true, clientKey: claims.iss, keyIndex };
  return { isValid: false, reason: mistimed.hasEnded ? 'expired' : 'issued in the future', mistimed };
}

/** The algorithm is looked at before anything else in it. */
function isWellFormed(token: string): boolean {
  return token.length <= longestToken && tokenForm.test(token) && headerSchema.safeParse(readPart(token, 0)).success;
}

function refuse(reason: string): Verdict {
  return { isValid: false, reason, mistimed: null };
}

function readPart(token: string, index: number): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** The claims, or what is wrong with them whenever they are looked at. */
function readClaims(token: string): Claims | string {
  const claims = claimsSchema.safeParse(readPart(token, 1));
  if (!claims.success) return `claims: ${claims.error.issues.map((issue) => issue.path.join('.')).join(', ')}`;
  const { iss, aud, iat, exp } = claims.data;
  if (iss !== aud) return 'aud';
  return exp <= iat || exp - iat > longestLifetimeSeconds ? 'lifetime' : claims.data;
}

/** Signed beyond what clocks may differ by? A token that says when it begins to be good is of that moment. */
function findMistimed({ iss, iat, exp, nbf }: Claims, now: number): Mistimed | null {
  const begins = Math.max(iat, nbf ?? iat);
  const hasEnded = now > (exp + pastToleranceSeconds) * 1000;
  if (!hasEnded && begins * 1000 <= now + futureToleranceSeconds * 1000) return null;
  return { clientKey: iss, aheadSeconds: begins - Math.floor(now / 1000), hasEnded };
}

async function findFittingKey(token: string, keys: readonly KeyObject[]): Promise<number | null> {
  if (keys.length === 0) isSignedWith(token, decoy);
  const index = keys.findIndex((key) => isSignedWith(token, key));
  return index === -1 ? null : index;
}

/** Signature alone, compared in constant time by the library; the times are ours to check. */
function isSignedWith(token: string, key: KeyObject): boolean {
  try {
    jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true, ignoreNotBefore: true });
    return true;
  } catch {
    return false;
  }
}

function isSignedFor(qsh: string, asked: TokenToVerify): boolean {
  if (asked.url.split('&').length > mostQueryParts) return false;
  const expected = hashRequest(asked);
  return expected !== null && timingSafeEqual(Buffer.from(qsh, 'hex'), Buffer.from(expected, 'hex'));
}

/** SHA-256 of `METHOD&path&query` in hex; `null` for an address that has no canonical form. */
export function hashRequest(asked: Pick<TokenToVerify, 'method' | 'url' | 'baseUrl'>): string | null {
  try {
    return createQueryStringHash(fromMethodAndUrl(asked.method, asked.url), false, asked.baseUrl);
  } catch {
    return null;
  }
}
