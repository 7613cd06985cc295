import {
  findNext,
  findSurplus,
  isDue,
  provingTimeMs,
  toNextTry,
  turnMs,
  type WaitingInstall,
} from '../../domain/connections/proof-line';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { pickColumns, selectList, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { Encryption } from '../encryption/encryption';
import { pendingInstalls, turns } from '../schema/connections';
import type { PendingInstall } from './connection';

export interface NewPendingInstall extends Pick<PendingInstall, 'clientKey' | 'workspace' | 'secret' | 'receivedAt'> {
  /** Whoever sent it, as an address or a network; it is not kept as it is. */
  readonly origin?: string;
}

/** Whose secret is to be tried now, or when it is time to ask again. */
export type ProofTurn = { readonly pendingId: string } | { readonly againAt: Instant };

const waitingFields = pickColumns(pendingInstalls, [
  ...(['id', 'origin', 'clientKey', 'workspace', 'receivedAt', 'attempts', 'nextTryAt'] as const),
]);
const selectWaiting = `SELECT ${selectList(waitingFields)} FROM pending_installs`;

const proofTurn = { name: 'proof' };

/** Installs that still have to prove themselves, in one line over all processes. */
export class PendingInstalls {
  readonly #database: Database;
  readonly #encryption: Encryption;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#encryption = encryption;
  }

  /**
   * The same client key, workspace and secret again are the same install, received now. What has waited too long goes,
   * and where the line is too long its end.
   */
  async add(install: NewPendingInstall, tx?: Transaction): Promise<string> {
    const { clientKey, workspace, receivedAt, origin = '' } = install;
    const id = this.#encryption.fingerprint([clientKey, workspace, install.secret]);
    const row = {
      ...{ id, workspace, clientKey, receivedAt, attempts: 0, nextTryAt: receivedAt, problem: null },
      secret: this.#encryption.encrypt(install.secret, placeOfPending({ id })),
      origin: this.#encryption.fingerprint(['origin', origin]),
    };
    await this.#database.within(tx, async (own) => {
      await this.#hold(own);
      const onConflict = ['receivedAt', 'attempts', 'nextTryAt', 'origin'] as const;
      await this.#database.insert(pendingInstalls, [row], { onConflict, tx: own });
      const waiting = await this.#listWaiting(receivedAt, own);
      await this.#remove(findSurplus(waiting), own);
    });
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

  /** At most one a second, whoever asks; counted as an attempt. `null`: nobody waits any more. */
  async takeTurn(now: Instant): Promise<ProofTurn | null> {
    return this.#database.transaction(async (tx) => {
      await this.#hold(tx);
      const next = findNext(await this.#listWaiting(now, tx), now);
      if (next === null) return null;
      if ('dueAt' in next) return { againAt: Math.max(next.dueAt, now + 1) };
      const turnAt = await this.findTurn(now, tx);
      if (turnAt !== null) return { againAt: turnAt };
      const { install } = next;
      const set = { attempts: install.attempts + 1, nextTryAt: toNextTry(install, now) };
      await this.#database.update(pendingInstalls, { where: { id: install.id }, set }, tx);
      await this.#database.update(turns, { where: proofTurn, set: { nextAt: now + turnMs } }, tx);
      return { pendingId: install.id };
    });
  }

  /** When the next may be tried; `null`: now. */
  async findTurn(now: Instant, tx?: Transaction): Promise<Instant | null> {
    const nextAt = (await this.#database.findOne(turns, proofTurn, tx))?.nextAt ?? now;
    return isDue(nextAt, { now, within: turnMs }) ? null : nextAt;
  }

  /** Why it is not proved yet. */
  async noteAttempt(id: string, problem: string, tx?: Transaction): Promise<void> {
    await this.#database.update(pendingInstalls, { where: { id }, set: { problem } }, tx);
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

  /** Until the transaction ends nobody else changes the line. */
  async #hold(tx: Transaction): Promise<void> {
    await this.#database.lock('pending installs', tx);
  }

  /** Without those whose time is over, which are forgotten. */
  async #listWaiting(now: Instant, tx: Transaction): Promise<WaitingInstall[]> {
    await this.#database.write('DELETE FROM pending_installs WHERE received_at <= $1', [now - provingTimeMs], tx);
    return this.#database.read<WaitingInstall>(selectWaiting, [], tx);
  }

  async #remove(surplus: readonly WaitingInstall[], tx: Transaction): Promise<void> {
    for (const { id } of surplus) await this.#database.delete(pendingInstalls, { id }, tx);
  }

  #open(row: RowOf<typeof pendingInstalls>): PendingInstall {
    return { ...row, secret: this.#encryption.decrypt(row.secret, placeOfPending(row)) };
  }
}

export function placeOfPending({ id }: Pick<PendingInstall, 'id'>): string[] {
  return ['pending_installs', id];
}
