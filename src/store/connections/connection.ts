import type { Instant } from '../../domain/instant';

/** By which door the workspace came in. */
export type ConnectionKind = 'connect' | 'access_token' | 'forge';

/**
 * Of all connections of a workspace one is `live` at most, and it alone is used to call Bitbucket. A `superseded` one
 * made room for one of another kind: its pages and notices are served as before. `revoked`: Bitbucket no longer takes
 * its credentials.
 */
export type ConnectionStatus = 'live' | 'superseded' | 'disabled' | 'uninstalled' | 'revoked';

/** What tells a connection from all others: `reference` is its name at the platform (Connect's clientKey). */
export interface ConnectionName {
  readonly kind: ConnectionKind;
  readonly reference: string;
}

/** How a workspace is reached. */
export interface Connection extends ConnectionName {
  readonly workspace: string;
  /** Secret. What is in it is the door's business: Connect's shared secret as it is, JSON for doors that need more. */
  readonly credentials: string;
  /** Those before the last rotation; `null` without any. */
  readonly previousCredentials: string | null;
  readonly status: ConnectionStatus;
  /**
   * Random, another one after each install: sessions of an earlier epoch are over. A connection that takes the place
   * of one of another kind takes its epoch over, so that open pages go on.
   */
  readonly epoch: string;
  readonly installedAt: Instant;
  readonly uninstalledAt: Instant | null;
  /** Why it does not work, in words. */
  readonly problem: string | null;
  /** By how much Bitbucket's clock was ahead when its last call was refused for that alone; `null`: it was not. */
  readonly clockAheadSeconds: number | null;
}

/** A first install through Connect that has not yet proved to be of the workspace it names. */
export interface PendingInstall {
  readonly id: string;
  readonly clientKey: string;
  readonly workspace: string;
  readonly secret: string;
  readonly receivedAt: Instant;
  readonly attempts: number;
  readonly problem: string | null;
}
