import { computePercentile } from '../../domain/metrics/statistics';
import { mapPhases } from '../../domain/reviews/phase-ledger';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
import type { PullRequestTimeLine } from './time-line';

/** The median seconds in each phase over pull requests; a pull request that never was in a phase spent 0 in it. */
export function findUsualPhases(pullRequests: readonly ReviewedPullRequest[]): PullRequestTimeLine['usual'] {
  const seconds = mapPhases((phase) =>
    computePercentile(Float64Array.from(pullRequests, ({ review }) => review.phases[phase]).sort(), 0.5),
  );
  return { seconds, n: pullRequests.length };
}
