import type { Instant } from '../../domain/instant';

export type ConnectionStatus = 'live' | 'disabled' | 'uninstalled' | 'revoked';

/** How a workspace is reached; one of each kind is live at most. */
export interface Connection {
  readonly workspace: string;
  readonly kind: 'connect';
  readonly clientKey: string;
  readonly secret: string;
  /** The one before the last rotation; `null` without any. */
  readonly previousSecret: string | null;
  readonly status: ConnectionStatus;
  /** Random, another one after each install: sessions of an earlier epoch are over. */
  readonly epoch: string;
  readonly installedAt: Instant;
  readonly uninstalledAt: Instant | null;
  /** Why it does not work, in words. */
  readonly problem: string | null;
  /** By how much Bitbucket's clock was ahead when its last call was refused for that alone; `null`: it was not. */
  readonly clockAheadSeconds: number | null;
}

/** A first install that has not yet proved to be of the workspace it names. */
export interface PendingInstall {
  readonly id: string;
  readonly clientKey: string;
  readonly workspace: string;
  readonly secret: string;
  readonly receivedAt: Instant;
  readonly attempts: number;
  readonly problem: string | null;
}
