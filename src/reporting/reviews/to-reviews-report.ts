import { toDateRange } from '../../domain/calendar/date-range';
import { findLocalDay } from '../../domain/calendar/time-zone';
import { toLocalDate } from '../../domain/calendar/civil-day';
import { computeReviews } from '../../domain/metrics/reviews/reviews';
import type { ReviewMetricName } from '../../domain/reviews/review-digest';
import type { Workspace } from '../../store/workspaces/workspace-store';
import { toTimestamp, type AccelerateReport } from '../delivery/accelerate-report';
import type { DeliveryFilter } from '../filter/delivery-filter';
import type { DeliveryFacts } from '../facts/delivery-facts';
import type { ReviewMetricKey, ReviewsReport } from './reviews-report';

/** What each number is called in answers. */
export const metricNames: Readonly<Record<ReviewMetricKey, ReviewMetricName>> = {
  time_to_open: 'timeToOpen',
  time_to_merge: 'timeToMerge',
  time_to_first_review: 'timeToFirstReview',
  time_to_first_approval: 'timeToFirstApproval',
  first_to_last_approval: 'firstToLastApproval',
  last_approval_to_merge: 'lastApprovalToMerge',
  lines_changed: 'linesChanged',
  commits: 'commits',
  comments: 'comments',
  reviews: 'reviews',
};

export interface ReviewsMaterial {
  readonly workspace: Workspace;
  readonly facts: DeliveryFacts;
  readonly filter: DeliveryFilter;
  readonly isImporting: boolean;
  readonly hasSeries: boolean;
  readonly undatedMerges: number;
}

/** Changes & Reviews under a filter (docs/definitions.md, 6.1). */
export function toReviewsReport(material: ReviewsMaterial): ReviewsReport {
  const { workspace, facts, filter, isImporting, hasSeries } = material;
  const { from, to, interval } = filter;
  const { timezone } = facts.settings;
  const reviews = computeReviews(facts.reviews, {
    range: toDateRange({ from, to, timezone }),
    interval: hasSeries ? interval : null,
    systems: filter.systems,
    teams: filter.teams,
  });
  const metrics = Object.entries(metricNames).map(([key, name]) => [key, reviews.metrics[name]]);
  return {
    workspace: { uuid: workspace.uuid, slug: workspace.slug },
    range: { from, to, timezone, interval },
    merged: reviews.merged,
    ...(Object.fromEntries(metrics) as Pick<ReviewsReport, ReviewMetricKey>),
    phases: reviews.phases,
    completeness: {
      ...toCompleteness(workspace, { timezone, isImporting }),
      incomplete_pull_requests: reviews.incomplete,
      unsized_pull_requests: reviews.unsized,
      undated_merges: material.undatedMerges,
    },
  };
}

/** The part of `completeness` that no filter changes. */
export function toCompleteness(
  { importedSince, verifiedAt }: Workspace,
  { timezone, isImporting }: { readonly timezone: string; readonly isImporting: boolean },
): Omit<AccelerateReport['completeness'], 'incomplete_deployments' | 'undated_merges'> {
  return {
    imported_since: importedSince === null ? null : toLocalDate(findLocalDay(importedSince, timezone)),
    importing: isImporting,
    verified_at: verifiedAt === null ? null : toTimestamp(verifiedAt),
  };
}
