import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import type { Connection, ConnectionStatus, PendingInstall } from './connection';
import { ConnectionRows, createEpoch, type NewConnection } from './connection-rows';
import { PendingInstalls, type NewPendingInstall } from './pending-installs';

/** How workspaces are reached, and the installs that still have to prove themselves. */
export class ConnectionStore {
  readonly #database: Database;
  readonly #rows: ConnectionRows;
  readonly #pending: PendingInstalls;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#rows = new ConnectionRows(database, encryption);
    this.#pending = new PendingInstalls(database, encryption);
  }

  async getByClientKey(clientKey: string, tx?: Transaction): Promise<Connection | null> {
    return this.#rows.find('client_key = $1', [clientKey], tx);
  }

  async getLive(workspace: string, tx?: Transaction): Promise<Connection | null> {
    return this.#rows.find(`workspace = $1 AND status = 'live'`, [workspace], tx);
  }

  /** The live one, else the one installed last. */
  async get(workspace: string, tx?: Transaction): Promise<Connection | null> {
    const condition = `workspace = $1
      ORDER BY CASE WHEN status = 'live' THEN 0 ELSE 1 END, installed_at DESC, client_key`;
    return this.#rows.find(condition, [workspace], tx);
  }

  /** A live connection that ends the others of its workspace and kind; a client key that is taken is an error. */
  async saveNew(connection: NewConnection, tx?: Transaction): Promise<Connection> {
    return this.#database.within(tx, async (own) => {
      const saved = await this.#rows.insert(connection, own);
      if (saved === null) {
        throw new Error('The client key is taken.');
      }
      return saved;
    });
  }

  /**
   * Takes the new secret if the stored one is still the one expected, else changes nothing and gives
   * false. Afterwards the connection is live, in a new epoch if it was uninstalled.
   */
  async rotate(
    change: { clientKey: string; expectedSecret: string; newSecret: string; now: Instant },
    tx?: Transaction,
  ): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      const found = await this.getByClientKey(change.clientKey, own);
      if (found === null) {
        return false;
      }
      await this.#rows.hold(found.workspace, own);
      const held = await this.getByClientKey(change.clientKey, own);
      if (held === null || !isSame(held.secret, change.expectedSecret)) {
        return false;
      }
      await this.#rotateHeld(held, change, own);
      return true;
    });
  }

  /** `uninstalled` notes when; `live` takes that and the problem back, and ends no other connection. */
  async setStatus(
    clientKey: string,
    status: ConnectionStatus,
    change: { now: Instant; problem?: string | null; tx?: Transaction },
  ): Promise<void> {
    await this.#database.write(
      `UPDATE connections SET status = $2, problem = $3, uninstalled_at = $4 WHERE client_key = $1`,
      [clientKey, status, change.problem ?? null, status === 'uninstalled' ? change.now : null],
      change.tx,
    );
  }

  /** What is wrong with the live connection of a workspace; `null`: nothing any more. One that has ended is left alone. */
  async noteProblem(workspace: string, problem: string | null): Promise<void> {
    await this.#database.write(`UPDATE connections SET problem = $2 WHERE workspace = $1 AND status = 'live'`, [
      workspace,
      problem,
    ]);
  }

  /** That Bitbucket's calls are refused for their times alone, its clock being so far ahead of ours; `null`: no more. */
  async noteClock(clientKey: string, aheadSeconds: number | null): Promise<void> {
    await this.#database.write('UPDATE connections SET clock_ahead_seconds = $2 WHERE client_key = $1', [
      clientKey,
      aheadSeconds,
    ]);
  }

  /** The id of the install; the same client key, workspace and secret again are the same one, received now. */
  async addPending(install: NewPendingInstall, tx?: Transaction): Promise<string> {
    return this.#pending.add(install, tx);
  }

  async getPending(id: string, tx?: Transaction): Promise<PendingInstall | null> {
    return this.#pending.get(id, tx);
  }

  /** Oldest first. */
  async listPending(tx?: Transaction): Promise<PendingInstall[]> {
    return this.#pending.list(tx);
  }

  async notePendingAttempt(id: string, problem: string, tx?: Transaction): Promise<void> {
    await this.#pending.noteAttempt(id, problem, tx);
  }

  /**
   * The install has proved itself: a live connection that ends the others of its workspace, and no
   * pending install of its client key is left. `null` when the client key became known meanwhile.
   */
  async promotePending(id: string, options: { now: Instant; tx?: Transaction }): Promise<Connection | null> {
    return this.#database.within(options.tx, async (own) => {
      const install = await this.#pending.get(id, own);
      if (install === null) {
        return null;
      }
      const { workspace, clientKey, secret } = install;
      const connection = await this.#rows.insert(
        { workspace, kind: 'connect', clientKey, secret, installedAt: options.now },
        own,
      );
      if (connection !== null) {
        await this.#pending.deleteOf(clientKey, own);
      }
      return connection;
    });
  }

  async deletePending(id: string, tx?: Transaction): Promise<void> {
    await this.#pending.delete(id, tx);
  }

  async countPending(tx?: Transaction): Promise<number> {
    return this.#pending.count(tx);
  }

  async #rotateHeld(held: Connection, change: { newSecret: string; now: Instant }, tx: Transaction): Promise<void> {
    const isReinstall = held.status === 'uninstalled';
    await this.#database.write(
      `UPDATE connections SET previous_secret = secret, secret = $2, status = 'live', epoch = $3,
         installed_at = $4, uninstalled_at = NULL, problem = NULL WHERE client_key = $1`,
      [
        held.clientKey,
        this.#rows.encryptSecret(change.newSecret, held),
        isReinstall ? createEpoch() : held.epoch,
        isReinstall ? change.now : held.installedAt,
      ],
      tx,
    );
    await this.#rows.retireOthers(held, change.now, tx);
  }
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
