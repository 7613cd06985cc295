import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { NoticeStore, NoticeToKeep } from '../../store/work/notice-store';

/** One webhook request as it arrived, its sender already verified. */
interface ArrivedNotice {
  readonly workspace: string;
  /** The same for every attempt of one delivery. */
  readonly deliveryId: string;
  readonly eventKey: string | null;
  /** The JSON text as received. */
  readonly body: string;
  readonly receivedAt: Instant;
}

interface Waiting {
  readonly row: NoticeToKeep;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** More in one transaction would make the first of them wait for the last. */
const mostTogether = 500;

/**
 * Keeps notices before they are acknowledged. Those that arrive while a transaction is under way wait together for
 * the next one (group commit): each answer follows a durable write, and a burst costs few writes.
 */
export class Inbox {
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(
    private readonly notices: Pick<NoticeStore, 'keepAll'>,
    /** Called after each write with the workspaces that have new notices. */
    private readonly onKept: (workspaces: readonly string[]) => Promise<void>,
  ) {}

  /**
   * Resolves when the notice is durable; a repeated one (same delivery, same body) is kept once.
   * @throws when it cannot be stored: the sender must be told to come again.
   */
  keep(notice: ArrivedNotice): Promise<void> {
    const row = { ...notice, bodyHash: hash(notice.body) };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostTogether);
      try {
        await this.notices.keepAll(batch.map(({ row }) => row));
        await this.onKept([...new Set(batch.map(({ row }) => row.workspace))]);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }
}

function hash(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
