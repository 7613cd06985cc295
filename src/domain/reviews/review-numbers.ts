import type { MergedPullRequest } from '../pull-requests/pull-request';
import type { PhaseSeconds } from './phase';

/** Names of the numbers of one merged pull request (docs/definitions.md, 6.1), in the order of the pages. */
export const reviewDurations = [
  'timeToOpen',
  'timeToMerge',
  'timeToFirstReview',
  'timeToFirstApproval',
  'firstToLastApproval',
  'lastApprovalToMerge',
] as const;
export const reviewSizes = ['linesChanged', 'commits', 'comments', 'reviews'] as const;
export type ReviewDuration = (typeof reviewDurations)[number];
type ReviewMetricName = ReviewDuration | (typeof reviewSizes)[number];

/**
 * The numbers of one merged pull request: durations in seconds, `null` where there is none, negative where the
 * sources contradict each other (such are left out of statistics and counted); sizes as counts.
 */
export interface ReviewNumbers extends Readonly<Record<ReviewMetricName, number | null>> {
  readonly phases: PhaseSeconds;
}

/** A merged pull request with its numbers; its activities are told apart no longer. */
export interface ReviewedPullRequest extends MergedPullRequest {
  readonly isDraft: boolean;
  readonly review: ReviewNumbers;
}
