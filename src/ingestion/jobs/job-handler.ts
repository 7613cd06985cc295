import type { Instant } from '../../domain/instant';
import type { RequestLane } from '../../domain/requests/request-window';
import type { Job } from '../../store/work/job-store';

/** What became of a run: finished, or to be run again at a moment (the next page of an import). */
type JobOutcome = 'done' | { readonly againAt: Instant };

/**
 * Live work answers notices and never waits for the history import: each has workers and a budget of its own. What is
 * done with notices without asking Bitbucket waits for nothing that does. Anybody can send a first install: their proofs
 * have a lane of their own, so that made-up ones crowd nobody.
 */
export type WorkerLane = RequestLane | 'notices' | 'proof';

export interface JobHandler {
  readonly lane: WorkerLane;
  /**
   * Of work that must never end by itself, such as what comes back at each interval: whatever Bitbucket or we do, it is
   * tried again after this pause at the latest. Other work may be given up, and then reconciliation finds it again.
   */
  readonly neverGivenUp?: { readonly longestPauseMs: number };
  /** Of work that comes back: how long it waits at most. `Infinity`: for a date, however far. */
  readonly everyMs?: number;
  /** Must be safe to repeat: a run may be cut off anywhere and starts again. */
  run(job: Job): Promise<JobOutcome>;
  /** Called after each failure that will be tried again, with the failures so far in a row. */
  noteTrouble?(job: Job, trouble: { readonly problem: string; readonly failures: number }): Promise<void>;
  /** Called when the job is given up, with the reason in words for a person; never for what is never given up. */
  giveUp?(job: Job, problem: string): Promise<void>;
}

/** Handlers by kind of job. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;
