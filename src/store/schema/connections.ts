import type { ConnectionKind, ConnectionStatus } from '../../domain/connections/live-connection';
import { bigint, defineTable, integer, orNull, text, type RowOf } from '../database/table';
import type { Encrypted } from '../encryption/encryption';

/** How workspaces are reached. Rows hold their secrets encrypted; the stores of connections alone open them. */
export const connections = defineTable('connections', ['workspace', 'reference'], {
  workspace: text(),
  kind: text<ConnectionKind>(),
  reference: text(),
  /** What is in it is the door's business: Connect's shared secret as it is, JSON for doors that need more. */
  credentials: text<Encrypted>(),
  /** Those before the last rotation; `null` without any. */
  previousCredentials: orNull(text<Encrypted>()),
  status: text<ConnectionStatus>(),
  epoch: text(),
  installedAt: bigint,
  uninstalledAt: orNull(bigint),
  /** Why it does not work, in words. */
  problem: orNull(text()),
  /** By how much Bitbucket's clock was ahead when its last call was refused for that alone; `null`: it was not. */
  clockAheadSeconds: orNull(bigint),
});
export type ConnectionRow = RowOf<typeof connections>;

/** First installs through Connect that have not yet proved to be of the workspace they name. */
export const pendingInstalls = defineTable('pending_installs', ['id'], {
  id: text(),
  workspace: text(),
  clientKey: text(),
  secret: text<Encrypted>(),
  receivedAt: bigint,
  attempts: integer,
  problem: orNull(text()),
});

/** One row at most, by which the key for secrets at rest is known again. It tells nothing of the key. */
export const encryptionKeys = defineTable('encryption_key', ['salt'], {
  salt: text(),
  fingerprint: text(),
});
