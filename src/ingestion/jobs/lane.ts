import type { Clock } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { Job, JobStore } from '../../store/work/job-store';
import type { WorkerLane } from './job-handler';
import { leaseMs } from './job-runner';

/** How long an idle lane sleeps before it looks whether another process left it work. */
const pollMs = 500;

interface Breadth {
  /** Runs side by side in one process: waiting, for Bitbucket and to be written down with others, is most of the work. */
  readonly most: number;
  /** Of one workspace: one whose Bitbucket does not answer holds no more than these. */
  readonly mostOfOne: number;
  /** One that has runs gets more when so many of its share are free: they are claimed together. */
  readonly together: number;
}

/** There is room for many workspaces with all that one may have: what one waits for holds up none of the others. */
const breadths: Readonly<Record<WorkerLane, Breadth>> = {
  notices: { most: 16, mostOfOne: 2, together: 1 },
  live: { most: 240, mostOfOne: 24, together: 12 },
  import: { most: 24, mostOfOne: 3, together: 1 },
  proof: { most: 2, mostOfOne: 2, together: 1 },
};

interface LaneParts {
  readonly lane: WorkerLane;
  /** Of the jobs that are done here. */
  readonly kinds: readonly string[];
  readonly jobs: Pick<JobStore, 'isAnyDue' | 'claim'>;
  readonly run: (job: Job) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when there is nothing to do. */
  readonly onIdle: () => Promise<void>;
  /** Called whenever it is looked for work. */
  readonly onLook: () => void;
  /** Resolves when there may be another claim: whatever rests, rests without one. */
  readonly rest: () => Promise<void>;
}

/** Work of one kind of urgency: claims what is due, as much at once as may run, and runs it side by side. */
export class Lane {
  readonly name: WorkerLane;
  readonly #parts: LaneParts;
  readonly #breadth: Breadth;
  readonly #runs = new Map<Job, Promise<void>>();
  #isStopping = false;
  /** Counted, so that whoever is looking meanwhile looks again. */
  #calls = 0;
  #wake = (): void => undefined;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.name = parts.lane;
    this.#breadth = breadths[parts.lane];
  }

  /** Until it is stopped; lets the runs under way end. */
  async work(): Promise<void> {
    while (!this.#hasToStop()) {
      const calls = this.#calls;
      await this.#parts.rest();
      const claimed = await this.#claim();
      for (const job of claimed) this.#begin(job);
      if (claimed.length === 0 && calls === this.#calls) await this.#idle();
    }
    await Promise.all(this.#runs.values());
  }

  /** Looks now instead of at the next poll. */
  call(): void {
    this.#calls += 1;
    this.#wake();
  }

  stop(): void {
    this.#isStopping = true;
    this.call();
  }

  #hasToStop(): boolean {
    return this.#isStopping;
  }

  async #claim(): Promise<Job[]> {
    this.#parts.onLook();
    try {
      return await this.#claimDue();
    } catch (error) {
      this.#parts.log.error({ err: error, lane: this.#parts.lane }, 'The job table cannot be read or written.');
      return [];
    }
  }

  async #claimDue(): Promise<Job[]> {
    const { jobs, kinds, clock } = this.#parts;
    const { most, mostOfOne } = this.#breadth;
    const limit = most - this.#runs.size;
    if (limit <= 0) return [];
    const due = { kinds, now: clock.now() };
    if (!(await jobs.isAnyDue(due))) return [];
    const running = [...this.#runs.keys()];
    return jobs.claim({ ...due, leaseMs, limit, mostOfOne, running, except: this.#listServed(running) });
  }

  /** The workspaces that have about their share. */
  #listServed(running: readonly Job[]): string[] {
    const { mostOfOne, together } = this.#breadth;
    const counts = new Map<string, number>();
    for (const { workspace } of running) counts.set(workspace, (counts.get(workspace) ?? 0) + 1);
    return [...counts].filter(([, count]) => count > mostOfOne - together).map(([workspace]) => workspace);
  }

  #begin(job: Job): void {
    const run = this.#parts
      .run(job)
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error, kind: job.kind }, 'The job table cannot be read or written.');
      })
      .finally(() => {
        this.#runs.delete(job);
        // It may have left work, and there is room for more.
        this.call();
      });
    this.#runs.set(job, run);
  }

  async #idle(): Promise<void> {
    const calls = this.#calls;
    if (this.#runs.size === 0) {
      await this.#parts.onIdle().catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'What is looked after between jobs has failed.');
      });
    }
    if (calls === this.#calls) await this.#sleep();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve();
      };
    });
  }
}
