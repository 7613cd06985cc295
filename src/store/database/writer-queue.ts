interface Waiting {
  readonly begin: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets one at a time through, in the order of asking, the urgent ones first.
 *
 * SQLite has one writer. Two writers of one process that wait for each other inside the library each
 * hold a thread of the small pool that the writer ahead needs to finish; so they wait here instead.
 */
export class WriterQueue {
  readonly #urgent: Waiting[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #isLockedOut: (error: unknown) => boolean;
  #isBusy = false;

  /**
   * `isLockedOut`: whether an error says that another process keeps the lock. Whoever waits then is told the same at
   * once: one after the other would each wait for it in vain, and the last of them for minutes.
   */
  constructor(isLockedOut: (error: unknown) => boolean) {
    this.#isLockedOut = isLockedOut;
  }

  /** Runs `work` when everything before it has ended, well or badly. */
  async pass<T>(work: () => Promise<T>, { isUrgent = false } = {}): Promise<T> {
    if (this.#isBusy) {
      await new Promise<void>((begin, fail) => (isUrgent ? this.#urgent : this.#waiting).push({ begin, fail }));
    }
    this.#isBusy = true;
    try {
      return await work();
    } catch (error) {
      if (this.#isLockedOut(error)) this.#failAll(error);
      throw error;
    } finally {
      // Handed on without a gap, in which somebody who has just come would slip in.
      const next = this.#urgent.shift() ?? this.#waiting.shift();
      if (next === undefined) this.#isBusy = false;
      else next.begin();
    }
  }

  #failAll(error: unknown): void {
    for (const { fail } of [...this.#urgent.splice(0), ...this.#waiting.splice(0)]) fail(error);
  }
}
