import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** With an e-mail address it is the API token of a person, else an access token of a workspace, project or repository. */
export type TokenForm = 'access_token' | 'api_token';

/** A token as somebody gives it. */
export interface GivenToken {
  readonly token: string;
  /** Of the account that made an API token; `null` for an access token. */
  readonly email: string | null;
}

const credentialsSchema = z.object({
  token: z.string().min(1),
  email: z.string().nullable(),
  /** What Bitbucket signs notices with. */
  hookSecret: z.string().min(1),
  /** That before the last rotation, and until when it is taken; without an end while Bitbucket still signs with it. */
  previousHookSecret: z.string().nullable(),
  previousHookSecretUntil: z.number().nullable(),
  /** Somebody said that nothing in the workspace is private. */
  isPublic: z.boolean().default(false),
  /** Fingerprint of the token that the environment gave last; `null`: it gave none. */
  fromEnvironment: z.string().nullable().default(null),
});

/** What a connection of this door keeps, encrypted. */
export type TokenCredentials = z.output<typeof credentialsSchema>;

/** @throws {Error} without a word of what is in it */
export function readCredentials(text: string): TokenCredentials {
  try {
    return credentialsSchema.parse(JSON.parse(text));
  } catch {
    throw new Error('The stored credentials of an access-token connection cannot be read.');
  }
}

export function writeCredentials(credentials: TokenCredentials): string {
  return JSON.stringify(credentialsSchema.parse(credentials));
}

/** For a workspace that has none yet. */
export function createCredentials({ token, email }: GivenToken): TokenCredentials {
  const hookSecret = createHookSecret();
  const none = { previousHookSecret: null, previousHookSecretUntil: null, isPublic: false, fromEnvironment: null };
  return { token, email, hookSecret, ...none };
}

/** By which a token is known again without being kept a second time. */
export function fingerprintToken({ token, email }: GivenToken): string {
  return createHash('sha256')
    .update(`${email ?? ''}:${token}`, 'utf8')
    .digest('hex');
}

/** 256 random bits. */
export function createHookSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** 128 random bits, in 22 letters: the key in the address of notices, and the name of the connection. */
export function createNoticeKey(): string {
  return randomBytes(16).toString('base64url');
}

export function getTokenForm({ email }: Pick<GivenToken, 'email'>): TokenForm {
  return email === null ? 'access_token' : 'api_token';
}

/** The value of the `Authorization` header. */
export function toAuthorization({ token, email }: GivenToken): string {
  return email === null ? `Bearer ${token}` : `Basic ${Buffer.from(`${email}:${token}`, 'utf8').toString('base64')}`;
}
