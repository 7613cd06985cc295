import { bigint, defineTable, integer, orNull, text } from '../database/table';

/** How workspaces are reached. */
export const connections = defineTable('connections', ['workspace', 'reference'], {
  workspace: text(),
  kind: text(),
  reference: text(),
  /** Encrypted. */
  credentials: text(),
  /** Encrypted: those before the last rotation; `null` without any. */
  previousCredentials: orNull(text()),
  status: text(),
  epoch: text(),
  installedAt: bigint,
  uninstalledAt: orNull(bigint),
  problem: orNull(text()),
  clockAheadSeconds: orNull(bigint),
});

/** First installs that have not yet proved to be of the workspace they name. */
export const pendingInstalls = defineTable('pending_installs', ['id'], {
  id: text(),
  workspace: text(),
  clientKey: text(),
  /** Encrypted. */
  secret: text(),
  receivedAt: bigint,
  attempts: integer,
  problem: orNull(text()),
});
