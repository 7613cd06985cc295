import { randomBytes } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import type { Connection, ConnectionKind, ConnectionName, ConnectionStatus } from './connection';

export type NewConnection = Pick<Connection, 'workspace' | 'kind' | 'reference' | 'credentials' | 'installedAt'>;

/** The table `connections`, column by column. */
interface ConnectionRow {
  readonly workspace: string;
  readonly kind: ConnectionKind;
  readonly reference: string;
  readonly credentials: string;
  readonly previous_credentials: string | null;
  readonly status: ConnectionStatus;
  readonly epoch: string;
  readonly installed_at: number;
  readonly uninstalled_at: number | null;
  readonly problem: string | null;
  readonly clock_ahead_seconds: number | null;
}

/** Rows of connections, with their credentials encrypted on the way in and decrypted on the way out. */
export class ConnectionRows {
  readonly #database: Database;
  readonly #encryption: Encryption;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#encryption = encryption;
  }

  /** `condition` is a part of a statement with `values` for its parameters. */
  async find(condition: string, values: readonly string[], tx?: Transaction): Promise<Connection | null> {
    const row = await this.#database.readOne<ConnectionRow>(
      `SELECT * FROM connections WHERE ${condition} LIMIT 1`,
      values,
      tx,
    );
    return row === null ? null : this.#toConnection(row);
  }

  async findByReference({ kind, reference }: ConnectionName, tx?: Transaction): Promise<Connection | null> {
    return this.find('kind = $1 AND reference = $2', [kind, reference], tx);
  }

  /** As `findByReference`, with the connections of its workspace held: their writers wait for each other. */
  async holdByReference(name: ConnectionName, tx: Transaction): Promise<Connection | null> {
    const found = await this.findByReference(name, tx);
    if (found === null) return null;
    await this.#hold(found.workspace, tx);
    return this.findByReference(name, tx);
  }

  /** A live connection in the place of another live one; `null` when the reference is taken. */
  async insert(connection: NewConnection, tx: Transaction): Promise<Connection | null> {
    await this.#hold(connection.workspace, tx);
    const { workspace, kind, reference, credentials, installedAt } = connection;
    const encrypted = this.encrypt(credentials, connection);
    const count = await this.#database.write(
      `INSERT INTO connections (workspace, kind, reference, credentials, status, epoch, installed_at)
       VALUES ($1, $2, $3, $4, 'disabled', $5, $6) ON CONFLICT DO NOTHING`,
      [workspace, kind, reference, encrypted, createEpoch(), installedAt],
      tx,
    );
    if (count === 0) return null;
    await this.makeLive(connection, installedAt, tx);
    return this.findByReference(connection, tx);
  }

  /**
   * A workspace has one live connection, and this is it now: others of its kind end, and one of another kind is
   * superseded, its sessions going on. The workspace must be held.
   */
  async makeLive(
    { workspace, kind, reference }: Pick<Connection, 'workspace' | 'kind' | 'reference'>,
    now: Instant,
    tx: Transaction,
  ): Promise<void> {
    const superseded = await this.findLiveOfOtherKind({ workspace, kind }, tx);
    await this.#database.write(
      `UPDATE connections SET status = CASE WHEN kind = $2 THEN 'uninstalled' ELSE 'superseded' END,
         uninstalled_at = CASE WHEN kind = $2 THEN CAST($4 AS BIGINT) END
       WHERE workspace = $1 AND NOT (kind = $2 AND reference = $3)
         AND (status = 'live' OR status = 'superseded' AND kind = $2)`,
      [workspace, kind, reference, now],
      tx,
    );
    await this.#database.write(
      `UPDATE connections SET status = 'live', epoch = COALESCE($3, epoch), uninstalled_at = NULL, problem = NULL
       WHERE kind = $1 AND reference = $2`,
      [kind, reference, superseded?.epoch ?? null],
      tx,
    );
  }

  async findLiveOfOtherKind(
    { workspace, kind }: Pick<Connection, 'workspace' | 'kind'>,
    tx: Transaction,
  ): Promise<Connection | null> {
    return this.find(`workspace = $1 AND kind <> $2 AND status = 'live'`, [workspace, kind], tx);
  }

  encrypt(credentials: string, row: { workspace: string; reference: string }): string {
    return this.#encryption.encrypt(credentials, placeOfConnection(row.workspace, row.reference));
  }

  async #hold(workspace: string, tx: Transaction): Promise<void> {
    await this.#database.lock(`connections of ${workspace}`, tx);
  }

  #toConnection(row: ConnectionRow): Connection {
    const place = placeOfConnection(row.workspace, row.reference);
    const decrypt = (text: string): string => this.#encryption.decrypt(text, place);
    return {
      workspace: row.workspace,
      kind: row.kind,
      reference: row.reference,
      credentials: decrypt(row.credentials),
      previousCredentials: row.previous_credentials === null ? null : decrypt(row.previous_credentials),
      status: row.status,
      epoch: row.epoch,
      installedAt: row.installed_at,
      uninstalledAt: row.uninstalled_at,
      problem: row.problem,
      clockAheadSeconds: row.clock_ahead_seconds,
    };
  }
}

export function createEpoch(): string {
  return randomBytes(16).toString('base64url');
}

// A rotation moves the text to `previous_credentials` as it is, so both columns share a place.
export function placeOfConnection(workspace: string, reference: string): string[] {
  return ['connections', workspace, reference];
}
