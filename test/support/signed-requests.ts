import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';

/** A request that Bitbucket would sign. */
export interface RequestToSign {
  readonly method: string;
  /** Path and query as sent, with the path of BASE_URL. */
  readonly url: string;
  /** The path of BASE_URL, left out of what is signed. */
  readonly basePath?: string;
}

export interface TokenToSign extends RequestToSign {
  readonly clientKey: string;
  readonly secret: string;
  readonly now: number;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** As captured: `iss` and `aud` are the clientKey as plain text, life is one hour. `undefined` leaves a claim out. */
export function signLikeBitbucket(token: TokenToSign): string {
  const iat = Math.floor(token.now / 1000);
  const claims = {
    iss: token.clientKey,
    iat,
    qsh: hashByHand(token),
    aud: token.clientKey,
    exp: iat + 3_600,
    ...token.claims,
  };
  return signHs256({ alg: 'HS256', typ: 'JWT', ...token.header }, claims, token.secret);
}

export function signHs256(header: object, claims: object, secret: string): string {
  const text = `${encodePart(header)}.${encodePart(claims)}`;
  const digest = { HS384: 'sha384', HS512: 'sha512' }[String((header as { alg?: unknown }).alg)] ?? 'sha256';
  return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });

export function signRs256(claims: object): string {
  const text = `${encodePart({ alg: 'RS256', typ: 'JWT', kid: '../../anything?x=y' })}.${encodePart(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), stranger.privateKey).toString('base64url')}`;
}

export function encodePart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function readClaims(token: string): Record<string, unknown> {
  const part = token.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}

/** The rule of docs/bitbucket.md, 1.2, written a second time: tests compare the two. */
export function hashByHand(request: RequestToSign): string {
  return createHash('sha256').update(canonicalByHand(request)).digest('hex');
}

export function canonicalByHand({ method, url, basePath = '' }: RequestToSign): string {
  const [address, query] = splitAt(url, '?');
  const path = address.slice(basePath.length).replaceAll('&', '%26').replace(/\/$/u, '');
  return `${method.toUpperCase()}&${path === '' ? '/' : path}&${canonicalQuery(query)}`;
}

function canonicalQuery(query: string): string {
  const values = new Map<string, string[]>();
  for (const part of query.split('&').filter((text) => text !== '')) {
    const [name, value] = splitAt(part, '=').map(decode);
    if (name === undefined || name === 'jwt' || name === '__proto__') continue;
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  const lines = [...values].sort(([a], [b]) => compare(a, b));
  return lines.map(([name, list]) => `${encode(name)}=${[...list].sort(compare).map(encode).join(',')}`).join('&');
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/gu,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** By UTF-16 units, as JavaScript sorts. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
