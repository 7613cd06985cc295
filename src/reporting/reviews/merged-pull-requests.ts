import { mapReviewMetrics, reviewMetrics } from '../../domain/reviews/review-metrics';
import { selectPullRequests } from '../../domain/metrics/reviews/select-pull-requests';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
import type { VisibleFilter } from '../filter/delivery-filter';
import { listRows, type RowPage, type Rows } from '../filter/row-page';
import { toSelection } from '../filter/selection';
import type { MergedPullRequestItem } from '../answers/pull-requests';
import { toPlace, type RowNames } from '../pull-requests/pull-request-place';
import { formatTimestamp } from '../version/completeness';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';

/** The pull requests that Changes & Reviews counts under the same filter, newest merge first. */
export function listMergedPullRequests(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  page: RowPage,
): Rows<MergedPullRequestItem> {
  const { merged, reviews, settings } = pickFacts(version, filter);
  const names = { systems: version.systems, people: version.known.people };
  return listRows(page, {
    all: merged,
    chosen: selectPullRequests(reviews, toSelection(filter, settings)),
    toKey: (pullRequest) => ({ at: pullRequest.mergedAt, id: formatDeployId(pullRequest) }),
    toItem: (pullRequest) => toMergedItem(pullRequest, names),
  });
}

export function toMergedItem(pullRequest: ReviewedPullRequest, names: RowNames): MergedPullRequestItem {
  const { review } = pullRequest;
  return {
    ...toPlace(pullRequest, names),
    state: 'MERGED',
    draft: pullRequest.isDraft,
    opened_at: formatTimestamp(pullRequest.openedAt),
    merged_at: formatTimestamp(pullRequest.mergedAt),
    ...mapReviewMetrics((key) => reviewMetrics[key].of(pullRequest)),
    comments: review.comments ?? 0,
    reviews: review.reviews ?? 0,
  };
}
