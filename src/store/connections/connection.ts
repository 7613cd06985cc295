import type { RowOf } from '../database/table';
import type { ConnectionRow, pendingInstalls } from '../schema/connections';

export type { ConnectionKind, ConnectionName, ConnectionStatus } from '../../domain/connections/live-connection';

/** How a workspace is reached, its secrets open. */
export type Connection = Omit<ConnectionRow, 'credentials' | 'previousCredentials' | 'repositories'> & {
  /** UUIDs with braces of those it reaches; `null`: all of the workspace. */
  readonly repositories: readonly string[] | null;
  readonly credentials: string;
  readonly previousCredentials: string | null;
};

export type PendingInstall = Omit<RowOf<typeof pendingInstalls>, 'secret'> & { readonly secret: string };
