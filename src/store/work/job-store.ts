import { compareText } from '../../domain/compare-text';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { pickColumns, selectRows, toBatches, toJson } from '../database/table';
import { isKnown } from '../database/model';
import type { Transaction } from '../database/transaction';
import { jobs, type JobRow } from '../schema/work';
import { claimJobs, isAnyDue, type Claim, type ClaimedJob } from './claim-jobs';

/** Work that must not be lost; one of a kind and key a workspace. */
export type Job = ClaimedJob;
type JobKey = Pick<JobRow, 'workspace' | 'kind' | 'key'>;

type JobToEnqueue = JobKey & { readonly runAt: Instant; readonly payload?: string | undefined };

const enqueuedFields = pickColumns(jobs, ['workspace', 'kind', 'key', 'runAt', 'payload']).columns;
const generationFields = pickColumns(jobs, ['workspace', 'kind', 'key', 'generation']).columns;

/** What becomes of a job that is asked for again: one that was given up begins anew. */
const askAgainAt = (runAt: string): string =>
  `run_at = CASE WHEN jobs.state = 'ready' AND jobs.run_at < ${runAt} THEN jobs.run_at ELSE ${runAt} END,
   attempts = CASE WHEN jobs.state = 'ready' THEN jobs.attempts ELSE 0 END,
   problem = CASE WHEN jobs.state = 'ready' THEN jobs.problem ELSE NULL END,
   state = 'ready', generation = jobs.generation + 1`;

/** Jobs, kept beside the facts and in the same transactions. */
export class JobStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Asked for again it stays one job: due at the earlier time, alive again if it was dead. A payload says what is wanted
   * beyond the ordinary run, and is not forgotten when somebody asks for no more than that. What was wrong with one that
   * still waits stays known until a run goes well. What becomes of it depends on what is there, and it must be one
   * statement: notices ask for the same readings again and again.
   */
  async enqueue(job: JobToEnqueue, tx?: Transaction): Promise<void> {
    await this.enqueueAll([job], tx);
  }

  /** As `enqueue`, each job once. */
  async enqueueAll(wanted: readonly JobToEnqueue[], tx?: Transaction): Promise<void> {
    // In the order of the key: two processes that ask for the same jobs at once may not wait crosswise.
    const rows = wanted.map((job) => ({ payload: null, ...job })).toSorted((a, b) => compareText(toText(a), toText(b)));
    const batch = selectRows(this.#database.dialect, '$1', enqueuedFields);
    for (const some of toBatches(rows)) {
      await this.#database.write(
        `INSERT INTO jobs (workspace, kind, key, state, run_at, payload, attempts, generation)
         SELECT workspace, kind, key, 'ready', run_at, payload, 0, 1 FROM ${batch} AS batch WHERE true
         ON CONFLICT (workspace, kind, key) DO UPDATE SET ${askAgainAt('excluded.run_at')}, payload = coalesce(excluded.payload, jobs.payload)`,
        [toJson(some)],
        tx,
      );
    }
  }

  /** Asks again for all jobs of a kind that are there, each with the payload it has; by the same rule, all at once. */
  async hasten({ workspace, kind, runAt }: { workspace: string; kind: string; runAt: Instant }): Promise<void> {
    const sql = `UPDATE jobs SET ${askAgainAt('$3')} WHERE workspace = $1 AND kind = $2`;
    await this.#database.write(sql, [workspace, kind, runAt]);
  }

  /**
   * Whatever waits because something was wrong is due at `now`, with a clean slate; what was wrong stays known until a
   * run goes well. One that is running with what was wrong is run again.
   */
  async hastenTroubled({ workspace, now }: { workspace: string; now: Instant }, tx?: Transaction): Promise<void> {
    // Moved forward where it is: a run that ends meanwhile finds that it was asked for again.
    const sql = `UPDATE jobs SET run_at = CASE WHEN run_at < $2 THEN run_at ELSE $2 END, attempts = 0,
         generation = generation + 1 WHERE workspace = $1 AND state = 'ready' AND problem IS NOT NULL`;
    await this.#database.write(sql, [workspace, now], tx);
  }

  /** Whether any job of these kinds can be claimed. */
  async isAnyDue(which: Pick<Claim, 'kinds' | 'now'>): Promise<boolean> {
    return isAnyDue(this.#database, which);
  }

  /** Due jobs, one of each workspace in turn, which nobody else gets until the lease ends. */
  async claim(claim: Claim): Promise<Job[]> {
    return claimJobs(this.#database, claim);
  }

  /** Still at work: the lease lasts until then. */
  async renew(job: Job, leasedUntil: Instant): Promise<void> {
    const where = { ...toKey(job), leasedUntil: isKnown };
    await this.#database.update(jobs, { where, set: { leasedUntil } });
  }

  /** Ends every lease: for a process that starts and knows that no other is there. */
  async releaseAll(tx?: Transaction): Promise<void> {
    await this.#database.update(jobs, { where: { leasedUntil: isKnown }, set: { leasedUntil: null } }, tx);
  }

  /** Done; those that were asked for again meanwhile are due again, with a clean slate. */
  async completeAll(done: readonly Job[], tx?: Transaction): Promise<void> {
    const batch = selectRows(this.#database.dialect, '$1', generationFields);
    const values = [toJson(done)];
    await this.#database.within(tx, async (own) => {
      // Two statements for however many, each of another generation.
      const count = await this.#database.write(
        `DELETE FROM jobs WHERE (workspace, kind, key, generation) IN (SELECT workspace, kind, key, generation FROM ${batch} AS b)`,
        values,
        own,
      );
      if (count === done.length) return;
      await this.#database.write(
        `UPDATE jobs SET leased_until = NULL, attempts = 0, problem = NULL
         WHERE (workspace, kind, key) IN (SELECT workspace, kind, key FROM ${batch} AS b)`,
        values,
        own,
      );
    });
  }

  /** Again at `runAt`, or as soon as it was asked for again. Without a problem it went well: the count starts anew. */
  async postpone(
    job: Job,
    options: { runAt: Instant; countAttempt: boolean; problem: string | null },
    tx?: Transaction,
  ): Promise<void> {
    await this.#database.within(tx, async (own) => {
      const { runAt, countAttempt, problem } = options;
      // Counted up where it is: a worker whose lease has ended may come to the same job.
      const count = await this.#database.write(
        `UPDATE jobs SET run_at = $5, problem = $7, leased_until = NULL,
           attempts = CASE WHEN CAST($7 AS TEXT) IS NULL THEN 0 ELSE attempts + $6 END,
           given_up_at = CASE WHEN CAST($7 AS TEXT) IS NULL THEN NULL ELSE given_up_at END
         WHERE workspace = $1 AND kind = $2 AND key = $3 AND generation = $4`,
        [job.workspace, job.kind, job.key, job.generation, runAt, countAttempt ? 1 : 0, problem],
        own,
      );
      if (count === 0) {
        await this.#release(job, options.problem, own);
      }
    });
  }

  /** Takes away all jobs of a workspace, of a kind, or one. */
  async remove(which: { workspace: string; kind?: string; key?: string }, tx?: Transaction): Promise<void> {
    await this.#database.delete(jobs, which, tx);
  }

  /** Whether work that was due at `dueBy` lies there while nobody does any: a worker that runs holds leases then. */
  async isNeglected({ now, dueBy }: { readonly now: Instant; readonly dueBy: Instant }): Promise<boolean> {
    const row = await this.#database.readOne<{ due: number; leased: number }>(
      `SELECT coalesce(sum(CASE WHEN state = 'ready' AND run_at <= $1 THEN 1 ELSE 0 END), 0) AS due,
              coalesce(sum(CASE WHEN leased_until > $2 THEN 1 ELSE 0 END), 0) AS leased FROM jobs`,
      [dueBy, now],
    );
    return row !== null && row.due > 0 && row.leased === 0;
  }

  /** Whether a job is waiting or running, and what was wrong with it the last time; `null` without it. */
  async find(which: JobKey, tx?: Transaction): Promise<Pick<JobRow, 'state' | 'problem'> | null> {
    return this.#database.findOne(jobs, toKey(which), tx);
  }

  /** Which of these keys have a job of a kind that is waiting, running or given up. */
  async pickPresent(
    { workspace, kind, keys }: { readonly workspace: string; readonly kind: string; readonly keys: readonly string[] },
    tx?: Transaction,
  ): Promise<ReadonlySet<string>> {
    const query = { where: { workspace, kind }, field: 'key', among: keys } as const;
    return new Set((await this.#database.findAmong(jobs, query, tx)).map(({ key }) => key));
  }

  /** It was asked for again while it ran: due as it was put down, knowing how the run went. */
  async #release(job: Job, problem: string | null, tx: Transaction): Promise<void> {
    await this.#database.update(jobs, { where: toKey(job), set: { leasedUntil: null, attempts: 0, problem } }, tx);
  }
}

function toText({ workspace, kind, key }: JobKey): string {
  return `${workspace} ${kind} ${key}`;
}

function toKey({ workspace, kind, key }: JobKey): JobKey {
  return { workspace, kind, key };
}
