import { createSignedCookie, deriveCookieKey, readCookieHeader } from './signed-cookies';

const key = deriveCookieKey(Buffer.alloc(32, 7));
const cookie = createSignedCookie({ name: 'drumbeat', path: '/drumbeat', isSecure: true, key });

describe('A signed cookie', () => {
  it('is for the server alone, and for its own path', () => {
    const scope = 'Path=/drumbeat; HttpOnly; SameSite=Lax; Secure';
    expect(cookie.write('abc', 60.9)).toMatch(/^drumbeat=abc\.[\w-]{43}; /u);
    expect(cookie.write('abc', 60.9).split('; ').slice(1).join('; ')).toBe(`Max-Age=60; ${scope}`);
    expect(cookie.clear()).toBe(`drumbeat=; Max-Age=0; ${scope}`);
  });

  it('goes without TLS where our address has none', () => {
    expect(createSignedCookie({ name: 'drumbeat', path: '/', isSecure: false, key }).clear()).not.toMatch(/Secure/u);
  });

  it('is good under its own name alone', () => {
    const value = cookie.write('abc', 60).split(/[=;]/u)[1] ?? '';
    const other = createSignedCookie({ name: 'other', path: '/', isSecure: true, key });
    expect(cookie.read(`drumbeat=${value}`)).toBe('abc');
    expect(other.read(`other=${value}`)).toBeNull();
  });

  it('is good letter by letter', () => {
    const value = cookie.write('abc', 60).split(';')[0] ?? '';
    const letters = Array.from({ length: 64 }, (_, index) =>
      Buffer.from([index << 2])
        .toString('base64url')
        .charAt(0),
    );
    expect(letters.filter((last) => cookie.read(`${value.slice(0, -1)}${last}`) !== null)).toHaveLength(1);
  });

  it('is read from all headers of that name', () => {
    expect(readCookieHeader(['Host', 'cookie', 'Cookie', 'a=1', 'COOKIE', 'b=2'])).toBe('a=1; b=2');
    expect(readCookieHeader(['Host', 'here'])).toBeUndefined();
  });
});
