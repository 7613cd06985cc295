import type { Change } from '../../domain/change';
import type { Instant } from '../../domain/instant';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import { computeLinesChanged } from '../../domain/pull-requests/size';
import { applyStanding } from '../../domain/pull-requests/standing';
import { pickColumns, selectList, type Dialect, type RowOf } from '../database/table';
import { pullRequests } from '../schema/pull-requests';
import { ofPullRequest, selectTeams, toTeams } from './joined-lists';
import { selectPastActivities, toPastActivities } from './past-activities';
import { toStanding } from './standing-text';

export const mergedFields = pickColumns(pullRequests, [
  ...(['repositoryUuid', 'number', 'title', 'author', 'isDraft', 'openedAt', 'mergedAt', 'firstCommitAt'] as const),
  ...(['sourceBranch', 'destinationBranch', 'defaultBranchAtMerge', 'teamsAsOf', 'commitsState', 'standing'] as const),
  ...(['sourceHash', 'sizeHead', 'linesAdded', 'linesRemoved'] as const),
]);

/** As `selectRecorded` gives it. */
export interface RecordedRow extends RowOf<typeof mergedFields> {
  readonly mergedAt: Instant;
  /** `hash:authored_at`, parted by spaces. */
  readonly commits: string | null;
  readonly teams: string | null;
  readonly activities: string | null;
}

/** A sub-select of the commits of the pull request `p`, as one text. */
const selectCommits = `(SELECT string_agg(l.hash || ':' || l.authored_at, ' ') FROM pull_request_commits l WHERE ${ofPullRequest})`;

/** The select list of pull requests `p` with their commits, teams and activities, each list as one text. */
export function selectRecorded(dialect: Dialect): string {
  return `${selectMerged}, ${selectPastActivities(dialect)} AS activities`;
}

/** Without their activities, which are most of what is stored. */
export const selectMerged = `${selectList(mergedFields, 'p')}, ${selectCommits} AS commits, ${selectTeams} AS teams`;

export function toRecordedPullRequest(row: RecordedRow): RecordedPullRequest {
  // Field by field: with a spread it takes half as long again to read a month.
  return {
    repositoryUuid: row.repositoryUuid,
    number: row.number,
    title: row.title,
    sourceBranch: row.sourceBranch,
    openedAt: row.openedAt,
    mergedAt: row.mergedAt,
    destinationBranch: row.destinationBranch,
    defaultBranchAtMerge: row.defaultBranchAtMerge,
    authorUuid: row.author,
    isDraft: row.isDraft,
    firstCommitAt: row.firstCommitAt,
    changes: toChanges(row.commits),
    isComplete: row.commitsState === 'complete',
    teams: toTeams(row.teams),
    // Not told yet: they will be as of a later reading, as those of an import are.
    teamsAsOf: row.teamsAsOf ?? 'import',
    linesChanged: computeLinesChanged(row),
    activities: applyStanding(toPastActivities(row.activities), toStanding(row.standing)),
  };
}

function toChanges(text: string | null): Change[] {
  return text === null ? [] : text.split(' ').map(toChange).sort(byTime);
}

function toChange(text: string): Change {
  const colon = text.indexOf(':');
  return { changeId: text.slice(0, colon), createdAt: Number(text.slice(colon + 1)) };
}

function byTime(a: Change, b: Change): number {
  return a.createdAt - b.createdAt || (a.changeId < b.changeId ? -1 : 1);
}
