import { createSecretKey, hkdfSync, randomUUID, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Clock } from '../domain/clock';
import { clockTolerance } from '../domain/instant';
import { findOpenEpoch, type StandingReader } from './open-connection';

interface SignInReader {
  getSignIn(id: string): Promise<{ readonly viewer: string; readonly endsAt: number } | null>;
}

/** What a session opens. Everything in it was proved by a door when the page was loaded. */
export interface SessionGrant {
  readonly workspace: string;
  /** `null`: the whole workspace. */
  readonly repositoryUuid: string | null;
  readonly role: 'read' | 'write';
  /** The page it was issued on. */
  readonly page: string;
  readonly userUuid: string | null;
  /** Whose rights decide what it shows, and the sign-in that it ends with: as of the caller. */
  readonly viewer: string | null;
  readonly signIn: string | null;
}

export interface Session extends SessionGrant {
  readonly epoch: string;
  /** When the page was loaded through Bitbucket; renewals keep it. */
  readonly loadedAt: number;
}

export interface IssuedSession {
  readonly session: string;
  readonly expiresAt: number;
}

export type Sessions = ReturnType<typeof createSessions>;

export const sessionLifetimeMs = 15 * 60_000;
export const longestSessionMs = 12 * 3_600_000;

const issuer = 'drumbeat-session';
const longestToken = 4_096;

const claimsSchema = z.object({
  workspace: z.string().min(1),
  repository: z.string().min(1).nullable(),
  role: z.enum(['read', 'write']),
  page: z.string().min(1),
  user: z.string().min(1).nullable(),
  viewer: z.string().min(1).nullable(),
  sign_in: z.string().min(1).nullable(),
  epoch: z.string().min(1),
  loaded_at: z.int().nonnegative(),
  exp: z.int(),
});

/**
 * Tokens of ours, for the script of a page and for its forms. The key comes from ENCRYPTION_KEY and from nothing
 * that Bitbucket or another workspace holds: with Connect's shared secret anyone who has that could sign one.
 */
export function createSessions(needs: {
  readonly encryptionKey: Buffer;
  readonly connections: StandingReader;
  readonly viewers: SignInReader;
  readonly clock: Clock;
}) {
  const key = deriveSessionKey(needs.encryptionKey);
  const { clock, connections, viewers } = needs;
  const verify = async (token: string): Promise<Session | null> => {
    const session = readSession(token, key, clock.now());
    if (session === null || !(await isSignedIn(session, viewers, clock.now()))) return null;
    return (await findOpenEpoch(connections, session.workspace)) === session.epoch ? session : null;
  };
  const extend = (session: Session): IssuedSession | null => {
    const now = clock.now();
    return now >= session.loadedAt + longestSessionMs ? null : signSession(session, key, now);
  };
  return {
    /** `null` for anything that is not a session of ours in force now. */
    verify,
    /** `null` when the workspace has no open connection (any more). */
    issue: async (grant: SessionGrant): Promise<IssuedSession | null> => {
      const epoch = await findOpenEpoch(connections, grant.workspace);
      if (epoch === null) return null;
      const now = clock.now();
      return signSession({ ...grant, epoch, loadedAt: now }, key, now);
    },
    /** A fresh token of the same reach; `null` for none in force or twelve hours after the page was loaded. */
    renew: async (token: string): Promise<IssuedSession | null> => {
      const session = await verify(token);
      return session && extend(session);
    },
    /** The same for one that has just been verified. */
    extend,
  };
}

/** A session of our own window ends with its sign-in, however it ended. */
async function isSignedIn({ signIn, viewer }: SessionGrant, viewers: SignInReader, now: number): Promise<boolean> {
  if (signIn === null) return true;
  const found = await viewers.getSignIn(signIn);
  return found !== null && found.viewer === viewer && now < found.endsAt;
}

function deriveSessionKey(encryptionKey: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', encryptionKey, '', 'drumbeat session 1', 32)));
}

function signSession(session: Session, key: KeyObject, now: number): IssuedSession {
  const expiresAt = Math.min(now + sessionLifetimeMs, session.loadedAt + longestSessionMs);
  const claims = {
    iss: issuer,
    // Times are whole seconds: without it, a session renewed within the second of its issue would be the same text.
    jti: randomUUID(),
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
    workspace: session.workspace,
    repository: session.repositoryUuid,
    role: session.role,
    page: session.page,
    user: session.userUuid,
    viewer: session.viewer,
    sign_in: session.signIn,
    epoch: session.epoch,
    loaded_at: session.loadedAt,
  };
  return { session: jwt.sign(claims, key, { algorithm: 'HS256' }), expiresAt: claims.exp * 1000 };
}

function readSession(token: string, key: KeyObject, now: number): Session | null {
  if (token.length > longestToken) return null;
  const claims = claimsSchema.safeParse(openToken(token, key, now));
  if (!claims.success || now >= claims.data.exp * 1000) return null;
  const { workspace, repository, role, page, user, viewer, sign_in, epoch, loaded_at } = claims.data;
  // Of a clock that was ahead: it would last as much too long.
  if (loaded_at > now + clockTolerance) return null;
  const who = { userUuid: user, viewer, signIn: sign_in };
  return { workspace, repositoryUuid: repository, role, page, ...who, epoch, loadedAt: loaded_at };
}

/** The verified claims, or `null`: a wrong token is an expected thing, not an error. */
function openToken(token: string, key: KeyObject, now: number): unknown {
  try {
    return jwt.verify(token, key, { algorithms: ['HS256'], issuer, clockTimestamp: Math.floor(now / 1000) });
  } catch {
    return null;
  }
}
