import { hash } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { Transaction } from '../../store/database/transaction';
import type { NoticeToKeep } from '../../store/work/notice-store';
import type { Stores } from '../../store/stores';

export interface ArrivedNotice {
  readonly workspace: string;
  readonly deliveryId: string;
  readonly eventKey: string | null;
  /** The JSON text as received. */
  readonly body: string;
  readonly receivedAt: Instant;
  /** What has to prove itself before it is worked off; left out or `null`: nothing. */
  readonly awaits?: string | null;
}

interface Waiting {
  readonly row: NoticeToKeep;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What becomes of notices once they are kept. */
export interface NoticeWork {
  /** Puts it down in the transaction that keeps them. */
  plan(workspaces: readonly string[], tx: Transaction): Promise<void>;
  /** They are durable. */
  begin(): void;
}

/** More in one transaction would make the first of them wait for the last. */
const mostTogether = 500;

/**
 * Keeps notices, and the work on them, before they are acknowledged. Those that arrive while a transaction is under way
 * wait together for the next one (group commit): each answer follows a durable write, and a burst costs few writes.
 */
export class Inbox {
  readonly #stores: Pick<Stores, 'database' | 'notices'>;
  readonly #work: NoticeWork;
  readonly #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(stores: Pick<Stores, 'database' | 'notices'>, work: NoticeWork) {
    this.#stores = stores;
    this.#work = work;
  }

  /**
   * Resolves when the notice is durable; a repeated one (same delivery, same body) is kept once.
   * @throws when it cannot be stored: the sender must be told to come again.
   */
  keep(notice: ArrivedNotice): Promise<void> {
    const row = { ...notice, bodyHash: hash('sha256', notice.body) };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch: Waiting[] = [];
      try {
        await this.#stores.database.transaction(
          async (tx) => {
            // As late as can be: those that have come while it had to wait for its turn come along.
            batch.push(...this.#waiting.splice(0, mostTogether));
            await this.#write(batch, tx);
          },
          { isUrgent: true },
        );
        for (const { resolve } of batch) resolve();
        this.#work.begin();
      } catch (error) {
        if (batch.length === 0) batch.push(...this.#waiting.splice(0));
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  async #write(batch: readonly Waiting[], tx: Transaction): Promise<void> {
    await this.#stores.notices.keepAll(
      batch.map(({ row }) => row),
      tx,
    );
    // In order: two processes that plan the work of the same workspaces may not wait crosswise.
    await this.#work.plan([...new Set(batch.map(({ row }) => row.workspace))].sort(), tx);
  }
}
