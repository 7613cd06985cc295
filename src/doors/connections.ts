/** Milliseconds since 1970, as everywhere. Doors know no other room but the store, so the clock's shape is told here. */
export interface DoorClock {
  now(): number;
}

export type ConnectionStatus = 'live' | 'disabled' | 'uninstalled' | 'revoked';

/** What a door reads of a stored connection; the store's own type has more. */
export interface ConnectionRecord {
  readonly workspace: string;
  readonly clientKey: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly status: ConnectionStatus;
  /** Random, new at each install: what was issued before an uninstall dies with it. */
  readonly epoch: string;
  /** By how much Bitbucket's clock was ahead when its last call was refused for that alone; `null`: it was not. */
  readonly clockAheadSeconds: number | null;
}

export interface PendingRecord {
  readonly id: string;
  readonly clientKey: string;
  readonly workspace: string;
  readonly secret: string;
  readonly receivedAt: number;
}

/** The part of the store of connections that doors use. */
export interface ConnectionRecords {
  getByClientKey(clientKey: string): Promise<ConnectionRecord | null>;
  getLive(workspace: string): Promise<ConnectionRecord | null>;
  get(workspace: string): Promise<ConnectionRecord | null>;
  /**
   * True when `expectedSecret` was still the stored one and has been replaced. The connection is then live, the
   * workspace's others are not, and after an uninstall a new epoch has begun.
   */
  rotate(change: { clientKey: string; expectedSecret: string; newSecret: string; now: number }): Promise<boolean>;
  /** Ends no other connection. */
  setStatus(clientKey: string, status: ConnectionStatus, more: { now: number; problem?: string }): Promise<unknown>;
  /** Keeps, or with `null` takes back, that calls are refused for their times alone. */
  noteClock(clientKey: string, aheadSeconds: number | null): Promise<unknown>;
  addPending(install: { clientKey: string; workspace: string; secret: string; receivedAt: number }): Promise<string>;
  getPending(id: string): Promise<PendingRecord | null>;
  notePendingAttempt(id: string, problem: string): Promise<unknown>;
  /** `null` when the clientKey became known meanwhile. */
  promotePending(id: string, more: { now: number }): Promise<ConnectionRecord | null>;
  deletePending(id: string): Promise<unknown>;
}

/** The part of the store of workspaces that doors use. */
export interface WorkspaceRecords {
  save(workspace: { uuid: string; slug: string; name: string; connectedAt: number }): Promise<unknown>;
  update(uuid: string, change: { eraseAt: number | null }): Promise<unknown>;
}

/**
 * May pages and notices of this connection be served? A revoked one still comes from Bitbucket, signed with the
 * stored secret: its pages must open to say that the app has to be connected again.
 */
export function isOpen(connection: ConnectionRecord): boolean {
  return connection.status === 'live' || connection.status === 'revoked';
}

/** The connection through which a workspace may be served now, or `null`. */
export async function findOpenConnection(
  connections: Pick<ConnectionRecords, 'getLive' | 'get'>,
  workspace: string,
): Promise<ConnectionRecord | null> {
  const connection = (await connections.getLive(workspace)) ?? (await connections.get(workspace));
  return connection !== null && isOpen(connection) ? connection : null;
}
