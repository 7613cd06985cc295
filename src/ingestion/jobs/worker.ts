import type { Job } from '../../store/work/job-store';
import type { WorkerLane } from './job-handler';
import { JobRunner, leaseMs, type JobRunnerParts } from './job-runner';
import { Lane } from './lane';

interface WorkerParts extends JobRunnerParts {
  /** Called when a lane finds nothing to do. */
  readonly onIdle?: () => Promise<void>;
  /** Resolves when notices may be worked off again. */
  readonly rest?: () => Promise<void>;
}

const lanes: readonly WorkerLane[] = ['proof', 'notices', 'live', 'import'];

/** Runs jobs until stopped. Work that is due survives the process: it is in the database. */
export class Worker {
  readonly #parts: WorkerParts;
  readonly #runner: JobRunner;
  readonly #lanes: readonly Lane[];
  #work: readonly Promise<void>[] = [];
  /** When it last looked for work, for the health check; `null` before the start. */
  lastSeenAt: number | null = null;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#runner = new JobRunner(parts);
    this.#lanes = lanes.map((lane) => this.#open(lane));
  }

  start(): void {
    this.#work = this.#lanes.map((lane) => lane.work());
  }

  /** Looks for due work, of one lane or all, now instead of at the next poll. */
  kick(only?: WorkerLane): void {
    for (const lane of this.#lanes) if (only === undefined || lane.name === only) lane.call();
  }

  /** Begins nothing any more; resolves when the runs under way have ended. */
  async stop(): Promise<void> {
    for (const lane of this.#lanes) lane.stop();
    await Promise.all(this.#work);
  }

  /** After the stop: gives back what was interrupted, or goes on in spite of it. */
  async giveBack(): Promise<void> {
    await this.#runner.giveBack();
  }

  /** Runs everything that is due, one job after another, until nothing is: for tests and tools. Returns the runs. */
  async drain(): Promise<number> {
    for (let runs = 0; ; runs += 1) {
      const hasRun = await this.#runFirst();
      if (!hasRun) return runs;
    }
  }

  #open(lane: WorkerLane): Lane {
    const { stores, clock, log, onIdle = () => Promise.resolve(), rest = () => Promise.resolve() } = this.#parts;
    return new Lane({
      ...{ lane, clock, log, onIdle },
      kinds: this.#listKinds(lane),
      jobs: stores.jobs,
      run: (job) => this.#run(lane, job),
      rest: lane === 'notices' ? rest : () => Promise.resolve(),
      onLook: () => {
        this.lastSeenAt = clock.now();
      },
    });
  }

  async #run(lane: WorkerLane, job: Job): Promise<void> {
    await this.#runner.run(job);
    // What notices only name has been put down to be read.
    if (lane === 'notices') this.kick('live');
  }

  #listKinds(lane: WorkerLane): string[] {
    const { handlers } = this.#parts;
    return Object.keys(handlers).filter((kind) => handlers[kind]?.lane === lane);
  }

  async #runFirst(): Promise<boolean> {
    const { stores, clock } = this.#parts;
    for (const lane of lanes) {
      const due = { kinds: this.#listKinds(lane), now: clock.now() };
      const [job] = (await stores.jobs.isAnyDue(due)) ? await stores.jobs.claim({ ...due, leaseMs, limit: 1 }) : [];
      if (job === undefined) continue;
      await this.#runner.run(job);
      return true;
    }
    return false;
  }
}
