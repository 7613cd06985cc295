import { mapReviewMetrics, reviewMetrics } from '../../domain/reviews/review-metrics';
import { z } from 'zod';
import { workInProgressPhases, type WorkInProgressPhase } from '../../domain/reviews/work-in-progress-phase';
import { completeness, count, system, time, uuid, workspace, type Answer } from './parts';

/** The order of the members of a pull request is that of the columns of its CSV. */
const place = {
  id: count.meta({ description: 'Its number in its repository.' }),
  system,
  title: z.string(),
  author: z.object({ uuid, display_name: z.string().nullable() }).nullable(),
};
const branch = z.string().nullable();
const moments = { draft: z.boolean(), destination: branch, opened_at: time };
const sizes = {
  lines_changed: count.nullable(),
  commits: count.nullable(),
  comments: count,
  reviews: count,
};
const signedSeconds = z.number().nullable().meta({
  description: 'Seconds; unknown, or without any: null. Negative where the sources contradict each other.',
});

/** A merged pull request as lists show it: with the numbers of Changes & Reviews. */
export const mergedPullRequest = z.object({
  ...place,
  state: z.literal('MERGED'),
  ...moments,
  merged_at: time,
  ...mapReviewMetrics((key) => (reviewMetrics[key].unit === 'seconds' ? signedSeconds : count.nullable())),
  ...sizes,
  url: z.string(),
});
export type MergedPullRequestItem = Answer<typeof mergedPullRequest>;

/** An open pull request as lists show it. */
export const openPullRequest = z.object({
  ...place,
  state: z.literal('OPEN'),
  ...moments,
  merged_at: z.null(),
  queued: z.boolean().meta({ description: 'Waits in a merge queue: a mark beside the phase, as `draft` is.' }),
  phase: z.enum(workInProgressPhases),
  time_in_progress: z.number().min(0).meta({ description: 'Seconds since it was opened.' }),
  time_stale: z.number().min(0).meta({ description: 'Seconds since its last commit, comment, review or edit.' }),
  ...sizes,
  url: z.string(),
});
export type OpenPullRequestItem = Answer<typeof openPullRequest>;

/** A merged pull request that nobody can date, as it is named beside the numbers that it does not count in. */
export const undatedMerge = z.object({ ...place, destination: branch, opened_at: time, url: z.string() });
export type UndatedMergeItem = Answer<typeof undatedMerge>;

const byPhase = Object.fromEntries(workInProgressPhases.map((phase) => [phase, count])) as Record<
  WorkInProgressPhase,
  typeof count
>;

/**
 * `GET /api/v1/metrics/work-in-progress`; items oldest first. `ages`: those opened less than `below` seconds ago and at
 * least as long ago as the one before says.
 */
export const workInProgressReport = z.object({
  workspace,
  ...byPhase,
  drafts: count,
  ages: z.array(z.object({ below: count.nullable().meta({ description: 'Seconds; null: no end.' }), ...byPhase })),
  items: z.array(openPullRequest),
  as_of: time,
  timezone: z.string(),
  completeness,
});
export type WorkInProgressReport = Answer<typeof workInProgressReport>;
