import { toDateRange } from '../../domain/calendar/date-range';
import { computeReviews as computeMetrics } from '../../domain/metrics/reviews/reviews';
import type { ReviewsReport } from '../answers/reviews';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickFacts, type WorkspaceVersion } from '../version/workspace-version';

/** Changes & Reviews under a filter, with a series of `interval`; `null`: without (docs/definitions.md, 6.1). */
export function computeReviews(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  interval: VisibleFilter['interval'] | null = filter.interval,
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
