import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Cookies of one name, whose values are ours. */
export interface SignedCookie {
  /** The value of `Set-Cookie`. `payload`: letters, digits, dashes and underscores. */
  write(payload: string, seconds: number): string;
  /** The value of `Set-Cookie` that takes it back. */
  clear(): string;
  /** The payload; `null` for none, a forged one, and for several of the name: nobody can tell which one is ours. */
  read(cookieHeader: string | undefined): string | null;
}

interface CookieParts {
  readonly name: string;
  readonly path: string;
  readonly isSecure: boolean;
  readonly key: KeyObject;
}

/** A key for cookies alone: whoever had a session's, or a connection's secret, could sign nothing here. */
export function deriveCookieKey(encryptionKey: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', encryptionKey, '', 'drumbeat cookie 1', 32)));
}

/** Lax: the cookie must come along from Bitbucket's page back to ours, and never with a form of somebody else's. */
export function createSignedCookie({ name, path, isSecure, key }: CookieParts): SignedCookie {
  const scope = `Path=${path}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const sign = (payload: string): string => createHmac('sha256', key).update(`${name}=${payload}`).digest('base64url');
  return {
    write: (payload, seconds) =>
      `${name}=${payload}.${sign(payload)}; Max-Age=${Math.max(0, Math.floor(seconds))}; ${scope}`,
    clear: () => `${name}=; Max-Age=0; ${scope}`,
    read: (cookieHeader) => {
      const [value, ...others] = readCookies(cookieHeader ?? '', name);
      const [, payload, signature] = /^([\w-]+)\.([\w-]{43})$/u.exec(value ?? '') ?? [];
      if (payload === undefined || signature === undefined || others.length > 0) return null;
      // As texts: the last letter of one has bits that say nothing, and another would be read as the same signature.
      return timingSafeEqual(Buffer.from(sign(payload)), Buffer.from(signature)) ? payload : null;
    },
  };
}

/** Of all headers of that name, as a browser would have sent one. */
export function readCookieHeader(rawHeaders: readonly string[]): string | undefined {
  const found = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'cookie');
  return found.length === 0 ? undefined : found.join('; ');
}

function readCookies(cookieHeader: string, name: string): string[] {
  const pairs = cookieHeader.split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
