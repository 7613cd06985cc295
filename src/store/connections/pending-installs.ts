import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import type { PendingInstall } from './connection';

export type NewPendingInstall = Pick<PendingInstall, 'clientKey' | 'workspace' | 'secret' | 'receivedAt'>;

interface PendingRow {
  readonly id: string;
  readonly workspace: string;
  readonly client_key: string;
  readonly secret: string;
  readonly received_at: number;
  readonly attempts: number;
  readonly problem: string | null;
}

/** Installs that still have to prove themselves. */
export class PendingInstalls {
  readonly #database: Database;
  readonly #encryption: Encryption;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#encryption = encryption;
  }

  /** The same client key, workspace and secret again are the same install, received now. */
  async add(install: NewPendingInstall, tx?: Transaction): Promise<string> {
    const id = this.#encryption.fingerprint([install.clientKey, install.workspace, install.secret]);
    await this.#database.write(
      `INSERT INTO pending_installs (id, workspace, client_key, secret, received_at, attempts)
       VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (id) DO UPDATE SET received_at = excluded.received_at`,
      [
        id,
        install.workspace,
        install.clientKey,
        this.#encryption.encrypt(install.secret, placeOfPending(id)),
        install.receivedAt,
      ],
      tx,
    );
    return id;
  }

  async get(id: string, tx?: Transaction): Promise<PendingInstall | null> {
    const row = await this.#database.readOne<PendingRow>('SELECT * FROM pending_installs WHERE id = $1', [id], tx);
    return row === null ? null : this.#toPendingInstall(row);
  }

  /** Oldest first. */
  async list(tx?: Transaction): Promise<PendingInstall[]> {
    const rows = await this.#database.read<PendingRow>(
      'SELECT * FROM pending_installs ORDER BY received_at, id',
      [],
      tx,
    );
    return rows.map((row) => this.#toPendingInstall(row));
  }

  async noteAttempt(id: string, problem: string, tx?: Transaction): Promise<void> {
    await this.#database.write(
      'UPDATE pending_installs SET attempts = attempts + 1, problem = $2 WHERE id = $1',
      [id, problem],
      tx,
    );
  }

  async delete(id: string, tx?: Transaction): Promise<void> {
    await this.#database.write('DELETE FROM pending_installs WHERE id = $1', [id], tx);
  }

  async deleteOf(clientKey: string, tx: Transaction): Promise<void> {
    await this.#database.write('DELETE FROM pending_installs WHERE client_key = $1', [clientKey], tx);
  }

  async count(tx?: Transaction): Promise<number> {
    const row = await this.#database.readOne<{ count: number }>(
      'SELECT count(*) AS count FROM pending_installs',
      [],
      tx,
    );
    return row?.count ?? 0;
  }

  #toPendingInstall(row: PendingRow): PendingInstall {
    const { received_at: receivedAt, client_key: clientKey, ...rest } = row;
    return {
      id: rest.id,
      clientKey,
      workspace: rest.workspace,
      secret: this.#encryption.decrypt(rest.secret, placeOfPending(rest.id)),
      receivedAt: receivedAt,
      attempts: rest.attempts,
      problem: rest.problem,
    };
  }
}

export function placeOfPending(id: string): string[] {
  return ['pending_installs', id];
}
