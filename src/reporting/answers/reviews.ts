import { mapReviewMetrics } from '../../domain/reviews/review-metrics';
import { z } from 'zod';
import { mapPhases } from '../../domain/reviews/phase-ledger';
import { completeness, count, date, range, undatedMerges, workspace, type Answer } from './parts';

const number = z.number().min(0).nullable().meta({ description: 'Seconds, or a count.' });

/** Over a range or a bucket. `value`: median; `n`: pull requests that have the number; `excluded`: it is negative. */
const reviewFigures = z.object({ value: number, mean: number, p75: number, p95: number, n: count, excluded: count });
export type ReviewFigures = Answer<typeof reviewFigures>;
const reviewMetric = reviewFigures.extend({ series: z.array(reviewFigures.extend({ start: date, end: date })) });

/** Mean seconds of a merged pull request in each phase; they add up to the mean length of a life. */
const phaseFigures = z.object({ mean: z.object(mapPhases(() => z.number().min(0))).nullable(), n: count });
export type PhaseFigures = Answer<typeof phaseFigures>;

/** `GET /api/v1/metrics/reviews` (docs/definitions.md, 6.1). `merged`: the population of every number. */
export const reviewsReport = z.object({
  workspace,
  range,
  merged: count,
  ...mapReviewMetrics(() => reviewMetric),
  phases: phaseFigures.extend({ series: z.array(phaseFigures.extend({ start: date, end: date })) }),
  completeness: completeness.extend({
    incomplete_pull_requests: count.meta({ description: 'Those whose commits could not be read.' }),
    unsized_pull_requests: count.meta({ description: 'Those whose size has not been read, or cannot be.' }),
    undated_merges: undatedMerges,
  }),
});
export type ReviewsReport = Answer<typeof reviewsReport>;
