import type { Database } from '../database/database';
import type { RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import { pendingInstalls } from '../schema/connections';
import type { PendingInstall } from './connection';

export type NewPendingInstall = Pick<PendingInstall, 'clientKey' | 'workspace' | 'secret' | 'receivedAt'>;

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
    const { clientKey, workspace, receivedAt } = install;
    const id = this.#encryption.fingerprint([clientKey, workspace, install.secret]);
    const secret = this.#encryption.encrypt(install.secret, placeOfPending({ id }));
    const row = { id, workspace, clientKey, secret, receivedAt, attempts: 0, problem: null };
    await this.#database.insert(pendingInstalls, [row], { onConflict: ['receivedAt'], tx });
    return id;
  }

  async get(id: string, tx?: Transaction): Promise<PendingInstall | null> {
    const row = await this.#database.findOne(pendingInstalls, { id }, tx);
    return row === null ? null : this.#open(row);
  }

  async isAny(workspace: string, tx?: Transaction): Promise<boolean> {
    return (await this.#database.findOne(pendingInstalls, { workspace }, tx)) !== null;
  }

  /** Oldest first. */
  async list(tx?: Transaction): Promise<PendingInstall[]> {
    const rows = await this.#database.find(pendingInstalls, { where: {}, order: ['receivedAt', 'id'] }, tx);
    return rows.map((row) => this.#open(row));
  }

  async noteAttempt(id: string, problem: string, tx?: Transaction): Promise<void> {
    // Counted up where it is.
    await this.#database.write(
      'UPDATE pending_installs SET attempts = attempts + 1, problem = $2 WHERE id = $1',
      [id, problem],
      tx,
    );
  }

  async delete(id: string, tx?: Transaction): Promise<void> {
    await this.#database.delete(pendingInstalls, { id }, tx);
  }

  /** One has proved itself: those that did not come after it are out of date. */
  async end(
    { clientKey, receivedAt }: Pick<PendingInstall, 'clientKey' | 'receivedAt'>,
    tx: Transaction,
  ): Promise<void> {
    // Compared where they are.
    const sql = 'DELETE FROM pending_installs WHERE client_key = $1 AND received_at <= $2';
    await this.#database.write(sql, [clientKey, receivedAt], tx);
  }

  #open(row: RowOf<typeof pendingInstalls>): PendingInstall {
    return { ...row, secret: this.#encryption.decrypt(row.secret, placeOfPending(row)) };
  }
}

export function placeOfPending({ id }: Pick<PendingInstall, 'id'>): string[] {
  return ['pending_installs', id];
}
