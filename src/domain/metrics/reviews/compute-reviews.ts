import { cutIntoBuckets } from '../../calendar/bucket';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { mapReviewMetrics } from '../../reviews/review-metrics';
import { toOverTime, type Measured } from '../over-time';
import { listSystems, toBucketCounting, toSystemCounting } from '../selection/cells';
import type { ReviewQuestion, Reviews } from './review-figures';
import { tallyReviews, type ReviewTally } from './tally-reviews';

/**
 * The numbers of Changes & Reviews of a workspace under filters (docs/definitions.md, 6.1).
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function computeReviews(columns: WorkspaceColumns, question: ReviewQuestion): Reviews {
  const { range, interval } = question;
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const tallies = tallyReviews(columns, toBucketCounting(columns, question, buckets));
  const series = buckets.flatMap((over, index) => tallies.slice(index, index + 1).map((tally) => ({ over, tally })));
  const [all] = tallies.slice(-1);
  if (all === undefined) throw new Error('The whole range has not been counted.');
  return measureReviews({ whole: { over: range, tally: all }, series });
}

/** The same of each system that passes, without a series, by its uuid: all in one pass. */
export function computeReviewsBySystem(
  columns: WorkspaceColumns,
  question: Omit<ReviewQuestion, 'interval'>,
): ReadonlyMap<string, Reviews> {
  const systems = listSystems(columns, question);
  const tallies = tallyReviews(columns, toSystemCounting(columns, question, systems));
  return new Map(
    tallies.map((tally, index) => [
      columns.names.systems[systems[index] ?? 0] ?? '',
      measureReviews({ whole: { over: question.range, tally }, series: [] }),
    ]),
  );
}

function measureReviews(measured: Measured<ReviewTally>): Reviews {
  const { tally } = measured.whole;
  return {
    metrics: mapReviewMetrics((key) => toOverTime(({ metrics }: ReviewTally) => metrics[key], measured)),
    phases: toOverTime(({ phases }: ReviewTally) => phases, measured),
    merged: tally.merged,
    incomplete: tally.incomplete,
    unsized: tally.unsized,
  };
}
