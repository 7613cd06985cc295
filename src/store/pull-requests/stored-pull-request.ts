import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { Person } from '../../domain/people/person';
import type { PullRequestRow } from './pull-request-row';
import { toStanding } from './standing-text';
import { toSizeOf } from './size';

/** A pull request with all that is known of it but its lists. */
export interface StoredPullRequest extends PullRequestSnapshot {
  /** `null` unless it is merged and a source told when. */
  readonly mergedAt: Instant | null;
  /** What a notice said of it; `null`: none told of the merge. */
  readonly mergeNoticedAt: Instant | null;
  /** When its default branch and teams were written down for good. */
  readonly sealedAt: Instant | null;
  /** The source head that its commits were read at. */
  readonly commitsHead: string | null;
  readonly commitsState: 'unread' | 'complete' | 'incomplete';
  /** The earliest author date ever seen among its commits. */
  readonly firstCommitAt: Instant | null;
  /** Both as read at the present source head; `null`: not read there, or not to be had. */
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  /** Whether they were asked for at the present source head, in vain perhaps. */
  readonly isSizeTried: boolean;
}

/** A row of `pull_requests` beside the row of its author, if any. */
export interface PullRequestWithAuthor extends PullRequestRow {
  readonly author_display_name: string | null;
  readonly author_account_id: string | null;
  readonly author_type: string | null;
}

export function toStoredPullRequest(row: PullRequestWithAuthor): StoredPullRequest {
  return {
    number: row.number,
    title: row.title,
    author: toAuthor(row),
    state: row.state,
    isDraft: row.is_draft === 1,
    isQueued: row.is_queued === 1,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    source: {
      branch: row.source_branch,
      hash: row.source_hash,
      repositoryUuid: row.source_repository,
      repositoryFullName: row.source_full_name,
    },
    destination: {
      branch: row.destination_branch,
      hash: row.destination_hash,
      repositoryUuid: row.destination_repository,
      repositoryFullName: row.destination_full_name,
    },
    mergeHash: row.merge_hash,
    diffstatUrl: row.diffstat_url,
    standing: toStanding(row.standing),
    mergedAt: row.merged_at,
    mergeNoticedAt: row.merged_by_notice_at,
    sealedAt: row.sealed_at,
    commitsHead: row.commits_head,
    commitsState: row.commits_state,
    firstCommitAt: row.first_commit_at,
    ...toSizeOf(row),
  };
}

function toAuthor(row: PullRequestWithAuthor): Person | null {
  return row.author === null
    ? null
    : {
        uuid: row.author,
        displayName: row.author_display_name,
        accountId: row.author_account_id,
        type: row.author_type ?? 'user',
      };
}
