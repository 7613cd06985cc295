import { setImmediate } from 'node:timers/promises';
import type { Job, JobStore } from '../../store/work/job-store';

interface Ended {
  readonly job: Job;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Jobs that went well. Those that end while a transaction is under way wait together for the next one. */
export class EndedJobs {
  #waiting: Ended[] = [];
  #isWriting = false;

  constructor(private readonly jobs: Pick<JobStore, 'completeAll'>) {}

  /** Resolves when it is written down that the job is done. */
  complete(job: Job): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      // Those that end in the same turn of the event loop come along.
      await setImmediate();
      const batch = this.#waiting.splice(0);
      try {
        await this.jobs.completeAll(batch.map(({ job }) => job));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }
}
