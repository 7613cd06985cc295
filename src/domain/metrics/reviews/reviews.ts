import { cutIntoBuckets } from '../../calendar/bucket';
import { mapPhases } from '../../reviews/phase-ledger';
import { mapReviewMetrics } from '../../reviews/review-metrics';
import { toOverTime, type Measure, type OverTime } from '../columns/over-time';
import { sliceByBucket } from '../columns/select-rows';
import { computeMean, computePercentile } from '../statistics';
import type { ReviewColumns } from './review-columns';
import type { PhaseFigures, ReviewFigures, ReviewQuestion, Reviews } from './review-figures';
import { selectPullRequests } from './select-pull-requests';

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
