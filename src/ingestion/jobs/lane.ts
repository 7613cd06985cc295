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
  /**
   * Of one workspace: one whose Bitbucket does not answer must not hold all of them. When as many are free as it leaves
   * to others, the next are claimed together.
   */
  readonly mostOfOne: number;
}

const breadths: Readonly<Record<WorkerLane, Breadth>> = {
  live: { most: 48, mostOfOne: 24 },
  import: { most: 4, mostOfOne: 3 },
  proof: { most: 2, mostOfOne: 2 },
};

interface LaneParts {
  readonly lane: WorkerLane;
  /** Of the jobs that are done here. */
  readonly kinds: readonly string[];
  readonly jobs: Pick<JobStore, 'nextRunAt' | 'claim'>;
  readonly run: (job: Job) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when there is nothing to do. */
  readonly onIdle: () => Promise<void>;
  /** Called whenever it is looked for work. */
  readonly onLook: () => void;
}

/** Work of one kind of urgency: claims what is due, as much at once as may run, and runs it side by side. */
export class Lane {
  readonly name: WorkerLane;
  readonly #parts: LaneParts;
  readonly #breadth: Breadth;
  readonly #runs = new Set<Promise<void>>();
  /** How many run, by workspace. */
  readonly #running = new Map<string, number>();
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
      const claimed = await this.#claim().catch((error: unknown): Job[] => {
        this.#parts.log.error({ err: error, lane: this.#parts.lane }, 'The job table cannot be read or written.');
        return [];
      });
      for (const job of claimed) this.#begin(job);
      if (claimed.length === 0 && calls === this.#calls) await this.#rest();
    }
    await Promise.all(this.#runs);
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
    const { jobs, kinds, clock, onLook } = this.#parts;
    onLook();
    const { most, mostOfOne } = this.#breadth;
    if (most - this.#runs.size < Math.max(1, most - mostOfOne)) return [];
    const busy = [...this.#running.keys()].filter((workspace) => this.#countOf(workspace) >= mostOfOne);
    const others = [...this.#running].filter(([workspace]) => !busy.includes(workspace)).map(([, count]) => count);
    // So few that no workspace gets more than its share, whosever they are.
    const limit = Math.min(most - this.#runs.size, mostOfOne - Math.max(0, ...others));
    if (limit <= 0) return [];
    const dueAt = await jobs.nextRunAt(kinds);
    if (dueAt === null || dueAt > clock.now()) return [];
    return jobs.claim({ kinds, now: clock.now(), leaseMs, limit, except: busy });
  }

  #begin(job: Job): void {
    const { workspace, kind } = job;
    this.#running.set(workspace, this.#countOf(workspace) + 1);
    const run = this.#parts
      .run(job)
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error, kind }, 'The job table cannot be read or written.');
      })
      .finally(() => {
        const left = this.#countOf(workspace) - 1;
        if (left > 0) this.#running.set(workspace, left);
        else this.#running.delete(workspace);
        this.#runs.delete(run);
        // It may have left work, and there is room for more.
        this.call();
      });
    this.#runs.add(run);
  }

  #countOf(workspace: string): number {
    return this.#running.get(workspace) ?? 0;
  }

  async #rest(): Promise<void> {
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
