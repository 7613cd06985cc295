/**
 * Lets one at a time through, in the order of asking.
 *
 * SQLite has one writer. Two writers of one process that wait for each other inside the library each
 * hold a thread of the small pool that the writer ahead needs to finish; so they wait here instead.
 */
export class WriterQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything before it has ended, well or badly. */
  pass<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
