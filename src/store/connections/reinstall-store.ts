import type { Database } from '../database/database';
import type { RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import { pendingReinstalls } from '../schema/connections';
import type { ConnectionStore } from './connection-store';

/** A new secret of a known connection, open. */
export type Reinstall = Omit<RowOf<typeof pendingReinstalls>, 'secret'> & { readonly secret: string };

export type ReinstallName = Pick<Reinstall, 'workspace' | 'id'>;

/** Bitbucket brings one or two; whoever has got hold of a signed token could bring any number. */
const mostOfOne = 10;

/** New secrets of known connections that still have to prove themselves, beside the live ones. */
export class ReinstallStore {
  readonly #database: Database;
  readonly #encryption: Encryption;
  readonly #connections: Pick<ConnectionStore, 'list'>;

  constructor(database: Database, encryption: Encryption, connections: Pick<ConnectionStore, 'list'>) {
    this.#database = database;
    this.#encryption = encryption;
    this.#connections = connections;
  }

  /** Its id: the same secret again is the same one, received now. Of one connection the last ten are kept. */
  async add(reinstall: Omit<Reinstall, 'id'>, tx: Transaction): Promise<string> {
    const id = this.#toId(reinstall);
    const secret = this.#encryption.encrypt(reinstall.secret, placeOfReinstall({ ...reinstall, id }));
    await this.#database.insert(pendingReinstalls, [{ ...reinstall, id, secret }], { onConflict: ['receivedAt'], tx });
    // Counted where they are.
    await this.#database.write(
      `DELETE FROM pending_reinstalls WHERE workspace = $1 AND reference = $2 AND id NOT IN (
         SELECT id FROM pending_reinstalls WHERE workspace = $1 AND reference = $2 ORDER BY received_at DESC, id LIMIT $3)`,
      [reinstall.workspace, reinstall.reference, mostOfOne],
      tx,
    );
    return id;
  }

  async get({ workspace, id }: ReinstallName, tx?: Transaction): Promise<Reinstall | null> {
    const row = await this.#database.findOne(pendingReinstalls, { workspace, id }, tx);
    return row === null ? null : this.#open(row);
  }

  /** Of one connection, or of all of a workspace; the oldest first. */
  async list(
    where: { readonly reference: string } | { readonly workspace: string },
    tx?: Transaction,
  ): Promise<Reinstall[]> {
    const rows = await this.#database.find(pendingReinstalls, { where, order: ['receivedAt', 'id'] }, tx);
    return rows.map((row) => this.#open(row));
  }

  async delete({ workspace, id }: ReinstallName, tx?: Transaction): Promise<void> {
    await this.#database.delete(pendingReinstalls, { workspace, id }, tx);
  }

  /** It has proved itself: what was received before it is out of date; what came after it may take its place. */
  async end(proven: Reinstall, tx: Transaction): Promise<void> {
    await this.delete(proven, tx);
    // Compared where they are.
    const sql = 'DELETE FROM pending_reinstalls WHERE workspace = $1 AND reference = $2 AND received_at < $3';
    await this.#database.write(sql, [proven.workspace, proven.reference, proven.receivedAt], tx);
  }

  /**
   * What became of reinstalls of a workspace, by their ids: one whose secret is that of a connection, or was the last one
   * before it, has proved itself; one that is not there any more did not.
   */
  async judge(workspace: string, ids: readonly string[]): Promise<Map<string, 'pending' | 'proven' | 'dropped'>> {
    // First: one that goes from here meanwhile is found below.
    const pending = new Set((await this.list({ workspace })).map(({ id }) => id));
    const secrets = (await this.#connections.list(workspace)).flatMap(
      ({ reference, credentials, previousCredentials }) =>
        [credentials, previousCredentials ?? credentials].map((secret) => ({ workspace, reference, secret })),
    );
    const proven = new Set(secrets.map((one) => this.#toId(one)));
    const judgeOne = (id: string) => (proven.has(id) ? 'proven' : 'dropped');
    return new Map(ids.map((id) => [id, pending.has(id) ? 'pending' : judgeOne(id)]));
  }

  #toId({ reference, workspace, secret }: Pick<Reinstall, 'reference' | 'workspace' | 'secret'>): string {
    return this.#encryption.fingerprint([reference, workspace, secret]);
  }

  #open(row: RowOf<typeof pendingReinstalls>): Reinstall {
    return { ...row, secret: this.#encryption.decrypt(row.secret, placeOfReinstall(row)) };
  }
}

function placeOfReinstall({ workspace, id }: ReinstallName): string[] {
  return ['pending_reinstalls', workspace, id];
}
