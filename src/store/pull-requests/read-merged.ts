import type { Change } from '../../domain/change';
import type { MergedPullRequest } from '../../domain/pull-request';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

interface MergedRow {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly source_branch: string | null;
  readonly opened_at: number;
  readonly merged_at: number;
  readonly is_deployment: number;
  readonly is_complete: number;
  readonly teams_as_of: 'merge' | 'import' | null;
  readonly author: string | null;
}

interface ListRow {
  readonly repository: string;
  readonly number: number;
  readonly list: string;
}

const inMonth = `p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3
  AND p.state = 'MERGED' AND p.sealed_at IS NOT NULL`;

// SQLite takes a cross join in the order written: first the few of the month, then their lists.
const joined = 'p.workspace = l.workspace AND p.repository = l.repository AND p.number = l.number';

/**
 * The merged and sealed pull requests of a UTC month `YYYY-MM`, by moment of the merge. Three
 * statements whatever the month holds; a list of commits or teams arrives as one text.
 */
export async function readMerged(
  database: Database,
  options: { workspace: string; month: string; tx: Transaction | undefined },
): Promise<MergedPullRequest[]> {
  const values = [options.workspace, ...toBounds(options.month)];
  const rows = await database.read<MergedRow>(
    `SELECT p.repository, p.number, p.title, p.source_branch, p.opened_at, p.merged_at, p.teams_as_of, p.author,
       CASE WHEN p.destination_branch = p.default_branch_at_merge THEN 1 ELSE 0 END AS is_deployment,
       CASE WHEN p.commits_state = 'complete' THEN 1 ELSE 0 END AS is_complete
     FROM pull_requests p WHERE ${inMonth} ORDER BY p.merged_at, p.repository, p.number`,
    values,
    options.tx,
  );
  const commits = await readLists(database, {
    sql: `SELECT l.repository, l.number, string_agg(l.hash || ':' || l.authored_at, ' ') AS list
      FROM pull_requests p CROSS JOIN pull_request_commits l WHERE ${inMonth} AND ${joined} GROUP BY l.repository, l.number`,
    values,
    tx: options.tx,
  });
  const teams = await readLists(database, {
    sql: `SELECT l.repository, l.number, string_agg(l.team, ' ') AS list
      FROM pull_requests p CROSS JOIN pull_request_teams l WHERE ${inMonth} AND ${joined} GROUP BY l.repository, l.number`,
    values,
    tx: options.tx,
  });
  return rows.map((row) => {
    const id = toId(row);
    return toMergedPullRequest(row, { commits: commits.get(id) ?? [], teams: teams.get(id) ?? [] });
  });
}

async function readLists(
  database: Database,
  query: { sql: string; values: readonly (string | number)[]; tx: Transaction | undefined },
): Promise<Map<string, string[]>> {
  const rows = await database.read<ListRow>(query.sql, query.values, query.tx);
  return new Map(rows.map((row) => [toId(row), row.list.split(' ')]));
}

function toMergedPullRequest(
  row: MergedRow,
  lists: { commits: readonly string[]; teams: readonly string[] },
): MergedPullRequest {
  return {
    repositoryUuid: row.repository,
    number: row.number,
    title: row.title,
    sourceBranch: row.source_branch,
    openedAt: row.opened_at,
    mergedAt: row.merged_at,
    isDeployment: row.is_deployment === 1,
    changes: lists.commits.map(toChange).sort(byTime),
    isComplete: row.is_complete === 1,
    teams: lists.teams.toSorted(),
    teamsAsOf: row.teams_as_of ?? 'import',
    authorUuid: row.author,
  };
}

function toChange(text: string): Change {
  const colon = text.indexOf(':');
  return { changeId: text.slice(0, colon), createdAt: Number(text.slice(colon + 1)) };
}

function byTime(a: Change, b: Change): number {
  return a.createdAt - b.createdAt || (a.changeId < b.changeId ? -1 : 1);
}

function toId(row: { repository: string; number: number }): string {
  return `${row.repository}/${row.number}`;
}

function toBounds(month: string): [number, number] {
  const [year = Number.NaN, ordinal = Number.NaN] = month.split('-').map(Number);
  const start = Date.UTC(year, ordinal - 1, 1);
  const end = Date.UTC(year, ordinal, 1);
  if (!/^\d{4}-\d{2}$/u.test(month) || ordinal < 1 || ordinal > 12) {
    throw new Error(`Not a month: ${month}`);
  }
  return [start, end];
}
