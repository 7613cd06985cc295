import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import { findSizeAtHead, type SizeAtHead } from '../../domain/pull-requests/size';
import { toPerson, type WithPerson } from '../people/joined-person';
import type { PullRequestRow } from '../schema/pull-requests';
import { toStanding } from './standing-text';

/** A pull request with all that is known of it but its lists. */
export interface StoredPullRequest
  extends
    Omit<PullRequestSnapshot, 'reviewers'>,
    Pick<PullRequestRow, 'mergedAt' | 'mergeRecordedAt' | 'commitsHead' | 'commitsState' | 'firstCommitAt'>,
    SizeAtHead {
  /** What a notice said of it; `null`: none told of the merge. */
  readonly mergeNoticedAt: Instant | null;
}

export function toStoredPullRequest(row: WithPerson<PullRequestRow>): StoredPullRequest {
  const { number, title, state, isDraft, isQueued, openedAt, updatedAt, closedAt, mergeHash, diffstatUrl } = row;
  const { mergedAt, mergeRecordedAt, commitsHead, commitsState, firstCommitAt } = row;
  return {
    ...{ number, title, state, isDraft, isQueued, openedAt, updatedAt, closedAt, mergeHash, diffstatUrl },
    ...{ mergedAt, mergeRecordedAt, commitsHead, commitsState, firstCommitAt },
    author: toPerson(row.author, row),
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
    ...findSizeAtHead(row),
  };
}
