import { secondsBetween, type Instant } from '../instant';
import { listCountedActivities, type CountedActivity } from './counted-activities';
import { toPhaseSeconds, toPhaseSpans } from './phase-ledger';
import type { PullRequestHistory, RecordedPullRequest } from '../pull-requests/pull-request-history';
import type { ReviewNumbers, ReviewDuration } from './review-numbers';

export interface CountingContext {
  /** Uuids, with braces, of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  /** `null`: not known to be deployed. Its phases then end with the merge. */
  readonly deployedAt: Instant | null;
}

/** The numbers of one merged pull request (docs/definitions.md, 6.1): durations in seconds, unknown is `null`. */
export function computeReviewNumbers(
  pullRequest: RecordedPullRequest,
  { ignored, deployedAt }: CountingContext,
): ReviewNumbers {
  const life = toLife(pullRequest);
  const activities = listCountedActivities(life, ignored);
  const spans = toPhaseSpans(life, { ignored, deployedAt, endAt: pullRequest.mergedAt });
  const durations = toDurations(pullRequest, activities);
  // Field by field here and below: with spreads all numbers take a third as long again.
  return {
    timeToOpen: durations.timeToOpen,
    timeToMerge: durations.timeToMerge,
    timeToFirstReview: durations.timeToFirstReview,
    timeToFirstApproval: durations.timeToFirstApproval,
    firstToLastApproval: durations.firstToLastApproval,
    lastApprovalToMerge: durations.lastApprovalToMerge,
    linesChanged: pullRequest.linesChanged,
    commits: pullRequest.isComplete ? pullRequest.changes.length : null,
    comments: activities.filter(({ isComment }) => isComment).length,
    reviews: activities.filter(({ isReview }) => isReview).length,
    phases: toPhaseSeconds(spans),
  };
}

/** A merged pull request's life, whose end is its deployment. */
export function toLife(pullRequest: RecordedPullRequest): PullRequestHistory {
  const { authorUuid, isDraft, firstCommitAt, openedAt, mergedAt, activities } = pullRequest;
  return { authorUuid, state: 'MERGED', isDraft, firstCommitAt, openedAt, mergedAt, closedAt: null, activities };
}

function toDurations(
  { firstCommitAt, openedAt, mergedAt }: RecordedPullRequest,
  activities: readonly CountedActivity[],
): Record<ReviewDuration, number | null> {
  const reviews = activities.filter(({ isReview }) => isReview);
  const approvals = reviews.filter(({ activity, replacedBy }) => activity.kind === 'approval' && replacedBy === null);
  const approvedAt = approvals.map(({ activity }) => activity.at);
  const firstReviewAt = findFirst(reviews.map(({ activity }) => activity.at));
  const [firstApprovalAt, lastApprovalAt] = [findFirst(approvedAt), findLast(approvedAt)];
  return {
    timeToOpen: firstCommitAt === null || firstCommitAt > openedAt ? null : secondsBetween(firstCommitAt, openedAt),
    timeToMerge: secondsBetween(openedAt, mergedAt),
    timeToFirstReview: secondsOrNull(openedAt, firstReviewAt),
    timeToFirstApproval: secondsOrNull(openedAt, firstApprovalAt),
    firstToLastApproval: secondsOrNull(firstApprovalAt, lastApprovalAt),
    lastApprovalToMerge: secondsOrNull(lastApprovalAt, mergedAt),
  };
}

function secondsOrNull(earlier: Instant | null, later: Instant | null): number | null {
  return earlier === null || later === null ? null : secondsBetween(earlier, later);
}

function findFirst(moments: readonly Instant[]): Instant | null {
  return moments.length === 0 ? null : moments.reduce((first, at) => Math.min(first, at));
}

function findLast(moments: readonly Instant[]): Instant | null {
  return moments.length === 0 ? null : moments.reduce((last, at) => Math.max(last, at));
}
