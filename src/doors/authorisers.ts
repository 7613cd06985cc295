import type { Authorise } from '../bitbucket/client/bitbucket-client';
import { AccessRevoked } from '../bitbucket/client/errors';
import type { ConnectionStore } from '../store/connections/connection-store';
import type { Door } from './door';

/**
 * The header for a call to Bitbucket: from the door of the workspace's live connection, looked up at each call, since a
 * workspace may move to another door at any time.
 * @throws AccessRevoked for a workspace that is not connected, and what the door throws
 */
export function createAuthorisers(
  doors: readonly Pick<Door, 'kind' | 'authorise'>[],
  connections: Pick<ConnectionStore, 'getLive'>,
): (workspace: string) => Authorise {
  return (workspace) => async (options) => {
    const connection = await connections.getLive(workspace);
    const door = doors.find(({ kind }) => kind === connection?.kind);
    if (connection === null || door === undefined) throw new AccessRevoked();
    return door.authorise(connection, options);
  };
}
