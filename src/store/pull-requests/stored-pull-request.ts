import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { Person } from '../../domain/people/person';
import type { PullRequestRow } from '../schema/pull-requests';
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
  readonly authorDisplayName: string | null;
  readonly authorAccountId: string | null;
  readonly authorType: string | null;
}

export function toStoredPullRequest(row: PullRequestWithAuthor): StoredPullRequest {
  const { number, title, state, isDraft, isQueued, openedAt, updatedAt, closedAt, mergeHash, diffstatUrl } = row;
  const { mergedAt, sealedAt, commitsHead, commitsState, firstCommitAt } = row;
  return {
    ...{ number, title, state, isDraft, isQueued, openedAt, updatedAt, closedAt, mergeHash, diffstatUrl },
    ...{ mergedAt, sealedAt, commitsHead, commitsState, firstCommitAt },
    author: toAuthor(row),
    source: {
      branch: row.sourceBranch,
      hash: row.sourceHash,
      repositoryUuid: row.sourceRepository,
      repositoryFullName: row.sourceFullName,
    },
    destination: {
      branch: row.destinationBranch,
      hash: row.destinationHash,
      repositoryUuid: row.destinationRepository,
      repositoryFullName: row.destinationFullName,
    },
    standing: toStanding(row.standing),
    mergeNoticedAt: row.mergedByNoticeAt,
    ...toSizeOf(row),
  };
}

function toAuthor({ author, authorDisplayName, authorAccountId, authorType }: PullRequestWithAuthor): Person | null {
  return author === null
    ? null
    : { uuid: author, displayName: authorDisplayName, accountId: authorAccountId, type: authorType ?? 'user' };
}
