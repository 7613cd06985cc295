import { isRefusal } from '../../bitbucket/client/errors';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../machine/log';
import type { Job } from '../../store/work/job-store';
import type { Stores } from '../../store/stores';
import { EndedJobs } from './ended-jobs';
import type { JobHandlers } from './job-handler';
import { decideRetry, type RetryDecision } from './retry-policy';

/** A run that does not renew its lease for this long is taken for dead and given to another worker. */
export const leaseMs = 30_000;
const renewEveryMs = 10_000;
/** So often in a row Bitbucket may refuse a job access before people are told: a new secret is not taken at once. */
const mostSilentRefusals = 2;
/** Counting on would let the first failure of another kind, after access is restored, end the job. */
const mostCountedRefusals = 4;

export interface JobRunnerParts {
  readonly stores: Pick<Stores, 'jobs' | 'givenUp' | 'connections' | 'leases'>;
  readonly handlers: JobHandlers;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Aborted when the process ends: what fails then has not failed, it was interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs jobs that were claimed, and writes down what became of each. */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  readonly #ended: EndedJobs;
  /** Those whose leases are ours. */
  readonly #held = new Set<Job>();

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
    this.#ended = new EndedJobs(parts.stores.jobs);
  }

  /** @throws when the job table cannot be written: the lease then ends by itself */
  async run(job: Job): Promise<void> {
    const { stores, handlers, clock, log, signal } = this.#parts;
    this.#held.add(job);
    const renewing = setInterval(() => {
      stores.jobs.renew(job, clock.now() + leaseMs).catch((error: unknown) => {
        log.error({ err: error, kind: job.kind }, 'A lease cannot be renewed.');
      });
    }, renewEveryMs);
    try {
      const outcome = (await handlers[job.kind]?.run(job)) ?? 'done';
      if (job.attempts > mostSilentRefusals) await stores.connections.noteProblem(job.workspace, null);
      if (outcome === 'done') await this.#ended.complete(job);
      else await stores.jobs.postpone(job, { runAt: outcome.againAt, countAttempt: false, problem: null });
      this.#held.delete(job);
    } catch (error) {
      // It stays held, and is given back with the others.
      if (signal?.aborted === true) return;
      this.#held.delete(job);
      await this.#carryOut(job, this.#decide(job, error));
    } finally {
      clearInterval(renewing);
    }
  }

  /** Before the process ends: what was interrupted, or has not come to its end, is due as if it had never been begun. */
  async giveBack(): Promise<void> {
    await this.#parts.stores.leases.giveBack([...this.#held]);
  }

  #decide(job: Job, error: unknown): RetryDecision {
    const { handlers, clock, log, random } = this.#parts;
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
    const { stores, handlers, clock } = this.#parts;
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
      await stores.givenUp.bury(job, { problem: decision.problem, now: clock.now() });
    }
  }

  async #noteTrouble(job: Job, problem: string): Promise<void> {
    await this.#parts.handlers[job.kind]?.noteTrouble?.(job, { problem, failures: job.attempts + 1 });
  }
}
