import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, pickColumns, selectList, toJson, type RowOf, type Value } from '../database/table';
import type { Transaction } from '../database/transaction';
import { jobs } from '../schema/work';
import type { Job } from './job-store';

const listedFields = pickColumns(jobs, ['kind', 'key', 'problem', 'givenUpAt']);
export type GivenUpJob = RowOf<typeof listedFields>;

interface Which {
  readonly workspace: string;
  readonly kind?: string;
  readonly exceptKind?: string;
  readonly key?: string;
  readonly keyPrefix?: string;
}

/** UUIDs of the repositories that are told of; `null`: all. */
type Visible = readonly string[] | null;

/** Jobs that were given up: they stay where they are, with the reason, until they are asked for again. */
export class GivenUpStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Given up, until it is asked for again. One that comes to it again without having gone well keeps its first time. */
  async bury(job: Job, { problem, now }: { problem: string; now: Instant }, tx?: Transaction): Promise<void> {
    // As the row stands then: nobody else may have asked for it again.
    await this.#database.write(
      `UPDATE jobs SET state = 'dead', problem = $5, leased_until = NULL, given_up_at = coalesce(given_up_at, $6)
       WHERE workspace = $1 AND kind = $2 AND key = $3 AND generation = $4`,
      [job.workspace, job.kind, job.key, job.generation, problem, now],
      tx,
    );
  }

  /** What was given up is due at `now` with a clean slate, the longest due first; tells how many. At once, as one. */
  async revive(which: Which & { readonly now: Instant; readonly limit: number }, tx?: Transaction): Promise<number> {
    const { workspace, kind = null, exceptKind = null, key = null, keyPrefix = '', now, limit } = which;
    return this.#database.write(
      `UPDATE jobs SET state = 'ready', problem = NULL, attempts = 0, run_at = $6
       WHERE workspace = $1 AND (kind, key) IN (
         SELECT kind, key FROM jobs WHERE workspace = $1 AND state = 'dead'
           AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND (CAST($3 AS TEXT) IS NULL OR kind <> $3)
           AND (CAST($8 AS TEXT) IS NULL OR key = $8) AND substr(key, 1, $4) = $5
         ORDER BY run_at, kind, key LIMIT $7)`,
      [workspace, kind, exceptKind, keyPrefix.length, keyPrefix, now, limit, key],
      tx,
    );
  }

  /** Those of repositories that are visible, the longest given up first: so many of them, and how many there are. */
  async list(
    workspace: string,
    { visible, limit }: { readonly visible: Visible; readonly limit: number },
  ): Promise<{ readonly jobs: readonly GivenUpJob[]; readonly total: number }> {
    const [where, values] = this.#selectVisible(workspace, visible);
    // Counted before the limit cuts them.
    const listed = await this.#database.read<GivenUpJob & { readonly total: number }>(
      `SELECT ${selectList(listedFields)}, count(*) OVER () AS total FROM jobs WHERE ${where}
       ORDER BY given_up_at, kind, key LIMIT ${limit}`,
      values,
    );
    const found = listed.map(({ kind, key, problem, givenUpAt }) => ({ kind, key, problem, givenUpAt }));
    return { jobs: found, total: listed[0]?.total ?? 0 };
  }

  /** Each that is visible, or the one that is named, is due at `now`; tells how many. */
  async tryAgain(
    which: { readonly workspace: string; readonly visible: Visible; readonly now: Instant },
    only: Pick<GivenUpJob, 'kind' | 'key'> | null,
  ): Promise<number> {
    const [where, values] = this.#selectVisible(which.workspace, which.visible);
    const place = values.length;
    const one = only === null ? '' : ` AND kind = $${place + 2} AND key = $${place + 3}`;
    // Thousands may have been given up: in one statement.
    return this.#database.write(
      `UPDATE jobs SET state = 'ready', problem = NULL, attempts = 0, run_at = $${place + 1} WHERE ${where}${one}`,
      [...values, which.now, ...(only === null ? [] : [only.kind, only.key])],
    );
  }

  /** A key names a repository, with or without a pull request of it. */
  #selectVisible(workspace: string, visible: Visible): [where: string, values: Value[]] {
    const dead = `workspace = $1 AND state = 'dead'`;
    if (visible === null) return [dead, [workspace]];
    const { dialect } = this.#database;
    const repository =
      dialect === 'postgres' ? `split_part(key, '/', 1)` : `substr(key || '/', 1, instr(key || '/', '/') - 1)`;
    const isVisible = isOneOf(dialect, repository, { parameter: '$2', type: 'text' });
    return [`${dead} AND ${isVisible}`, [workspace, toJson(visible)]];
  }
}
