/**
 * Lets one at a time through, in the order of asking, the urgent ones first.
 *
 * SQLite has one writer. Two writers of one process that wait for each other inside the library each
 * hold a thread of the small pool that the writer ahead needs to finish; so they wait here instead.
 */
export class WriterQueue {
  readonly #urgent: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;

  /** Runs `work` when everything before it has ended, well or badly. */
  async pass<T>(work: () => Promise<T>, { isUrgent = false } = {}): Promise<T> {
    if (this.#isBusy) await new Promise<void>((begin) => (isUrgent ? this.#urgent : this.#waiting).push(begin));
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      // Handed on without a gap, in which somebody who has just come would slip in.
      const next = this.#urgent.shift() ?? this.#waiting.shift();
      if (next === undefined) this.#isBusy = false;
      else next();
    }
  }
}
