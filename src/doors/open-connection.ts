import type { Connection } from '../store/connections/connection';
import type { ConnectionStore } from '../store/connections/connection-store';

export type ConnectionReader = Pick<ConnectionStore, 'getLive' | 'get'>;
export type StandingReader = Pick<ConnectionStore, 'getStanding'>;

/**
 * The connection through which a workspace may be served now, or `null`. A revoked one still comes from Bitbucket,
 * trusted as ever: its pages must open to say that the app has to be connected again.
 */
export async function findOpenConnection(connections: ConnectionReader, workspace: string): Promise<Connection | null> {
  const connection = (await connections.getLive(workspace)) ?? (await connections.get(workspace));
  return connection?.status === 'live' || connection?.status === 'revoked' ? connection : null;
}

/** The epoch of the same one; sessions of another are over. */
export async function findOpenEpoch(connections: StandingReader, workspace: string): Promise<string | null> {
  const found = await connections.getStanding(workspace);
  return found?.status === 'live' || found?.status === 'revoked' ? found.epoch : null;
}

/** Whether any workspace may be served now. */
export async function isAnyConnected(stores: {
  readonly workspaces: { list(): Promise<readonly { readonly uuid: string }[]> };
  readonly connections: ConnectionReader;
}): Promise<boolean> {
  for (const { uuid } of await stores.workspaces.list()) {
    if ((await findOpenConnection(stores.connections, uuid)) !== null) return true;
  }
  return false;
}

/** May pages and notices of this connection be served? A superseded one is, as long as its workspace is connected. */
export async function isServed(connections: ConnectionReader, connection: Connection): Promise<boolean> {
  if (connection.status !== 'superseded') return connection.status === 'live' || connection.status === 'revoked';
  return (await findOpenConnection(connections, connection.workspace)) !== null;
}
