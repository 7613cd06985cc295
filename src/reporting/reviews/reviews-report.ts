import type { LocalDate } from '../../domain/calendar/civil-day';
import type { Phase } from '../../domain/reviews/phase';
import type { AccelerateReport } from '../delivery/accelerate-report';

/** One number of Changes & Reviews over a range or a bucket: seconds for durations, plain counts for sizes. */
export interface ReviewFigures {
  /** Median. */
  readonly value: number | null;
  readonly mean: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  /** Pull requests that have this number. */
  readonly n: number;
  /** Pull requests left out because the number would be negative. */
  readonly excluded: number;
}

export interface ReviewMetric extends ReviewFigures {
  readonly series: readonly (ReviewFigures & { readonly start: LocalDate; readonly end: LocalDate })[];
}

/** Mean seconds of a merged pull request in each phase; they add up to the mean length of a life. */
export interface PhaseFigures {
  readonly mean: Readonly<Record<Phase, number>> | null;
  readonly n: number;
}

export const reviewMetricKeys = [
  'time_to_open',
  'time_to_merge',
  'time_to_first_review',
  'time_to_first_approval',
  'first_to_last_approval',
  'last_approval_to_merge',
  'lines_changed',
  'commits',
  'comments',
  'reviews',
] as const;
export type ReviewMetricKey = (typeof reviewMetricKeys)[number];

/** The answer of `GET /api/v1/metrics/reviews` (docs/definitions.md, 6.1; docs/contract.md, 4.2). */
export interface ReviewsReport extends Readonly<Record<ReviewMetricKey, ReviewMetric>> {
  readonly workspace: AccelerateReport['workspace'];
  readonly range: AccelerateReport['range'];
  /** Pull requests merged in the range, to any branch: the population of every number above. */
  readonly merged: number;
  readonly phases: PhaseFigures & {
    readonly series: readonly (PhaseFigures & { readonly start: LocalDate; readonly end: LocalDate })[];
  };
  readonly completeness: Omit<AccelerateReport['completeness'], 'incomplete_deployments'> & {
    /** Merged pull requests under the filters whose commits could not be read: their `commits` is unknown. */
    readonly incomplete_pull_requests: number;
    /** … whose size has not been read, or cannot be. */
    readonly unsized_pull_requests: number;
  };
}
