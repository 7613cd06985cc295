import type { Interval } from '../../domain/calendar/bucket';
import { toDateRange } from '../../domain/calendar/date-range';
import {
  computeReviews as computeMetrics,
  computeReviewsBySystem as computeMetricsBySystem,
} from '../../domain/metrics/reviews/compute-reviews';
import type { Reviews } from '../../domain/metrics/reviews/review-figures';
import type { ReviewsReport } from '../answers/reviews';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickCountedSystems, type PerSystem } from '../version/counted-systems';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** Changes & Reviews under a filter, with a series (docs/definitions.md, 6.1). */
export function computeReviews(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  interval: Interval | null = filter.interval,
): ReviewsReport {
  const question = { ...toQuestion(version, filter), interval };
  return toReport(computeMetrics(pickColumns(version, filter), question), { version, filter });
}

/** The same for each system that passes the filter, without series. */
export function computeReviewsPerSystem(version: WorkspaceVersion, filter: VisibleFilter): PerSystem<ReviewsReport> {
  const columns = pickColumns(version, filter);
  const question = toQuestion(version, filter);
  const found = computeMetricsBySystem(columns, question);
  const computeNothing = () => computeMetrics(columns, { ...question, systems: [], interval: null });
  let nothing: Reviews | null = null;
  return pickCountedSystems(version, filter).map((system) => {
    const reviews = found.get(system.uuid) ?? (nothing ??= computeNothing());
    return { system, report: toReport(reviews, { version, filter: { ...filter, systems: [system.uuid] } }) };
  });
}

function toQuestion({ known }: WorkspaceVersion, { from, to, systems, teams }: VisibleFilter) {
  return { range: toDateRange({ from, to, timezone: known.settings.timezone }), systems, teams };
}

function toReport(
  reviews: Reviews,
  { version, filter }: { readonly version: WorkspaceVersion; readonly filter: VisibleFilter },
): ReviewsReport {
  const { from, to, interval } = filter;
  return {
    workspace: toWorkspaceName(version),
    range: { from, to, timezone: version.known.settings.timezone, interval },
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
