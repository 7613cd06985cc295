import type { KeyObject } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../domain/clock';
import { clockTolerance } from '../../domain/instant';
import { isSecureAddress, toBasePath } from './own-path';
import { createSignedCookie } from './signed-cookies';
import { createSecret, hashSecret } from './sign-ins';

/** What a browser keeps between leaving for Bitbucket and coming back. */
export interface Begun {
  readonly state: string;
  /** A path on our own address. */
  readonly to: string;
}

const lifetimeMs = 10 * 60_000;
/** Used ones that are remembered; of more, those that were used first are forgotten. */
const mostUsed = 10_000;
const kept = z.object({ state: z.string(), to: z.string(), endsAt: z.int() });

/** The cookie of ten minutes that binds a sign-in to the browser that began it. */
export function createBegunSignIn(needs: { readonly baseUrl: string; readonly key: KeyObject; readonly clock: Clock }) {
  const { baseUrl, key, clock } = needs;
  const path = `${toBasePath(baseUrl)}/sign-in`;
  const cookie = createSignedCookie({ name: 'drumbeat-state', path, isSecure: isSecureAddress(baseUrl), key });
  const used = new Set<string>();
  const isFirstUse = (state: string): boolean => {
    if (used.has(state)) return false;
    used.add(state);
    const [oldest] = used;
    if (used.size > mostUsed && oldest !== undefined) used.delete(oldest);
    return true;
  };
  return {
    begin: (to: string): { readonly state: string; readonly cookie: string } => {
      const state = createSecret();
      const text = JSON.stringify({ state, to, endsAt: clock.now() + lifetimeMs });
      return { state, cookie: cookie.write(Buffer.from(text).toString('base64url'), lifetimeMs / 1000) };
    },
    /** `null` unless this browser began it, within ten minutes, with that one state, and comes back the first time. */
    use: (cookieHeader: string | undefined, states: readonly string[]): Begun | null => {
      const payload = cookie.read(cookieHeader);
      if (payload === null) return null;
      const begun = kept.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      const [state, ...others] = states;
      const isSame = state !== undefined && others.length === 0 && isEqual(state, begun.state);
      const left = begun.endsAt - clock.now();
      return isSame && left > 0 && left <= lifetimeMs + clockTolerance && isFirstUse(begun.state) ? begun : null;
    },
    clear: (): string => cookie.clear(),
  };
}

/** In a time that tells nothing. */
function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)));
}
