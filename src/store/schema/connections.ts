import type { ConnectionKind, ConnectionStatus, Hearing } from '../../domain/connections/live-connection';
import { bigint, defineTable, integer, named, orNull, text, type RowOf } from '../database/table';
import { encryptedText } from '../encryption/encrypted-text';

/** How workspaces are reached. Rows hold their secrets encrypted; the stores of connections alone open them. */
export const connections = defineTable('connections', ['workspace', 'reference'], {
  workspace: text(),
  kind: text<ConnectionKind>(),
  reference: text(),
  /** What is in it is the door's business: Connect's shared secret as it is, JSON for doors that need more. */
  credentials: encryptedText,
  /** Those before the last rotation; `null` without any. */
  previousCredentials: orNull(encryptedText),
  status: text<ConnectionStatus>(),
  epoch: text(),
  installedAt: bigint,
  uninstalledAt: orNull(bigint),
  /** Why it does not work, in words. */
  problem: orNull(text()),
  /** By how much Bitbucket's clock was ahead when its last call was refused for that alone; `null`: it was not. */
  clockAheadSeconds: orNull(bigint),
  /** UUIDs of the repositories that it reaches, a line each; `null`: all of the workspace. */
  repositories: orNull(text()),
  hearing: text<Hearing>(),
  /** When its present credentials were given, where the door knows. */
  givenAt: orNull(bigint),
  /** When they end; `null`: never, or nobody said. */
  expiresAt: orNull(bigint),
});
export type ConnectionRow = RowOf<typeof connections>;

/** The hooks at Bitbucket that call a connection's address. */
export const webhooks = defineTable('webhooks', ['workspace', 'uuid'], {
  workspace: text(),
  /** With braces, as Bitbucket named it. */
  uuid: text(),
  /** Of the connection. */
  reference: text(),
  /** The repository that it is of, with braces; `null`: of the whole workspace. */
  repositoryUuid: orNull(named('repository', text())),
  madeAt: bigint,
  checkedAt: bigint,
  /** What was wrong with it when it was last looked at, in words. */
  problem: orNull(text()),
});
export type Webhook = RowOf<typeof webhooks>;

/** What the last check of a token found. */
export const connectionChecks = defineTable('connection_checks', ['workspace', 'step'], {
  /** Its UUID with braces; before it is connected, the name that was asked for. */
  workspace: text(),
  step: text(),
  position: integer,
  result: text<'works' | 'not_allowed' | 'failed' | 'skipped'>(),
  sentence: text(),
  /** What to do next; `null`: nothing. */
  wayOut: orNull(text()),
  checkedAt: bigint,
});
export type ConnectionCheck = RowOf<typeof connectionChecks>;

/** First installs through Connect that have not yet proved to be of the workspace they name. */
export const pendingInstalls = defineTable('pending_installs', ['id'], {
  id: text(),
  workspace: text(),
  clientKey: text(),
  secret: encryptedText,
  receivedAt: bigint,
  /** How often it was tried. */
  attempts: integer,
  problem: orNull(text()),
  /** The same for whatever came from the same sender, as far as that can be told; nobody reads an address from it. */
  origin: text(),
  nextTryAt: bigint,
});

/** When the next may be called, of calls that all processes make one after the other. */
export const turns = defineTable('turns', ['name'], {
  name: text(),
  nextAt: bigint,
});

/**
 * New secrets that installs brought for connections which are known, signed with the secret before, and that have not yet
 * proved to be of the workspace.
 */
export const pendingReinstalls = defineTable('pending_reinstalls', ['workspace', 'id'], {
  workspace: text(),
  id: text(),
  /** Of the connection. */
  reference: text(),
  secret: encryptedText,
  receivedAt: bigint,
});

/**
 * A row for each key with which something may be encrypted, by which it is known again: one, and two during a rotation.
 * It tells nothing of the key.
 */
export const encryptionKeys = defineTable('encryption_key', ['salt'], {
  salt: text(),
  fingerprint: text(),
  /** When it was last tried whether the database takes a write. */
  probedAt: bigint,
});
