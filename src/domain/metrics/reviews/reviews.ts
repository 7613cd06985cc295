import { mapReviewMetrics, type ReviewMetricKey } from '../../reviews/review-metrics';
import { cutIntoBuckets, type Interval } from '../../calendar/bucket';
import type { DateRange } from '../../calendar/date-range';
import type { PhaseSeconds } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import { toOverTime, type Measure, type OverTime } from '../columns/over-time';
import { sliceByBucket } from '../columns/select-rows';
import { computeMean, computePercentile } from '../statistics';
import type { ReviewColumns } from './review-columns';
import { selectPullRequests } from './select-pull-requests';

/** What is asked: a range cut by an interval, and filters (an empty list filters nothing). */
export interface ReviewQuestion {
  readonly range: DateRange;
  /** `null`: no series. */
  readonly interval: Interval | null;
  /** Repository uuids with braces. */
  readonly systems: readonly string[] | null;
  /** Slugs. */
  readonly teams: readonly string[];
}

/** One number of many pull requests: seconds for durations, plain counts for sizes. */
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

/** Mean seconds in each phase; they add up to the mean length of a life. */
export interface PhaseFigures {
  readonly mean: PhaseSeconds | null;
  readonly n: number;
}

export interface Reviews {
  readonly metrics: Readonly<Record<ReviewMetricKey, OverTime<ReviewFigures>>>;
  readonly phases: OverTime<PhaseFigures>;
  /** Pull requests merged in the range under the filters: the population of every number above. */
  readonly merged: number;
  /** Of them, those whose commits could not be read as they were merged. */
  readonly incomplete: number;
  /** Of them, those whose lines changed are not known. */
  readonly unsized: number;
}

/** The numbers of Changes & Reviews of a workspace under filters (docs/definitions.md, 6.1). */
export function computeReviews(columns: ReviewColumns, question: ReviewQuestion): Reviews {
  const { range, interval } = question;
  const rows = selectPullRequests(columns, { ...question, startAt: range.startAt, endAt: range.endAt });
  const buckets = interval === null ? [] : cutIntoBuckets(range, interval);
  const measured = { range, rows, buckets, slices: sliceByBucket(rows, columns.mergedAt, buckets) };
  const over = <T extends object>(measure: Measure<T>): OverTime<T> => toOverTime(measure, measured);
  return {
    metrics: mapReviewMetrics((metric) => over((some) => computeFigures(some, columns.metrics[metric]))),
    phases: over((some) => computePhaseFigures(some, columns)),
    merged: rows.length,
    incomplete: rows.filter((row) => columns.isComplete[row] === 0).length,
    unsized: rows.filter((row) => Number.isNaN(columns.metrics.lines_changed[row])).length,
  };
}

/** Over the union of the rows; a pull request without the number is not in it. */
function computeFigures(rows: Uint32Array, values: Float64Array): ReviewFigures {
  const known = new Float64Array(rows.length);
  let [n, excluded] = [0, 0];
  for (const row of rows) {
    const value = values[row] ?? Number.NaN;
    if (value >= 0) {
      known[n] = value;
      n += 1;
    } else if (value < 0) {
      excluded += 1;
    }
  }
  const sorted = known.subarray(0, n).sort();
  return {
    value: computePercentile(sorted, 0.5),
    mean: computeMean(sorted),
    p75: computePercentile(sorted, 0.75),
    p95: computePercentile(sorted, 0.95),
    n,
    excluded,
  };
}

/** A pull request that never was in a phase counts there with 0 seconds. */
function computePhaseFigures(rows: Uint32Array, { phases }: ReviewColumns): PhaseFigures {
  const n = rows.length;
  const mean = n === 0 ? null : mapPhases((phase) => addUp(rows, phases[phase]) / n);
  return { mean, n };
}

function addUp(rows: Uint32Array, values: Float64Array): number {
  let sum = 0;
  for (const row of rows) {
    sum += values[row] ?? 0;
  }
  return sum;
}
