import { findLastCommitAt } from '../../domain/pull-requests/commit-list';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import { computeLinesChanged } from '../../domain/pull-requests/size';
import { applyStanding } from '../../domain/pull-requests/standing';
import type { Database } from '../database/database';
import { pickColumns, selectList, toRows, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { pullRequests } from '../schema/pull-requests';
import { selectTuples } from './joined-lists';
import { selectPastActivities, toPastActivities } from './past-activities';
import { toReviewerUuids } from './reviewers-text';
import { toStanding } from './standing-text';

const openFields = pickColumns(pullRequests, [
  ...([
    'repositoryUuid',
    'number',
    'title',
    'author',
    'state',
    'isDraft',
    'isQueued',
    'openedAt',
    'updatedAt',
  ] as const),
  ...(['firstCommitAt', 'destinationBranch', 'commitsState', 'standing', 'reviewers'] as const),
  ...(['sourceHash', 'sizeHead', 'linesAdded', 'linesRemoved'] as const),
]);

interface OpenRow extends RowOf<typeof openFields> {
  readonly commits: string | null;
  readonly activities: string | null;
}

const commitTuples = { table: 'pull_request_commits', fields: 'l.authored_at, l.seen_at', order: 'l.position' };

/** The pull requests that are open now, oldest first, with the lists of each: in one statement. */
export async function readOpen(
  database: Database,
  options: { workspace: string; tx: Transaction | undefined },
): Promise<OpenPullRequest[]> {
  const rows = await database.read<OpenRow>(
    `SELECT ${selectList(openFields, 'p')}, ${selectTuples(database.dialect, commitTuples)} AS commits,
       ${selectPastActivities(database.dialect)} AS activities
     FROM pull_requests p WHERE p.workspace = $1 AND p.state = 'OPEN'
     ORDER BY p.opened_at, p.repository, p.number`,
    [options.workspace],
    options.tx,
  );
  return toRows(openFields, rows).map(toOpenPullRequest);
}

function toOpenPullRequest(row: OpenRow): OpenPullRequest {
  const commits = toCommits(row.commits);
  return {
    repositoryUuid: row.repositoryUuid,
    number: row.number,
    title: row.title,
    state: row.state,
    isDraft: row.isDraft,
    isQueued: row.isQueued,
    authorUuid: row.author,
    destinationBranch: row.destinationBranch,
    openedAt: row.openedAt,
    firstCommitAt: row.firstCommitAt,
    mergedAt: null,
    closedAt: null,
    commitCount: row.commitsState === 'complete' ? commits.length : null,
    lastCommitAt: findLastCommitAt(commits, row.updatedAt),
    linesChanged: computeLinesChanged(row),
    reviewerUuids: toReviewerUuids(row.reviewers),
    activities: applyStanding(toPastActivities(row.activities), toStanding(row.standing)),
  };
}

function toCommits(text: string | null): { authoredAt: number; seenAt: number | null }[] {
  const tuples = text === null ? [] : (JSON.parse(text) as [number, number | null][]);
  return tuples.map(([authoredAt, seenAt]) => ({ authoredAt, seenAt }));
}
