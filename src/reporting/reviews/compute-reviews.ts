import { toDateRange } from '../../domain/calendar/date-range';
import { computeReviews as computeMetrics } from '../../domain/metrics/reviews/reviews';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { computePerSystem } from '../version/counted-systems';
import type { SystemItem } from '../answers/choices';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';
import type { ReviewsReport } from '../answers/reviews';

/** Changes & Reviews under a filter, with a series of its interval (docs/definitions.md, 6.1). */
export function computeReviews(version: WorkspaceVersion, filter: DeliveryFilter): ReviewsReport {
  return compute(version, filter, filter.interval);
}

/** The same for each system that passes the filter, without series. */
export function computeReviewsPerSystem(
  version: WorkspaceVersion,
  filter: DeliveryFilter,
): { readonly system: SystemItem; readonly report: ReviewsReport }[] {
  return computePerSystem(version, filter, (ofSystem) => compute(version, ofSystem, null));
}

function compute(
  version: WorkspaceVersion,
  filter: DeliveryFilter,
  interval: DeliveryFilter['interval'] | null,
): ReviewsReport {
  const facts = pickFacts(version, filter);
  const { from, to, systems, teams } = filter;
  const { timezone } = facts.settings;
  const range = toDateRange({ from, to, timezone });
  const reviews = computeMetrics(facts.reviews, { range, interval, systems, teams });
  return {
    workspace: toWorkspaceName(version),
    range: { from, to, timezone, interval: filter.interval },
    merged: reviews.merged,
    ...reviews.metrics,
    phases: reviews.phases,
    completeness: {
      ...toCompleteness(version),
      incomplete_pull_requests: reviews.incomplete,
      unsized_pull_requests: reviews.unsized,
      undated_merges: countUndatedMerges(version.known, filter),
    },
  };
}
