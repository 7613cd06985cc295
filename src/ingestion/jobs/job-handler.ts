import type { Instant } from '../../domain/instant';
import type { Job } from '../../store/work/job-store';

/** What became of a run: finished, or to be run again at a moment (the next page of an import). */
export type JobOutcome = 'done' | { readonly againAt: Instant };

/**
 * Live work answers notices and never waits for the history import, which has workers of its own.
 */
export type Lane = 'live' | 'import';

export interface JobHandler {
  readonly lane: Lane;
  /** Must be safe to repeat: a run may be cut off anywhere and starts again. */
  run(job: Job): Promise<JobOutcome>;
  /** Called when the job is given up, with the reason in words for a person. */
  giveUp?(job: Job, problem: string): Promise<void>;
}

/** Handlers by kind of job. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;
