import { cutIntoBuckets } from '../../calendar/bucket';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { mapReviewMetrics } from '../../reviews/review-metrics';
import { toOverTime, type Measured } from '../over-time';
import { toBucketCells, toSystemCells, type Cells } from '../selection/cells';
import { expectTimezone, RangeDays } from '../selection/range-days';
import { toRowFilter } from '../selection/row-filter';
import { countReviews } from './count-reviews';
import type { ReviewQuestion, Reviews } from './review-figures';
import { tallyAll, tallyCell, type ReviewTally } from './review-tally';

/**
 * The numbers of Changes & Reviews of a workspace under filters (docs/definitions.md, 6.1).
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function computeReviews(columns: WorkspaceColumns, question: ReviewQuestion): Reviews {
  const { range, interval } = question;
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const counts = count(columns, question, toBucketCells(buckets, new RangeDays(range)));
  const series = buckets.map((over, cell) => ({ over, tally: tallyCell(counts, cell) }));
  return measureReviews({ whole: { over: range, tally: tallyAll(counts) }, series });
}

/** The same of each system that passes, without a series, by its uuid: all in one pass. */
export function computeReviewsBySystem(
  columns: WorkspaceColumns,
  question: Omit<ReviewQuestion, 'interval'>,
): ReadonlyMap<string, Reviews> {
  const { systems } = columns.names;
  const counts = count(columns, question, toSystemCells(systems.length));
  const chosen = question.systems === null ? null : new Set(question.systems);
  const reports = new Map<string, Reviews>();
  systems.forEach((uuid, system) => {
    if (chosen !== null && !chosen.has(uuid)) return;
    const whole = { over: question.range, tally: tallyCell(counts, system) };
    reports.set(uuid, measureReviews({ whole, series: [] }));
  });
  return reports;
}

function count(columns: WorkspaceColumns, { range, ...choice }: Omit<ReviewQuestion, 'interval'>, cells: Cells) {
  expectTimezone(columns.timezone, range.timezone);
  const filter = toRowFilter(columns.names, choice);
  return countReviews(columns, { startAt: range.startAt, endAt: range.endAt, filter, cells });
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
