import { phases } from '../../../domain/reviews/phase';
import { workInProgressPhases } from '../../../domain/reviews/work-in-progress-phase';
import { reviewMetricKeys } from '../../../reporting/reviews/reviews-report';
import {
  count,
  date,
  flag,
  listOf,
  maybe,
  object,
  range,
  refer,
  seconds,
  system,
  text,
  time,
  undatedMerges,
  uuid,
  workspace,
  type Schema,
} from './schema-parts';

function fromNames(names: readonly string[], schema: Schema): Record<string, Schema> {
  return Object.fromEntries(names.map((name) => [name, schema]));
}

const number: Schema = { type: ['number', 'null'], minimum: 0, description: 'Seconds, or a count.' };
const figures = { value: number, mean: number, p75: number, p95: number, n: count, excluded: count };
const metric = object({ ...figures, series: listOf(object({ start: date, end: date, ...figures })) });

const phaseFigures = { mean: maybe(object(fromNames(phases, { type: 'number', minimum: 0 }))), n: count };

const completeness = { imported_since: maybe(date), importing: flag, verified_at: maybe(time) };

const reviewsReport = object({
  workspace,
  range,
  merged: count,
  ...fromNames(reviewMetricKeys, metric),
  phases: object({ ...phaseFigures, series: listOf(object({ start: date, end: date, ...phaseFigures })) }),
  completeness: object({
    ...completeness,
    incomplete_pull_requests: count,
    unsized_pull_requests: count,
    undated_merges: undatedMerges,
  }),
});

const place = {
  id: { ...count, description: 'Its number in its repository.' },
  system,
  title: text,
  url: text,
  author: maybe(object({ uuid, display_name: maybe(text) })),
  draft: flag,
  destination: maybe(text),
  opened_at: time,
  lines_changed: maybe(count),
  commits: maybe(count),
  comments: count,
  reviews: count,
};

/** Negative where the sources contradict each other. */
const signedSeconds: Schema = { type: ['number', 'null'], description: 'Seconds; unknown, or without any: null.' };

const mergedPullRequest = object({
  ...place,
  state: { type: 'string', enum: ['MERGED'] },
  merged_at: time,
  time_to_open: signedSeconds,
  time_to_merge: signedSeconds,
  time_to_first_review: signedSeconds,
  time_to_first_approval: signedSeconds,
  first_to_last_approval: signedSeconds,
  last_approval_to_merge: signedSeconds,
});

const openPullRequest = object({
  ...place,
  state: { type: 'string', enum: ['OPEN'] },
  merged_at: { type: 'null' },
  queued: { ...flag, description: 'Waits in a merge queue: a mark beside the phase, as `draft` is.' },
  phase: { type: 'string', enum: workInProgressPhases },
  time_in_progress: seconds,
  time_stale: seconds,
});

const byPhase = fromNames(workInProgressPhases, count);

const workInProgressReport = object({
  workspace,
  ...byPhase,
  drafts: count,
  ages: listOf(object({ below: { ...maybe(count), description: 'Seconds; null: no end.' }, ...byPhase })),
  items: listOf(refer('OpenPullRequest')),
  as_of: time,
  timezone: text,
  completeness: object(completeness),
});

export const reviewSchemas: Readonly<Record<string, Schema>> = {
  ReviewsReport: reviewsReport,
  MergedPullRequest: mergedPullRequest,
  OpenPullRequest: openPullRequest,
  PullRequests: object({
    items: listOf({ oneOf: [refer('MergedPullRequest'), refer('OpenPullRequest')] }),
    next: maybe(text),
  }),
  WorkInProgressReport: workInProgressReport,
};
