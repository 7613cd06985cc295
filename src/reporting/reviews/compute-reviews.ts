import type { Interval } from '../../domain/calendar/bucket';
import { toDateRange } from '../../domain/calendar/date-range';
import {
  computeReviewMetric as computeMetric,
  computeReviewNumbers,
  computeReviews as computeMetrics,
  computeReviewsBySystem as computeMetricsBySystem,
  rankBySystem,
} from '../../domain/metrics/reviews/compute-reviews';
import type { ReviewNumbers } from '../../domain/metrics/reviews/review-figures';
import type { ReviewMetricKey } from '../../domain/reviews/review-metrics';
import type { SystemItem } from '../answers/choices';
import type { ReviewsReport } from '../answers/reviews';
import type { VisibleFilter } from '../filter/delivery-filter';
import { countUndatedMerges } from '../pull-requests/undated-merges';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickCountedSystems, type PerSystem } from '../version/counted-systems';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** A report without the phases. */
export type ReviewNumbersReport = Omit<ReviewsReport, 'phases'>;

/** Changes & Reviews under a filter, with a series (docs/definitions.md, 6.1). */
export function computeReviews(version: WorkspaceVersion, filter: VisibleFilter): ReviewsReport {
  const question = { ...toQuestion(version, filter), interval: filter.interval };
  const reviews = computeMetrics(pickColumns(version, filter), question);
  const { completeness, ...report } = toReport(reviews, { version, filter });
  return { ...report, phases: reviews.phases, completeness };
}

/** The numbers of the whole range, without a series. */
export function computeReviewsInAll(version: WorkspaceVersion, filter: VisibleFilter): ReviewNumbersReport {
  const numbers = computeReviewNumbers(pickColumns(version, filter), toQuestion(version, filter));
  return toReport(numbers, { version, filter });
}

/** One number with its series, cut as the filter says; `null`: without. */
export function computeReviewMetric(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  { key, cut }: { readonly key: ReviewMetricKey; readonly cut: Interval | null },
): ReviewsReport[ReviewMetricKey] {
  return computeMetric(pickColumns(version, filter), { ...toQuestion(version, filter), interval: cut }, key);
}

/** The same for each system that passes the filter. */
export function computeReviewsPerSystem(
  version: WorkspaceVersion,
  filter: VisibleFilter,
): PerSystem<ReviewNumbersReport> {
  const columns = pickColumns(version, filter);
  const question = toQuestion(version, filter);
  const found = computeMetricsBySystem(columns, question);
  const computeNothing = () => computeReviewNumbers(columns, { ...question, systems: [] });
  let nothing: ReviewNumbers | null = null;
  return pickCountedSystems(version, filter).map((system) => {
    const reviews = found.get(system.uuid) ?? (nothing ??= computeNothing());
    return { system, report: toReport(reviews, { version, filter: { ...filter, systems: [system.uuid] } }) };
  });
}

/** Each system that passes the filter with one number of its report alone, for whoever sorts them. */
export function rankSystems(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  by: ReviewMetricKey | 'merged',
): readonly { readonly system: SystemItem; readonly value: number | null }[] {
  const found = rankBySystem(pickColumns(version, filter), toQuestion(version, filter), by);
  const none = by === 'merged' ? 0 : null;
  return pickCountedSystems(version, filter).map((system) => ({ system, value: found.get(system.uuid) ?? none }));
}

function toQuestion({ known }: WorkspaceVersion, { from, to, systems, teams }: VisibleFilter) {
  return { range: toDateRange({ from, to, timezone: known.settings.timezone }), systems, teams };
}

function toReport(
  reviews: ReviewNumbers,
  { version, filter }: { readonly version: WorkspaceVersion; readonly filter: VisibleFilter },
): ReviewNumbersReport {
  const { from, to, interval } = filter;
  return {
    workspace: toWorkspaceName(version),
    range: { from, to, timezone: version.known.settings.timezone, interval },
    merged: reviews.merged,
    ...reviews.metrics,
    completeness: {
      ...toCompleteness(version),
      incomplete_pull_requests: reviews.incomplete,
      unsized_pull_requests: reviews.unsized,
      undated_merges: countUndatedMerges(version.known, filter),
    },
  };
}
