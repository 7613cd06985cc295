import { timingSafeEqual } from 'node:crypto';
import { enable, giveBack, makeLive, pickTelling } from '../../domain/connections/live-connection';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { pickColumns, selectList } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import { connections, type ConnectionRow } from '../schema/connections';
import { AskedConnections } from './asked-connections';
import type { Connection, ConnectionKind, ConnectionName, ConnectionStatus, PendingInstall } from './connection';
import {
  ConnectionRows,
  createEpoch,
  toTermColumns,
  type ConnectionTerms,
  type NewConnection,
} from './connection-rows';
import { PendingInstalls, type NewPendingInstall, type ProofTurn } from './pending-installs';

export interface Rotation extends ConnectionName {
  readonly expectedCredentials: string;
  readonly newCredentials: string;
  readonly now: Instant;
  /** Live afterwards, whatever is live now; else only where none of another kind is. */
  readonly takesOver?: boolean;
  /** How the connection stands is left alone: other credentials alone bring none to life. */
  readonly keepsStanding?: boolean;
  /** What else is said of it from now on. */
  readonly terms?: Partial<ConnectionTerms>;
}

/** When something happens, and in which transaction, if not in one of its own. */
interface At {
  readonly now: Instant;
  readonly tx?: Transaction | undefined;
}

type Standing = Pick<ConnectionRow, 'status' | 'epoch' | 'reference' | 'installedAt'>;
const standings = pickColumns(connections, ['status', 'epoch', 'reference', 'installedAt']);
const selectStandings = `SELECT ${selectList(standings)} FROM connections WHERE workspace = $1`;

/** How workspaces are reached, and the installs that still have to prove themselves. */
export class ConnectionStore {
  readonly #database: Database;
  readonly #rows: ConnectionRows;
  readonly #asked: AskedConnections;
  readonly #pending: PendingInstalls;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#rows = new ConnectionRows(database, encryption);
    this.#asked = new AskedConnections(this.#rows);
    this.#pending = new PendingInstalls(database, encryption);
  }

  async getByReference(kind: ConnectionKind, reference: string, tx?: Transaction): Promise<Connection | null> {
    if (tx === undefined) return this.#asked.ask({ kind, reference });
    const row = await this.#rows.findByReference({ kind, reference }, tx);
    return row && this.#rows.open(row);
  }

  async getLive(workspace: string, tx?: Transaction): Promise<Connection | null> {
    const row = await this.#database.findOne(connections, { workspace, status: 'live' }, tx);
    return row && this.#asked.open(row);
  }

  /** The one that tells how the workspace is connected. */
  async get(workspace: string, tx?: Transaction): Promise<Connection | null> {
    const row = pickTelling(await this.#database.find(connections, { where: { workspace } }, tx));
    return row && this.#rows.open(row);
  }

  /** Of the same one its standing alone, which pages ask for at every visit: no secret is opened for it. */
  async getStanding(workspace: string, tx?: Transaction): Promise<Pick<Connection, 'status' | 'epoch'> | null> {
    return pickTelling(await this.#database.read<Standing>(selectStandings, [workspace], tx));
  }

  /** Until the transaction ends nobody else changes how the connections of the workspace stand, or adds one to them. */
  async hold(workspace: string, tx: Transaction): Promise<void> {
    await this.#rows.hold(workspace, tx);
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
      if (held === null || !isSame(this.#rows.open(held).credentials, change.expectedCredentials)) {
        return false;
      }
      await this.#rotateHeld(held, change, own);
      return true;
    });
  }

  /** Live again, as a new one would be; a connection in whose place one of another kind is live is superseded. */
  async enable(name: ConnectionName, { now, tx }: At): Promise<'live' | 'superseded'> {
    return this.#database.within(tx, async (own) => {
      const held = await this.#rows.holdByReference(name, own);
      if (held === null) {
        throw new Error('No connection has this reference.');
      }
      const status = await this.#rows.settle(enable, { ...held, now }, own);
      return status === 'superseded' ? status : 'live';
    });
  }

  /** It ends, and the one of another kind that it superseded is live again; `false`: there is none, nothing changed. */
  async giveBack(name: ConnectionName, { now, tx }: At): Promise<boolean> {
    return this.#database.within(tx, async (own) => {
      const held = await this.#rows.holdByReference(name, own);
      return held !== null && (await this.#rows.settle(giveBack, { ...held, now }, own)) === 'live';
    });
  }

  /** `uninstalled` notes when; every status takes an earlier problem back. */
  async setStatus(
    { kind, reference }: ConnectionName,
    status: Exclude<ConnectionStatus, 'live'>,
    { now, problem = null, tx }: At & { readonly problem?: string | null },
  ): Promise<void> {
    const set = { status, problem, uninstalledAt: status === 'uninstalled' ? now : null };
    await this.#database.update(connections, { where: { kind, reference }, set }, tx);
  }

  /** Changes what is named, and nothing of an unknown connection. */
  async noteTerms(
    { kind, reference }: ConnectionName,
    terms: Partial<ConnectionTerms>,
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.update(connections, { where: { kind, reference }, set: toTermColumns(terms) }, tx);
  }

  /** Of one workspace or of all, with their secrets open, by workspace and reference. */
  async list(workspace?: string, tx?: Transaction): Promise<Connection[]> {
    const where = workspace === undefined ? {} : { workspace };
    const rows = await this.#database.find(connections, { where, order: ['workspace', 'reference'] }, tx);
    return rows.map((row) => this.#rows.open(row));
  }

  /** What is wrong with the live connection of a workspace; `null`: nothing any more. One that has ended is left alone. */
  async noteProblem(workspace: string, problem: string | null, tx?: Transaction): Promise<void> {
    await this.#database.update(connections, { where: { workspace, status: 'live' }, set: { problem } }, tx);
  }

  /** That Bitbucket's calls are refused for their times alone, its clock being so far ahead of ours; `null`: no more. */
  async noteClock({ kind, reference }: ConnectionName, clockAheadSeconds: number | null): Promise<void> {
    await this.#database.update(connections, { where: { kind, reference }, set: { clockAheadSeconds } });
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

  /** Whether an install that names the workspace waits to be proved. */
  async hasPending(workspace: string, tx?: Transaction): Promise<boolean> {
    return this.#pending.isAny(workspace, tx);
  }

  /** Whose secret is tried now, at most one a second over all processes; `null`: nobody waits any more. */
  async takeProofTurn(now: Instant): Promise<ProofTurn | null> {
    return this.#pending.takeTurn(now);
  }

  /** When that is possible again; `null`: now. */
  async findProofTurn(now: Instant): Promise<Instant | null> {
    return this.#pending.findTurn(now);
  }

  async notePendingAttempt(id: string, problem: string, tx?: Transaction): Promise<void> {
    await this.#pending.noteAttempt(id, problem, tx);
  }

  /**
   * The install has proved itself: a live connection as one that is saved new, and no pending
   * install of its client key that did not come after it is left. `null` when the client key became known meanwhile.
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
        await this.#pending.end(install, own);
      }
      return connection;
    });
  }

  /** The client key of an install is known, with its secret: it is settled, and those before it. */
  async endPending(install: PendingInstall, tx: Transaction): Promise<void> {
    await this.#pending.end(install, tx);
  }

  async deletePending(id: string, tx?: Transaction): Promise<void> {
    await this.#pending.delete(id, tx);
  }

  async #rotateHeld(held: ConnectionRow, rotation: Rotation, tx: Transaction): Promise<void> {
    const { newCredentials, now, takesOver, keepsStanding, terms = {} } = rotation;
    const { workspace, reference, credentials: previousCredentials } = held;
    const isReinstall = held.status === 'uninstalled' && keepsStanding !== true;
    const set = {
      ...{ credentials: this.#rows.encrypt(newCredentials, held), previousCredentials },
      ...(isReinstall ? { epoch: createEpoch(), installedAt: now } : {}),
      ...toTermColumns(terms),
    };
    await this.#database.update(connections, { where: { workspace, reference }, set }, tx);
    if (keepsStanding === true) return;
    await this.#rows.settle(isReinstall || takesOver === true ? makeLive : enable, { ...held, now }, tx);
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
