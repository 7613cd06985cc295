import { type MergedPoint, type MergedPoints } from '../../../src/reporting/reviews/merged-points';
import { reviewMetricKeys, type ReviewMetricKey } from '../../../src/domain/reviews/review-metrics';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../../../src/reporting/answers/pull-requests';
import type { WorkInProgressReport } from '../../../src/reporting/answers/pull-requests';
import { type ReviewFigures, type ReviewsReport } from '../../../src/reporting/answers/reviews';
import { phases, type Phase } from '../../../src/domain/reviews/phase';
import { sampleSystem } from './sample-overview';
import { buildAccelerateReport } from './sample-report';

type ReviewMetric = ReviewsReport[ReviewMetricKey];

const hour = 3_600;
const day = 24 * hour;
const medians: Readonly<Record<ReviewMetricKey, number>> = {
  time_to_open: 5 * hour,
  time_to_merge: 2 * day + 4 * hour,
  time_to_first_review: 6 * hour,
  time_to_first_approval: 20 * hour,
  first_to_last_approval: 3 * hour,
  last_approval_to_merge: 2 * hour,
  lines_changed: 120,
  commits: 4,
  comments: 7,
  reviews: 3,
};
const none: ReviewFigures = { value: null, mean: null, p75: null, p95: null, n: 0, excluded: 0 };

function toFigures(median: number, n: number): ReviewFigures {
  return { value: median, mean: median * 1.4, p75: median * 1.8, p95: median * 3.5, n, excluded: 0 };
}

/** Thirteen weeks, the sixth without a merge; three pull requests of 120 have no review. */
function toMetric(key: ReviewMetricKey): ReviewMetric {
  const buckets = buildAccelerateReport().deployment_frequency.series;
  const series = buckets.map(({ start, end, deployments: n }, index) => ({
    start,
    end,
    ...(n === 0 ? none : toFigures(medians[key] * (0.8 + ((index * 7) % 5) / 10), n)),
  }));
  return { ...toFigures(medians[key], key === 'time_to_first_review' ? 117 : 120), series };
}

const phaseMean = Object.fromEntries(phases.map((phase, index) => [phase, (index + 1) * 2 * hour])) as Readonly<
  Record<Phase, number>
>;

/** Changes & Reviews of a workspace with 120 merged pull requests. */
export function buildReviewsReport(change: Partial<ReviewsReport> = {}): ReviewsReport {
  const { workspace, range, completeness, deployment_frequency: frequency } = buildAccelerateReport();
  const metrics = Object.fromEntries(reviewMetricKeys.map((key) => [key, toMetric(key)])) as Readonly<
    Record<ReviewMetricKey, ReviewMetric>
  >;
  return {
    workspace,
    range,
    ...metrics,
    merged: 120,
    phases: {
      mean: phaseMean,
      n: 120,
      series: frequency.series.map(({ start, end, deployments: n }) => ({
        start,
        end,
        mean: n === 0 ? null : phaseMean,
        n,
      })),
    },
    completeness: {
      imported_since: completeness.imported_since,
      importing: completeness.importing,
      verified_at: completeness.verified_at,
      incomplete_pull_requests: 2,
      unsized_pull_requests: 1,
      undated_merges: 0,
    },
    ...change,
  };
}

/** The same where nothing was merged. */
export function buildEmptyReviewsReport(): ReviewsReport {
  const entries = reviewMetricKeys.map((key): [ReviewMetricKey, ReviewMetric] => [key, { ...none, series: [] }]);
  const metrics = Object.fromEntries(entries) as Record<ReviewMetricKey, ReviewMetric>;
  return buildReviewsReport({ ...metrics, merged: 0, phases: { mean: null, n: 0, series: [] } });
}

const ada = { uuid: '{a0000000-0000-4000-8000-00000000000a}', display_name: 'Ada' };

/** A merged pull request of the sample repository: merged one day after its opening. */
export function buildMergedItem(id: number, change: Partial<MergedPullRequestItem> = {}): MergedPullRequestItem {
  const mergedAt = Date.parse('2026-11-17T12:00:00Z') - id * hour * 1000;
  return {
    id,
    system: { uuid: sampleSystem.uuid, slug: sampleSystem.slug, name: sampleSystem.name },
    title: `Change number ${id}`,
    url: `${sampleSystem.url}/pull-requests/${id}`,
    author: ada,
    state: 'MERGED',
    draft: false,
    destination: 'main',
    opened_at: new Date(mergedAt - day * 1000).toISOString(),
    merged_at: new Date(mergedAt).toISOString(),
    lines_changed: 10 * id,
    commits: 2,
    comments: 1,
    reviews: 1,
    time_to_open: hour,
    time_to_merge: day,
    time_to_first_review: 2 * hour,
    time_to_first_approval: 3 * hour,
    first_to_last_approval: 0,
    last_approval_to_merge: 21 * hour,
    ...change,
  };
}

/** An open pull request of the sample repository, `id` days old at the samples' now. */
export function buildOpenItem(id: number, change: Partial<OpenPullRequestItem> = {}): OpenPullRequestItem {
  const now = Date.parse('2026-11-18T10:20:00Z');
  return {
    id,
    system: { uuid: sampleSystem.uuid, slug: sampleSystem.slug, name: sampleSystem.name },
    title: `Work number ${id}`,
    url: `${sampleSystem.url}/pull-requests/${id}`,
    author: ada,
    state: 'OPEN',
    draft: false,
    queued: false,
    destination: 'main',
    opened_at: new Date(now - id * day * 1000).toISOString(),
    merged_at: null,
    lines_changed: 42,
    commits: 2,
    comments: 0,
    reviews: 0,
    phase: 'open',
    time_in_progress: id * day,
    time_stale: id * hour,
    ...change,
  };
}

/** Three open pull requests, one in each phase, one of them a draft. */
export function buildWorkInProgress(change: Partial<WorkInProgressReport> = {}): WorkInProgressReport {
  const { workspace, completeness } = buildAccelerateReport();
  return {
    workspace,
    open: 1,
    reviewed: 1,
    approved: 1,
    drafts: 1,
    ages: [
      { below: day, open: 0, reviewed: 0, approved: 0 },
      { below: 7 * day, open: 0, reviewed: 1, approved: 1 },
      { below: null, open: 1, reviewed: 0, approved: 0 },
    ],
    items: [
      buildOpenItem(12),
      buildOpenItem(5, { phase: 'reviewed', reviews: 2, comments: 3 }),
      buildOpenItem(2, { phase: 'approved', draft: true, reviews: 1, lines_changed: null }),
    ],
    as_of: '2026-11-18T10:20:00.000Z',
    timezone: 'UTC',
    completeness: {
      imported_since: completeness.imported_since,
      importing: false,
      verified_at: completeness.verified_at,
    },
    ...change,
  };
}

/** The same where nothing is open. */
export function buildEmptyWorkInProgress(): WorkInProgressReport {
  return buildWorkInProgress({ open: 0, reviewed: 0, approved: 0, drafts: 0, ages: [], items: [] });
}

/** The same as far as lists are sorted by them and charts draw them. */
export function toMergedPoints(items: readonly MergedPullRequestItem[]): MergedPoints {
  const points = items.map(toMergedPoint);
  return {
    count: points.length,
    at: (place) => {
      const found = points[place];
      if (found === undefined) throw new RangeError(`There is no point ${place}.`);
      return found;
    },
    read: (number) => Float64Array.from(points, (point) => point[number] ?? Number.NaN),
  };
}

function toMergedPoint({ merged_at, ...item }: MergedPullRequestItem): MergedPoint {
  const { id, system, time_to_merge, time_to_first_review, lines_changed, commits, comments, reviews } = item;
  const sizes = { lines_changed, commits, comments, reviews };
  return { id, system, time_to_merge, time_to_first_review, ...sizes, mergedAt: Date.parse(merged_at) };
}
