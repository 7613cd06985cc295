import type { Connection, ConnectionKind } from '../store/connections/connection';
import type { Transaction } from '../store/database/transaction';
import type { DoorEvents } from './door';

interface Connected {
  readonly connection: { readonly workspace: string; readonly kind: ConnectionKind };
  /** What was live in the workspace before. */
  readonly liveBefore: Pick<Connection, 'kind'> | null;
}

/** A connection of this kind is live now: the workspace came in, or it moved here from the one that was live before. */
export async function tellConnected(
  events: DoorEvents,
  { connection, liveBefore }: Connected,
  tx: Transaction,
): Promise<void> {
  const hasMoved = liveBefore !== null && liveBefore.kind !== connection.kind;
  await (hasMoved ? events.onMoved(connection.workspace, tx) : events.onConnected(connection.workspace, tx));
}
