import { mapPhases } from '../../reviews/phase-ledger';
import { mapReviewMetrics, reviewMetrics, type ReviewMetricKey } from '../../reviews/review-metrics';
import { toStatistics } from '../durations';
import { readDealt } from '../selection/cells';
import type { ReviewCounts } from './count-reviews';
import type { PhaseFigures, ReviewFigures } from './review-figures';

/** What Changes & Reviews tells of a range, a bucket or a system. */
export interface ReviewTally {
  readonly merged: number;
  readonly incomplete: number;
  readonly unsized: number;
  readonly metrics: Readonly<Record<ReviewMetricKey, ReviewFigures>>;
  readonly phases: PhaseFigures;
}

export function tallyCell(counts: ReviewCounts, cell: number): ReviewTally {
  const merged = counts.merged[cell] ?? 0;
  return complete({
    merged,
    incomplete: merged - (counts.complete[cell] ?? 0),
    metrics: mapReviewMetrics((key) => {
      const { known, excluded } = counts.metrics[key];
      return toFigures(key, readDealt(known, cell), excluded[cell] ?? 0);
    }),
    phases: toPhases(counts, merged, (sums) => sums[cell] ?? 0),
  });
}

/** Numbers are copied: each cell puts its own in its own order. */
export function tallyAll(counts: ReviewCounts): ReviewTally {
  const merged = addUp(counts.merged);
  return complete({
    merged,
    incomplete: merged - addUp(counts.complete),
    metrics: mapReviewMetrics((key) => {
      const { known, excluded } = counts.metrics[key];
      return toFigures(key, known.numbers.slice(), addUp(excluded));
    }),
    phases: toPhases(counts, merged, addUp),
  });
}

function complete(tally: Omit<ReviewTally, 'unsized'>): ReviewTally {
  const { n, excluded } = tally.metrics.lines_changed;
  return { ...tally, unsized: tally.merged - n - excluded };
}

const unitOf = { seconds: 1_000, count: 1 } as const;

function toFigures(key: ReviewMetricKey, numbers: Float64Array, excluded: number): ReviewFigures {
  const { median, ...found } = toStatistics(numbers, unitOf[reviewMetrics[key].unit]);
  return { value: median, ...found, excluded };
}

/** A pull request that never was in a phase counts there with 0 seconds. */
function toPhases({ phases }: ReviewCounts, n: number, toSum: (sums: Float64Array) => number): PhaseFigures {
  return { mean: n === 0 ? null : mapPhases((phase) => toSum(phases[phase]) / unitOf.seconds / n), n };
}

function addUp(counts: Uint32Array | Float64Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
