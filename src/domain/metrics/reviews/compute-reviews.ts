import { cutIntoBuckets, type Bucket } from '../../calendar/bucket';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { mapReviewMetrics, type ReviewMetricKey } from '../../reviews/review-metrics';
import { toOverTime, type Measured, type OverTime } from '../over-time';
import { listSystems, toBucketCounting, toSystemCounting } from '../selection/cells';
import type { PhaseFigures, ReviewFigures, ReviewNumbers, ReviewQuestion, Reviews } from './review-figures';
import { countMerges, tallyMerged, tallyMetric, tallyPhases, tallyReviews, type ReviewTally } from './tally-reviews';

type WholeQuestion = Omit<ReviewQuestion, 'interval'>;

/**
 * The numbers of Changes & Reviews of a workspace under filters (docs/definitions.md, 6.1).
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function computeReviews(columns: WorkspaceColumns, question: ReviewQuestion): Reviews {
  const { range, interval } = question;
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const counted = countMerges(columns, toBucketCounting(columns, question, buckets));
  const phases = toMeasured<PhaseFigures>(tallyPhases(counted), { range, buckets });
  return {
    ...measureReviews(toMeasured(tallyReviews(counted), { range, buckets })),
    phases: toOverTime((figures: PhaseFigures) => figures, phases),
  };
}

/** The same without a series, and without the phases, which few ask for. */
export function computeReviewNumbers(columns: WorkspaceColumns, question: WholeQuestion): ReviewNumbers {
  const counted = countMerges(columns, toBucketCounting(columns, question, []));
  return measureReviews(toMeasured(tallyReviews(counted), { range: question.range, buckets: [] }));
}

/** One number with its series: what of a whole report is asked for most. */
export function computeReviewMetric(
  columns: WorkspaceColumns,
  { range, interval, ...question }: ReviewQuestion,
  key: ReviewMetricKey,
): OverTime<ReviewFigures> {
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const counted = countMerges(columns, toBucketCounting(columns, { range, ...question }, buckets));
  return toOverTime((figures: ReviewFigures) => figures, toMeasured(tallyMetric(counted, key), { range, buckets }));
}

/** The same of each system that passes, by its uuid: all in one pass. */
export function computeReviewsBySystem(
  columns: WorkspaceColumns,
  question: WholeQuestion,
): ReadonlyMap<string, ReviewNumbers> {
  const systems = listSystems(columns, question);
  const tallies = tallyReviews(countMerges(columns, toSystemCounting(columns, question, systems)));
  const { range } = question;
  return toMap(columns, systems, (index) =>
    measureReviews(toMeasured(tallies.slice(index, index + 1), { range, buckets: [] })),
  );
}

/** One number of each system that passes, its median or how many merges there are, by the system's uuid. */
export function rankBySystem(
  columns: WorkspaceColumns,
  question: WholeQuestion,
  by: ReviewMetricKey | 'merged',
): ReadonlyMap<string, number | null> {
  const systems = listSystems(columns, question);
  const counted = countMerges(columns, toSystemCounting(columns, question, systems));
  const values = by === 'merged' ? tallyMerged(counted) : tallyMetric(counted, by).map(({ value }) => value);
  return toMap(columns, systems, (index) => values[index] ?? null);
}

function toMap<T>(
  { names }: WorkspaceColumns,
  systems: readonly number[],
  toValue: (index: number) => T,
): ReadonlyMap<string, T> {
  return new Map(systems.map((system, index) => [names.systems[system] ?? '', toValue(index)]));
}

interface Span {
  readonly range: ReviewQuestion['range'];
  readonly buckets: readonly Bucket[];
}

/** A tally of each bucket, and last the one of the whole. */
function toMeasured<Tally>(tallies: readonly Tally[], { range, buckets }: Span): Measured<Tally> {
  const [all] = tallies.slice(-1);
  if (all === undefined) throw new Error('The whole range has not been counted.');
  const series = buckets.flatMap((over, index) => tallies.slice(index, index + 1).map((tally) => ({ over, tally })));
  return { whole: { over: range, tally: all }, series };
}

function measureReviews(measured: Measured<ReviewTally>): ReviewNumbers {
  const { tally } = measured.whole;
  return {
    metrics: mapReviewMetrics((key) => toOverTime(({ metrics }: ReviewTally) => metrics[key], measured)),
    merged: tally.merged,
    incomplete: tally.incomplete,
    unsized: tally.unsized,
  };
}
