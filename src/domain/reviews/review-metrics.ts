import type { ReviewedPullRequest } from './review-numbers';

/** One number of a merged pull request, of which Changes & Reviews gives the median, mean and percentiles. */
export interface ReviewMetric {
  readonly unit: 'seconds' | 'count';
  /** Unknown, or without any: `null`. Negative where the sources contradict each other: left out and counted. */
  readonly of: (pullRequest: Pick<ReviewedPullRequest, 'review'>) => number | null;
}

/** The numbers of Changes & Reviews (docs/definitions.md, 6.1), in the order of the pages and answers. */
export const reviewMetrics = {
  time_to_open: { unit: 'seconds', of: ({ review }) => review.timeToOpen },
  time_to_merge: { unit: 'seconds', of: ({ review }) => review.timeToMerge },
  time_to_first_review: { unit: 'seconds', of: ({ review }) => review.timeToFirstReview },
  time_to_first_approval: { unit: 'seconds', of: ({ review }) => review.timeToFirstApproval },
  first_to_last_approval: { unit: 'seconds', of: ({ review }) => review.firstToLastApproval },
  last_approval_to_merge: { unit: 'seconds', of: ({ review }) => review.lastApprovalToMerge },
  lines_changed: { unit: 'count', of: ({ review }) => review.linesChanged },
  commits: { unit: 'count', of: ({ review }) => review.commits },
  comments: { unit: 'count', of: ({ review }) => review.comments },
  reviews: { unit: 'count', of: ({ review }) => review.reviews },
} as const satisfies Readonly<Record<string, ReviewMetric>>;
export type ReviewMetricKey = keyof typeof reviewMetrics;
export const reviewMetricKeys = Object.keys(reviewMetrics) as ReviewMetricKey[];

/** A value for each number of Changes & Reviews. */
export function mapReviewMetrics<T>(toValue: (key: ReviewMetricKey) => T): Record<ReviewMetricKey, T> {
  return Object.fromEntries(reviewMetricKeys.map((key) => [key, toValue(key)])) as Record<ReviewMetricKey, T>;
}
