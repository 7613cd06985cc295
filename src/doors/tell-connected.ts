import type { Connection, ConnectionKind } from '../store/connections/connection';
import type { DoorEvents } from './door';

/** A connection of this kind is live now: the workspace came in, or it moved here from the one that was live before. */
export async function tellConnected(
  events: DoorEvents,
  connection: { readonly workspace: string; readonly kind: ConnectionKind },
  liveBefore: Pick<Connection, 'kind'> | null,
): Promise<void> {
  const hasMoved = liveBefore !== null && liveBefore.kind !== connection.kind;
  await (hasMoved ? events.onMoved(connection.workspace) : events.onConnected(connection.workspace));
}
