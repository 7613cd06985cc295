import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import type { Connection, ConnectionStatus } from './connection';

export type NewConnection = Pick<Connection, 'workspace' | 'kind' | 'clientKey' | 'secret' | 'installedAt'>;

interface ConnectionRow {
  readonly workspace: string;
  readonly client_key: string;
  readonly kind: 'connect';
  readonly secret: string;
  readonly previous_secret: string | null;
  readonly status: ConnectionStatus;
  readonly epoch: string;
  readonly installed_at: number;
  readonly uninstalled_at: number | null;
  readonly problem: string | null;
  readonly clock_ahead_seconds: number | null;
}

/** Rows of connections, with their secrets encrypted on the way in and decrypted on the way out. */
export class ConnectionRows {
  readonly #database: Database;
  readonly #encryption: Encryption;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#encryption = encryption;
  }

  /** Writers of connections of one workspace wait for each other. */
  async hold(workspace: string, tx: Transaction): Promise<void> {
    await this.#database.lock(`connections of ${workspace}`, tx);
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

  /** A live connection in the place of another live one; `null` when the client key is taken. */
  async insert(connection: NewConnection, tx: Transaction): Promise<Connection | null> {
    await this.hold(connection.workspace, tx);
    const count = await this.#database.write(
      `INSERT INTO connections (workspace, client_key, kind, secret, status, epoch, installed_at)
       VALUES ($1, $2, $3, $4, 'live', $5, $6) ON CONFLICT DO NOTHING`,
      [
        connection.workspace,
        connection.clientKey,
        connection.kind,
        this.encryptSecret(connection.secret, connection),
        createEpoch(),
        connection.installedAt,
      ],
      tx,
    );
    if (count === 0) {
      return null;
    }
    await this.retireOthers(connection, connection.installedAt, tx);
    return this.find('client_key = $1', [connection.clientKey], tx);
  }

  /** A workspace has one live connection of a kind: the others end now. */
  async retireOthers(
    connection: Pick<Connection, 'workspace' | 'kind' | 'clientKey'>,
    now: number,
    tx: Transaction,
  ): Promise<void> {
    await this.#database.write(
      `UPDATE connections SET status = 'uninstalled', uninstalled_at = $4
       WHERE workspace = $1 AND kind = $2 AND client_key <> $3 AND status = 'live'`,
      [connection.workspace, connection.kind, connection.clientKey, now],
      tx,
    );
  }

  encryptSecret(secret: string, row: { workspace: string; clientKey: string }): string {
    return this.#encryption.encrypt(secret, placeOfConnection(row.workspace, row.clientKey));
  }

  #toConnection(row: ConnectionRow): Connection {
    const place = placeOfConnection(row.workspace, row.client_key);
    return {
      workspace: row.workspace,
      kind: row.kind,
      clientKey: row.client_key,
      secret: this.#encryption.decrypt(row.secret, place),
      previousSecret: row.previous_secret === null ? null : this.#encryption.decrypt(row.previous_secret, place),
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

// A rotation moves the secret to `previous_secret` as it is, so both columns share a place.
export function placeOfConnection(workspace: string, clientKey: string): string[] {
  return ['connections', workspace, clientKey];
}
