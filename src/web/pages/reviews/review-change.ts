import { compareMedians, type MedianFigure } from '../../../domain/metrics/movement';
import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import { unknown } from '../../presentation/format/numbers';
import { buildMedianFigure, findMissing } from '../../presentation/metrics/comparison';
import type { ReviewFormat } from './review-format';
import { reviewWords } from './review-words';
import { words } from './words';

/** How a median moved against the period that is compared with. */
export interface ChangeView {
  readonly arrow: '↑' | '↓' | null;
  /** "2.4 h", "No change", "Too few", or `—`. */
  readonly text: string;
  /** Of a size none: it is neither good nor bad. */
  readonly tone: 'better' | 'worse' | null;
  /** "better, was 13 h", or why there is nothing to compare with. */
  readonly detail: string;
}

/** Judged by the rules of all comparisons: enough in both periods, and a change of at least 4 %. */
export function buildChange(
  key: ReviewMetricKey,
  { report, before }: { readonly report: ReviewNumbersReport; readonly before: ReviewNumbersReport | null },
  format: ReviewFormat,
): ChangeView {
  const [now, then] = [buildMedianFigure(report[key]), buildMedianFigure(before?.[key])];
  const missing = findMissing(before, { now, before: then }, words.periodBefore);
  return missing !== null || now === null || then === null
    ? { arrow: null, text: unknown, tone: null, detail: missing ?? '' }
    : buildMoved(key, { now, then }, format);
}

function buildMoved(
  key: ReviewMetricKey,
  { now, then }: { readonly now: MedianFigure; readonly then: MedianFigure },
  format: ReviewFormat,
): ChangeView {
  const movement = compareMedians(now, then);
  const was = words.was(format.long(then.value));
  if (movement === 'too few to tell' || movement === 'no change') {
    const text = movement === 'no change' ? words.noChange : words.tooFew;
    return { arrow: null, text, tone: null, detail: was };
  }
  const tone = reviewWords[key].unit !== undefined ? null : movement === 'lower' ? 'better' : 'worse';
  return {
    arrow: movement === 'higher' ? '↑' : '↓',
    text: format.short(Math.abs(now.value - then.value)),
    tone,
    detail: tone === null ? was : `${words.judged[tone]}, ${was}`,
  };
}
