import type { PullRequestState } from '../../domain/pull-requests/pull-request';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import { applyStanding } from '../../domain/pull-requests/standing';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { toStanding } from './standing-text';
import { selectPastActivities, toPastActivities } from './past-activities';
import { selectLinesChanged } from './size';

interface OpenRow {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly state: PullRequestState;
  readonly is_draft: number;
  readonly is_queued: number;
  readonly author: string | null;
  readonly destination_branch: string | null;
  readonly opened_at: number;
  readonly first_commit_at: number | null;
  /** `null` unless its commits are read, and all of them. */
  readonly commit_count: number | null;
  readonly last_commit_at: number | null;
  readonly lines_changed: number | null;
  /** JSON. */
  readonly activities: string | null;
  readonly standing: string | null;
}

const commitsOfIt = `FROM pull_request_commits l
  WHERE l.workspace = p.workspace AND l.repository = p.repository AND l.number = p.number`;

/** A commit that is dated after it was first seen was made no later than that. */
const arrivedAt = `CASE WHEN l.authored_at > coalesce(l.seen_at, p.updated_at) THEN coalesce(l.seen_at, p.updated_at)
  ELSE l.authored_at END`;

/** The pull requests that are open now, oldest first, in one statement. */
export async function readOpen(
  database: Database,
  options: { workspace: string; tx: Transaction | undefined },
): Promise<OpenPullRequest[]> {
  const rows = await database.read<OpenRow>(
    `SELECT p.repository, p.number, p.title, p.state, p.is_draft, p.is_queued, p.author, p.destination_branch, p.opened_at,
       p.first_commit_at, ${selectLinesChanged} AS lines_changed,
       CASE WHEN p.commits_state = 'complete' THEN (SELECT count(*) ${commitsOfIt}) END AS commit_count,
       (SELECT max(${arrivedAt}) ${commitsOfIt}) AS last_commit_at,
       ${selectPastActivities(database.dialect)} AS activities, p.standing
     FROM pull_requests p WHERE p.workspace = $1 AND p.state = 'OPEN'
     ORDER BY p.opened_at, p.repository, p.number`,
    [options.workspace],
    options.tx,
  );
  return rows.map(toOpenPullRequest);
}

function toOpenPullRequest(row: OpenRow): OpenPullRequest {
  return {
    repositoryUuid: row.repository,
    number: row.number,
    title: row.title,
    state: row.state,
    isDraft: row.is_draft === 1,
    isQueued: row.is_queued === 1,
    authorUuid: row.author,
    destinationBranch: row.destination_branch,
    openedAt: row.opened_at,
    firstCommitAt: row.first_commit_at,
    mergedAt: null,
    closedAt: null,
    commitCount: row.commit_count,
    lastCommitAt: row.last_commit_at,
    linesChanged: row.lines_changed,
    activities: applyStanding(toPastActivities(row.activities), toStanding(row.standing)),
  };
}
