import { createQueryStringHash, fromMethodAndUrl } from 'atlassian-jwt';
import jwt from 'jsonwebtoken';
import type { Clock } from '../world/model';

export interface SignedRequest {
  readonly method: string;
  /** Whole address, or path and query. */
  readonly url: string;
  /** The app's base URL: its path does not count. */
  readonly baseUrl: string;
}

/** SHA-256 of the canonical request; the base URL's path does not count. */
export function hashQuery(request: SignedRequest): string {
  return createQueryStringHash(fromMethodAndUrl(request.method, request.url), false, request.baseUrl);
}

/** A token as Bitbucket signs it: `iss` and `aud` are the client key, plain texts; no `sub`; good for an hour. */
export function signForApp(
  request: SignedRequest,
  connection: { readonly clientKey: string; readonly secret: string },
  clock: Clock,
): string {
  const iat = Math.floor(clock.now() / 1000);
  const { clientKey, secret } = connection;
  const claims = { iss: clientKey, iat, qsh: hashQuery(request), aud: clientKey, exp: iat + 3600 };
  return jwt.sign(claims, secret, { algorithm: 'HS256' });
}

/** The client key a token claims to be from, before anything is verified; `null` when it cannot be read. */
export function readSubject(token: string): string | null {
  const claims = jwt.decode(token);
  return typeof claims === 'object' && typeof claims?.sub === 'string' ? claims.sub : null;
}

/** Whether an app signed this request: HS256, our app key as `iss`, not expired, and made for this very address. */
export function isSignedByApp(
  token: string,
  request: SignedRequest,
  expected: { readonly appKey: string; readonly secret: string; readonly clock: Clock },
): boolean {
  try {
    const clockTimestamp = Math.floor(expected.clock.now() / 1000);
    const claims = jwt.verify(token, expected.secret, { algorithms: ['HS256'], clockTimestamp, clockTolerance: 5 });
    if (typeof claims === 'string' || claims.exp === undefined || claims.iat === undefined) {
      return false;
    }
    return claims.iss === expected.appKey && claims['qsh'] === hashQuery(request);
  } catch {
    return false;
  }
}
