import { createHash, randomBytes } from 'node:crypto';
import { clockTolerance } from '../../domain/instant';
import type { SignIn } from '../own-window';
import { isSecureAddress, toBasePath } from './own-path';
import { createSignedCookie, deriveCookieKey } from './signed-cookies';
import type { WindowNeeds } from './window-needs';

export const hourMs = 3_600_000;
export const cookieName = 'drumbeat';

/** Who came, and until when they stay. */
export type Newcomer = Pick<SignIn, 'way' | 'viewer' | 'userUuid' | 'name' | 'endsAt'>;

export type SignIns = ReturnType<typeof createSignIns>;

/** Sign-ins of browsers: the cookie holds a random text, the database its hash. */
export function createSignIns(
  needs: Pick<WindowNeeds, 'baseUrl' | 'encryptionKey' | 'viewers' | 'clock' | 'signInHours'>,
) {
  const { viewers, clock, baseUrl } = needs;
  const key = deriveCookieKey(needs.encryptionKey);
  const isSecure = isSecureAddress(baseUrl);
  const cookie = createSignedCookie({ name: cookieName, path: toBasePath(baseUrl) || '/', isSecure, key });
  return {
    /** A sign-in that is not saved yet, and the cookie that will open it. */
    make: (newcomer: Newcomer): { readonly signIn: SignIn; readonly cookie: string } => {
      const startedAt = clock.now();
      const secret = createSecret();
      const signIn = { ...newcomer, id: hashSecret(secret), startedAt };
      return { signIn, cookie: cookie.write(secret, (newcomer.endsAt - startedAt) / 1000) };
    },
    /** `null`: nobody. */
    find: async (cookieHeader: string | undefined): Promise<SignIn | null> => {
      const secret = cookie.read(cookieHeader);
      const signIn = secret === null ? null : await viewers.getSignIn(hashSecret(secret));
      // One that begins ahead of us is of a clock that was wrong, and would end as much too late.
      const isOpen = signIn !== null && signIn.endsAt > clock.now() && signIn.startedAt <= clock.now() + clockTolerance;
      return isOpen ? signIn : null;
    },
    /** Gives the cookie that takes the other back. */
    end: async (cookieHeader: string | undefined): Promise<string> => {
      const secret = cookie.read(cookieHeader);
      if (secret !== null) await viewers.deleteSignIn(hashSecret(secret));
      return cookie.clear();
    },
    usualEnd: (): number => clock.now() + needs.signInHours * hourMs,
  };
}

/** 256 bits that nobody can guess, as they stand in a cookie or an address. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a secret: whoever reads it cannot come in with it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
