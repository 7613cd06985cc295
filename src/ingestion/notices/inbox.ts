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
  readonly timer: NodeJS.Timeout;
}

/** The database did not take it in time. */
export class NotKeptInTime extends Error {
  override readonly name = 'NotKeptInTime';
  constructor() {
    super('The notice could not be written within two seconds.');
  }
}

/** For the sender: to come again, when the secret may have proved itself. */
export class TooMuchHeld extends Error {
  override readonly name = 'TooMuchHeld';
  readonly status = 503;
  constructor() {
    super('Too much waits already for a secret that has not proved itself.');
  }
}

/** What becomes of notices once they are kept. */
export interface NoticeWork {
  /** Puts it down in the transaction that keeps them. */
  plan(workspaces: readonly string[], tx: Transaction): Promise<void>;
  /** They are durable. */
  begin(): void;
}

/** Whoever sends a notice waits no longer than this for its answer: a database that is locked would keep them all. */
const usualLimits = { longestWaitMs: 2_000 };
/**
 * So many notices of one workspace wait for a secret to prove itself, none of more bytes than Bitbucket sends at most: who
 * has brought a secret of their own could send any number. What is beyond is found by the next comparison.
 */
const heldLimits = { most: 1_000, largest: 256 * 1024 };
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
  readonly #limits: { readonly longestWaitMs: number };
  #isWriting = false;

  constructor(
    stores: Pick<Stores, 'database' | 'notices'>,
    work: NoticeWork,
    limits: { readonly longestWaitMs: number } = usualLimits,
  ) {
    this.#stores = stores;
    this.#work = work;
    this.#limits = limits;
  }

  /**
   * Resolves when the notice is durable; a repeated one (same delivery, same body) is kept once.
   * @throws when it cannot be stored, or not in time: the sender must be told to come again. One that is written late is
   * kept all the same, and known again when it comes again. TooMuchHeld: of one that awaits something.
   */
  async keep(notice: ArrivedNotice): Promise<void> {
    // Those that come at the same moment may be a few more: what is limited is what stays.
    if ((notice.awaits ?? null) !== null) await this.#makeSureOfRoom(notice);
    await this.#add(notice);
  }

  async #makeSureOfRoom({ workspace, body }: ArrivedNotice): Promise<void> {
    const isTooLarge = Buffer.byteLength(body) > heldLimits.largest;
    if (isTooLarge || (await this.#stores.notices.countHeld(workspace)) >= heldLimits.most) throw new TooMuchHeld();
  }

  #add(notice: ArrivedNotice): Promise<void> {
    const row = { ...notice, bodyHash: hash('sha256', notice.body) };
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        row,
        resolve,
        reject,
        timer: setTimeout(() => this.#giveUp(waiting), this.#limits.longestWaitMs),
      };
      this.#waiting.push(waiting);
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  #giveUp(late: Waiting): void {
    const place = this.#waiting.indexOf(late);
    if (place >= 0) this.#waiting.splice(place, 1);
    late.reject(new NotKeptInTime());
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
        for (const { resolve, timer } of batch) {
          clearTimeout(timer);
          resolve();
        }
        this.#work.begin();
      } catch (error) {
        if (batch.length === 0) batch.push(...this.#waiting.splice(0));
        for (const { reject, timer } of batch) {
          clearTimeout(timer);
          reject(error);
        }
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
