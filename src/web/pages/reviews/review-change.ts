import { compareMedians, type MedianFigure } from '../../../domain/metrics/movement';
import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import { unknown } from '../../presentation/format/numbers';
import { buildChange, toWords, type ChangeView } from '../../presentation/metrics/change';
import { buildMedianFigure, findMissing } from '../../presentation/metrics/comparison';
import type { ReviewFormat } from './review-format';
import { reviewWords } from './review-words';
import { words } from './words';

/** How a median moved against the period that is compared with, in the words of all tables. */
export interface ReviewChangeView extends ChangeView {
  /** "was 13 h", or why there is nothing to compare with. */
  readonly detail: string;
}

/** Judged by the rules of all comparisons: enough in both periods, and a change of at least 4 %. */
export function buildReviewChange(
  key: ReviewMetricKey,
  { report, before }: { readonly report: ReviewNumbersReport; readonly before: ReviewNumbersReport | null },
  format: ReviewFormat,
): ReviewChangeView {
  const [now, then] = [buildMedianFigure(report[key]), buildMedianFigure(before?.[key])];
  const missing = findMissing(before, { now, before: then }, words.periodBefore);
  return missing !== null || now === null || then === null
    ? { ...toWords(unknown), detail: missing ?? '' }
    : buildMoved(key, { now, then }, format);
}

function buildMoved(
  key: ReviewMetricKey,
  { now, then }: { readonly now: MedianFigure; readonly then: MedianFigure },
  format: ReviewFormat,
): ReviewChangeView {
  // A size is neither good nor bad.
  const betterWhen = reviewWords[key].unit === undefined ? 'lower' : 'neither';
  const difference = format.short(Math.abs(now.value - then.value));
  return {
    ...buildChange(compareMedians(now, then), betterWhen, () => difference),
    detail: words.was(format.long(then.value)),
  };
}
