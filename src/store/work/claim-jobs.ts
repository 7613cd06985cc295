import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, pickColumns, selectRows, toJson, type Dialect } from '../database/table';
import { jobs, type JobRow } from '../schema/work';

/** A job as a worker is given it. */
export type ClaimedJob = Pick<JobRow, 'workspace' | 'kind' | 'key' | 'payload' | 'attempts' | 'generation'>;

export interface Claim {
  readonly kinds: readonly string[];
  readonly now: Instant;
  readonly leaseMs: number;
  readonly limit: number;
  /** Of one workspace, with those of it that run here. Default: the limit. */
  readonly mostOfOne?: number;
  /** What runs here: after a jump of the clock its lease looks as if it had ended. */
  readonly running?: readonly Pick<JobRow, 'workspace' | 'kind' | 'key'>[];
  /** Workspaces of which none is wanted. */
  readonly except?: readonly string[];
}

const keys = pickColumns(jobs, ['workspace', 'kind', 'key']).columns;

/** The workspaces that have jobs, found by leaps through the index, however many jobs there are. */
const places = `places (workspace) AS (
  SELECT min(workspace) FROM jobs WHERE state = 'ready'
  UNION ALL SELECT (SELECT min(jobs.workspace) FROM jobs WHERE state = 'ready' AND jobs.workspace > places.workspace)
  FROM places WHERE places.workspace IS NOT NULL)`;

/** Whether any job of these kinds can be claimed: a look into the index a workspace and kind, however many wait. */
export async function isAnyDue(database: Database, { kinds, now }: Pick<Claim, 'kinds' | 'now'>): Promise<boolean> {
  const found = await database.readOne(
    `WITH RECURSIVE ${places}
     SELECT 1 AS found FROM places CROSS JOIN ${selectKinds(database.dialect, '$1')} AS kinds
     WHERE (SELECT 1 FROM jobs WHERE ${isOfPlace} AND ${isFree('$2')} LIMIT 1) = 1 LIMIT 1`,
    [toJson(kinds), now],
  );
  return found !== null;
}

/**
 * Due jobs, which nobody else gets until the lease ends. One of each workspace in turn, first of those of which the
 * fewest run here; of one workspace the longest due first. Found and leased in one statement, so that no two workers get
 * the same.
 */
export async function claimJobs(database: Database, claim: Claim): Promise<ClaimedJob[]> {
  const { kinds, now, leaseMs, limit, mostOfOne = limit, running = [], except = [] } = claim;
  const own = running.map(({ workspace, kind, key }) => ({ workspace, kind, key }));
  const values = [toJson(kinds), now, limit, now + leaseMs, toJson(except), toJson(own), mostOfOne];
  const rows = await database.transaction((tx) =>
    database.read<ClaimedJob & { run_at: Instant }>(toStatement(database.dialect), values, tx),
  );
  return rows.toSorted((a, b) => a.run_at - b.run_at).map(toJob);
}

/** However much waits, little is read: of each workspace and kind no more of the longest due than may be taken. */
function toStatement(dialect: Dialect): string {
  return `WITH RECURSIVE own AS (SELECT * FROM ${selectRows(dialect, '$6', keys)} AS own),
    ${places},
    due AS (
      SELECT places.workspace, kinds.kind, ${dialect === 'sqlite' ? 'value ->> 0 AS key, value ->> 1 AS run_at' : 'one.key, one.run_at'}
      FROM places CROSS JOIN ${selectKinds(dialect, '$1')} AS kinds CROSS JOIN ${selectLongestDue(dialect)} AS one
      WHERE places.workspace IS NOT NULL AND NOT (${isOneOf(dialect, 'places.workspace', { parameter: '$5', type: 'text' })})),
    counts AS (SELECT workspace, count(*) AS count FROM own GROUP BY workspace),
    turns AS (
      SELECT due.*, coalesce(counts.count, 0)
        + row_number() OVER (PARTITION BY due.workspace ORDER BY due.run_at, due.kind, due.key) AS turn
      FROM due LEFT JOIN counts ON counts.workspace = due.workspace),
    picked AS MATERIALIZED (
      SELECT workspace, kind, key FROM turns WHERE turn <= $7
      ORDER BY turn, run_at, workspace, kind, key LIMIT $3)${lockPicked(dialect)}
    UPDATE jobs SET leased_until = $4
    WHERE (workspace, kind, key) IN (SELECT workspace, kind, key FROM ${dialect === 'sqlite' ? 'picked' : 'locked'})
    RETURNING workspace, kind, key, payload, attempts, generation, run_at`;
}

/** What another worker has just taken is passed over. */
function lockPicked(dialect: Dialect): string {
  if (dialect === 'sqlite') return '';
  return `, locked AS MATERIALIZED (
      SELECT jobs.workspace, jobs.kind, jobs.key FROM picked JOIN jobs USING (workspace, kind, key)
      WHERE ${isFree('$2')} FOR UPDATE OF jobs SKIP LOCKED)`;
}

/** Key and time of a workspace and kind, in the order of the index. SQLite joins them as the values of a list alone. */
function selectLongestDue(dialect: Dialect): string {
  const rows = `SELECT key, run_at FROM jobs
    WHERE ${isOfPlace} AND ${isFree('$2')}
      AND (jobs.workspace, jobs.kind, jobs.key) NOT IN (SELECT workspace, kind, key FROM own)
    ORDER BY run_at, key LIMIT $7`;
  if (dialect === 'postgres') return `LATERAL (${rows})`;
  return `json_each((SELECT json_group_array(json_array(key, run_at)) FROM (${rows})))`;
}

function selectKinds(dialect: Dialect, parameter: string): string {
  return dialect === 'sqlite'
    ? `(SELECT value AS kind FROM json_each(${parameter}))`
    : `(SELECT value AS kind FROM json_array_elements_text(${parameter}::json))`;
}

const isOfPlace = 'jobs.workspace = places.workspace AND jobs.kind = kinds.kind';

/** An ended lease is nobody's. */
function isFree(now: string): string {
  return `jobs.state = 'ready' AND jobs.run_at <= ${now} AND (jobs.leased_until IS NULL OR jobs.leased_until <= ${now})`;
}

function toJob({ workspace, kind, key, payload, attempts, generation }: ClaimedJob): ClaimedJob {
  return { workspace, kind, key, payload, attempts, generation };
}
