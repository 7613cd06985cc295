import type { Change } from '../../domain/change';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import { applyStanding } from '../../domain/pull-requests/standing';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { toStanding } from './standing-text';
import { selectPastActivities, toPastActivities } from './past-activities';
import { selectLinesChanged } from './size';

interface MergedRow {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly source_branch: string | null;
  readonly opened_at: number;
  readonly merged_at: number;
  readonly is_complete: number;
  readonly teams_as_of: 'merge' | 'import' | null;
  readonly author: string | null;
  readonly destination_branch: string | null;
  readonly default_branch_at_merge: string | null;
  readonly is_draft: number;
  readonly first_commit_at: number | null;
  readonly lines_changed: number | null;
  /** `hash:authored_at`, parted by spaces. */
  readonly commits: string | null;
  /** Slugs, parted by spaces. */
  readonly teams: string | null;
  /** JSON. */
  readonly activities: string | null;
  readonly standing: string | null;
}

const ofThePullRequest = 'l.workspace = p.workspace AND l.repository = p.repository AND l.number = p.number';

/**
 * The merged and sealed pull requests of a UTC month `YYYY-MM`, by moment of the merge. One statement
 * whatever the month holds; the list of commits, that of teams and that of
 * acts arrive each as one text.
 */
export async function readMerged(
  database: Database,
  options: { workspace: string; month: string; tx: Transaction | undefined },
): Promise<RecordedPullRequest[]> {
  const rows = await database.read<MergedRow>(
    `SELECT p.repository, p.number, p.title, p.source_branch, p.opened_at, p.merged_at, p.teams_as_of, p.author,
       p.destination_branch, p.default_branch_at_merge, p.is_draft, p.first_commit_at, ${selectLinesChanged} AS lines_changed,
       CASE WHEN p.commits_state = 'complete' THEN 1 ELSE 0 END AS is_complete,
       (SELECT string_agg(l.hash || ':' || l.authored_at, ' ') FROM pull_request_commits l WHERE ${ofThePullRequest})
         AS commits,
       (SELECT string_agg(l.team, ' ') FROM pull_request_teams l WHERE ${ofThePullRequest}) AS teams,
       ${selectPastActivities(database.dialect)} AS activities, p.standing
     FROM pull_requests p
     WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3
       AND p.state = 'MERGED' AND p.sealed_at IS NOT NULL
     ORDER BY p.merged_at, p.repository, p.number`,
    [options.workspace, ...toBounds(options.month)],
    options.tx,
  );
  return rows.map(toRecordedPullRequest);
}

function toRecordedPullRequest(row: MergedRow): RecordedPullRequest {
  return {
    repositoryUuid: row.repository,
    number: row.number,
    title: row.title,
    sourceBranch: row.source_branch,
    openedAt: row.opened_at,
    mergedAt: row.merged_at,
    destinationBranch: row.destination_branch,
    defaultBranchAtMerge: row.default_branch_at_merge,
    changes: toList(row.commits).map(toChange).sort(byTime),
    isComplete: row.is_complete === 1,
    teams: toList(row.teams).sort(),
    // Not told yet: they will be as of a later reading, as those of an import are.
    teamsAsOf: row.teams_as_of ?? 'import',
    authorUuid: row.author,
    isDraft: row.is_draft === 1,
    firstCommitAt: row.first_commit_at,
    linesChanged: row.lines_changed,
    activities: applyStanding(toPastActivities(row.activities), toStanding(row.standing)),
  };
}

function toChange(text: string): Change {
  const colon = text.indexOf(':');
  return { changeId: text.slice(0, colon), createdAt: Number(text.slice(colon + 1)) };
}

function byTime(a: Change, b: Change): number {
  return a.createdAt - b.createdAt || (a.changeId < b.changeId ? -1 : 1);
}

function toList(text: string | null): string[] {
  return text === null ? [] : text.split(' ');
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
