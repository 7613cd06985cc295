import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import type { Connection, ConnectionKind, ConnectionName, ConnectionStatus, PendingInstall } from './connection';
import { ConnectionRows, createEpoch, type NewConnection } from './connection-rows';
import { PendingInstalls, type NewPendingInstall } from './pending-installs';

export interface Rotation extends ConnectionName {
  readonly expectedCredentials: string;
  readonly newCredentials: string;
  readonly now: Instant;
}

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

  async getByReference(kind: ConnectionKind, reference: string, tx?: Transaction): Promise<Connection | null> {
    return this.#rows.findByReference({ kind, reference }, tx);
  }

  async getLive(workspace: string, tx?: Transaction): Promise<Connection | null> {
    return this.#rows.find(`workspace = $1 AND status = 'live'`, [workspace], tx);
  }

  /** The live one, else the one installed last that is not superseded, for that says nothing of its own. */
  async get(workspace: string, tx?: Transaction): Promise<Connection | null> {
    const condition = `workspace = $1
      ORDER BY CASE status WHEN 'live' THEN 0 WHEN 'superseded' THEN 2 ELSE 1 END, installed_at DESC, reference`;
    return this.#rows.find(condition, [workspace], tx);
  }

  /**
   * A live connection that ends the others of its workspace and kind, and supersedes one of another kind; a reference
   * that is taken is an error.
   */
  async saveNew(connection: NewConnection, tx?: Transaction): Promise<Connection> {
    return this.#database.within(tx, async (own) => {
      const saved = await this.#rows.insert(connection, own);
      if (saved === null) {
        throw new Error('The reference is taken.');
      }
      return saved;
    });
  }

  /**
   * Takes the new credentials if the stored ones are still those expected, else changes nothing and gives
   * false. Afterwards the connection is enabled, or, if it was uninstalled, live as a new one and in a new epoch.
   */
  async rotate(change: Rotation, tx?: Transaction): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      const held = await this.#rows.holdByReference(change, own);
      if (held === null || !isSame(held.credentials, change.expectedCredentials)) {
        return false;
      }
      await this.#rotateHeld(held, change, own);
      return true;
    });
  }

  /** Live again, as a new one would be; a connection in whose place one of another kind is live is superseded. */
  async enable({ kind, reference }: ConnectionName, { now }: { now: Instant }): Promise<'live' | 'superseded'> {
    return this.#database.transaction(async (tx) => {
      const held = await this.#rows.holdByReference({ kind, reference }, tx);
      if (held === null) {
        throw new Error('No connection has this reference.');
      }
      return this.#enableHeld(held, now, tx);
    });
  }

  /** `uninstalled` notes when; every status takes an earlier problem back. */
  async setStatus(
    { kind, reference }: ConnectionName,
    status: Exclude<ConnectionStatus, 'live'>,
    change: { now: Instant; problem?: string | null; tx?: Transaction },
  ): Promise<void> {
    await this.#database.write(
      `UPDATE connections SET status = $3, problem = $4, uninstalled_at = $5 WHERE kind = $1 AND reference = $2`,
      [kind, reference, status, change.problem ?? null, status === 'uninstalled' ? change.now : null],
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
  async noteClock({ kind, reference }: ConnectionName, aheadSeconds: number | null): Promise<void> {
    await this.#database.write('UPDATE connections SET clock_ahead_seconds = $3 WHERE kind = $1 AND reference = $2', [
      kind,
      reference,
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
   * The install has proved itself: a live connection as one that is saved new, and no pending
   * install of its client key is left. `null` when the client key became known meanwhile.
   */
  async promotePending(id: string, options: { now: Instant; tx?: Transaction }): Promise<Connection | null> {
    return this.#database.within(options.tx, async (own) => {
      const install = await this.#pending.get(id, own);
      if (install === null) {
        return null;
      }
      const { workspace, clientKey, secret } = install;
      const connection = await this.#rows.insert(
        { workspace, kind: 'connect', reference: clientKey, credentials: secret, installedAt: options.now },
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

  async #enableHeld(held: Connection, now: Instant, tx: Transaction): Promise<'live' | 'superseded'> {
    if ((await this.#rows.findLiveOfOtherKind(held, tx)) === null) {
      await this.#rows.makeLive(held, now, tx);
      return 'live';
    }
    await this.setStatus(held, 'superseded', { now, tx });
    return 'superseded';
  }

  async #rotateHeld(held: Connection, change: Rotation, tx: Transaction): Promise<void> {
    const isReinstall = held.status === 'uninstalled';
    await this.#database.write(
      `UPDATE connections SET previous_credentials = credentials, credentials = $3, epoch = $4, installed_at = $5
       WHERE kind = $1 AND reference = $2`,
      [
        held.kind,
        held.reference,
        this.#rows.encrypt(change.newCredentials, held),
        isReinstall ? createEpoch() : held.epoch,
        isReinstall ? change.now : held.installedAt,
      ],
      tx,
    );
    if (isReinstall) {
      await this.#rows.makeLive(held, change.now, tx);
    } else {
      await this.#enableHeld(held, change.now, tx);
    }
  }
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
