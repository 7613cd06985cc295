import { isRefusal } from '../../bitbucket/client/errors';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { Job } from '../../store/work/job-store';
import type { Stores } from '../../store/stores';
import type { JobHandlers, WorkerLane } from './job-handler';
import { decideRetry, type RetryDecision } from './retry-policy';

/** A run that does not renew its lease for this long is taken for dead and given to another worker. */
const leaseMs = 30_000;
const renewEveryMs = 10_000;
/** So often in a row Bitbucket may refuse a job access before people are told: a new secret is not taken at once. */
const mostSilentRefusals = 2;
/** Counting on would let the first failure of another kind, after access is restored, end the job. */
const mostCountedRefusals = 4;
/** How long an idle worker sleeps before it looks whether another process left it work. */
const pollMs = 500;
/** Runs side by side in one process: waiting for Bitbucket is most of the work. */
const sideBySide: Readonly<Record<WorkerLane, number>> = { live: 3, import: 4, proof: 2 };

interface WorkerParts {
  readonly stores: Pick<Stores, 'jobs' | 'connections'>;
  readonly handlers: JobHandlers;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Called when a loop finds nothing to do. */
  readonly onIdle?: () => Promise<void>;
}

const lanes: readonly WorkerLane[] = ['proof', 'live', 'import'];

/** A loop that has found nothing to do. */
interface Sleeper {
  readonly lane: WorkerLane;
  /** One of a lane looks again by itself; the others sleep until it has found something. */
  readonly isWatching: boolean;
  wake(): void;
}

/** Runs jobs until stopped. Work that is due survives the process: it is in the database. */
export class Worker {
  #loops: Promise<void>[] = [];
  #isStopping = false;
  readonly #sleepers = new Set<Sleeper>();
  /** Counted, so that a loop which is looking meanwhile looks again. */
  #kicks = 0;
  /** When a loop last looked for work, for the health check; `null` before the start. */
  lastSeenAt: number | null = null;

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    this.#loops = lanes.flatMap((lane) => Array.from({ length: sideBySide[lane] }, () => this.#loop(lane)));
  }

  /** Looks for due work now instead of at the next poll. */
  kick(): void {
    this.#kicks += 1;
    for (const sleeper of this.#sleepers) if (sleeper.isWatching) sleeper.wake();
  }

  /** Lets the runs under way end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const sleeper of this.#sleepers) sleeper.wake();
    await Promise.all(this.#loops);
  }

  /** Runs everything that is due, one job after another, until nothing is: for tests and tools. Returns the runs. */
  async drain(): Promise<number> {
    for (let runs = 0; ; runs += 1) {
      const hasRun = await this.#runFirst();
      if (!hasRun) return runs;
    }
  }

  async #runFirst(): Promise<boolean> {
    for (const lane of lanes) if (await this.#runOne(lane)) return true;
    return false;
  }

  async #loop(lane: WorkerLane): Promise<void> {
    while (!this.#hasToStop()) {
      const kicks = this.#kicks;
      const hasRun = await this.#runOne(lane).catch((error: unknown) => {
        this.parts.log.error({ err: error, lane }, 'The job table cannot be read or written.');
        return false;
      });
      if (!hasRun && kicks === this.#kicks) await this.#rest(lane);
    }
  }

  async #rest(lane: WorkerLane): Promise<void> {
    await this.parts.onIdle?.().catch((error: unknown) => {
      this.parts.log.error({ err: error }, 'What is looked after between jobs has failed.');
    });
    if (!this.#hasToStop()) await this.#sleep(lane);
  }

  #hasToStop(): boolean {
    return this.#isStopping;
  }

  #sleep(lane: WorkerLane): Promise<void> {
    const isWatching = !this.#findSleepers(lane).some((sleeper) => sleeper.isWatching);
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(sleeper);
        resolve();
      };
      const timer = isWatching ? setTimeout(wake, pollMs) : undefined;
      const sleeper = { lane, isWatching, wake };
      this.#sleepers.add(sleeper);
    });
  }

  #findSleepers(lane: WorkerLane): Sleeper[] {
    return [...this.#sleepers].filter((sleeper) => sleeper.lane === lane);
  }

  async #runOne(lane: WorkerLane): Promise<boolean> {
    const { stores, handlers, clock } = this.parts;
    this.lastSeenAt = clock.now();
    const kinds = Object.keys(handlers).filter((kind) => handlers[kind]?.lane === lane);
    const dueAt = await stores.jobs.nextRunAt(kinds);
    if (dueAt === null || dueAt > clock.now()) return false;
    const [job] = await stores.jobs.claim({ kinds, now: clock.now(), leaseMs, limit: 1 });
    if (job === undefined) return false;
    // Where there was one there may be more.
    this.#findSleepers(lane)[0]?.wake();
    await this.#run(job);
    return true;
  }

  async #run(job: Job): Promise<void> {
    const { stores, handlers, clock, log } = this.parts;
    const renewing = setInterval(() => {
      stores.jobs.renew(job, clock.now() + leaseMs).catch((error: unknown) => {
        log.error({ err: error, kind: job.kind }, 'A lease cannot be renewed.');
      });
    }, renewEveryMs);
    try {
      const outcome = (await handlers[job.kind]?.run(job)) ?? 'done';
      if (job.attempts > mostSilentRefusals) await stores.connections.noteProblem(job.workspace, null);
      if (outcome === 'done') await stores.jobs.complete(job);
      else await stores.jobs.postpone(job, { runAt: outcome.againAt, countAttempt: false, problem: null });
    } catch (error) {
      await this.#carryOut(job, this.#decide(job, error));
    } finally {
      clearInterval(renewing);
    }
  }

  #decide(job: Job, error: unknown): RetryDecision {
    const { handlers, clock, log, random } = this.parts;
    const { kind, workspace, attempts } = job;
    const longestPauseMs = handlers[kind]?.neverGivenUp?.longestPauseMs ?? null;
    const decision = decideRetry({ error, attempts, now: clock.now(), random, longestPauseMs });
    const line = { kind, workspace, attempts };
    if (decision.kind !== 'park' && decision.isOurMistake) log.error({ ...line, err: error }, decision.problem);
    // A refusal is said once: it may last for ever, and the settings page names it as long.
    else if (attempts > 0 && isRefusal(error)) log.debug(line, decision.problem);
    else log.warn(line, decision.problem);
    return decision;
  }

  async #carryOut(job: Job, decision: RetryDecision): Promise<void> {
    const { stores, handlers } = this.parts;
    if (decision.kind === 'again') {
      if (decision.countAttempt) await this.#noteTrouble(job, decision.problem);
      await stores.jobs.postpone(job, decision);
    } else if (decision.kind === 'park') {
      if (job.attempts >= mostSilentRefusals) await stores.connections.noteProblem(job.workspace, decision.problem);
      await stores.jobs.postpone(job, {
        runAt: decision.runAt,
        countAttempt: job.attempts < mostCountedRefusals,
        problem: decision.problem,
      });
    } else {
      await handlers[job.kind]?.giveUp?.(job, decision.problem);
      await stores.jobs.bury(job, decision.problem);
    }
  }

  async #noteTrouble(job: Job, problem: string): Promise<void> {
    await this.parts.handlers[job.kind]?.noteTrouble?.(job, { problem, failures: job.attempts + 1 });
  }
}
