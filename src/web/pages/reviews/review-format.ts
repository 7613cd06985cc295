import type { ReviewMetricKey } from '../../../domain/reviews/review-metrics';
import type { ReviewNumbersReport } from '../../../reporting/reviews/compute-reviews';
import { formatShortNumber, unknown } from '../../presentation/format/numbers';
import { formatInUnit, pickOneUnit, type OneUnit } from '../../presentation/format/one-unit';
import { reviewWords } from './review-words';

/** How the values of one metric are written everywhere on a page. */
export interface ReviewFormat {
  /** "11 h", "124"; `—` for `null`. */
  readonly short: (value: number | null) => string;
  /** "11 h", "124 lines", "1 commit". */
  readonly long: (value: number | null) => string;
  /** Of durations. */
  readonly oneUnit: OneUnit | undefined;
}

/** One unit a metric, by its median over the whole range: a column of values is compared by eye. */
export function buildReviewFormat(key: ReviewMetricKey, report: ReviewNumbersReport): ReviewFormat {
  const { unit } = reviewWords[key];
  if (unit === undefined) {
    const { value, p75, mean } = report[key];
    // A median of nothing says nothing of the unit.
    const oneUnit = pickOneUnit([value, p75, mean].find((one) => one !== null && one > 0) ?? null);
    const format = (value: number | null) => formatInUnit(value, oneUnit);
    return { short: format, long: format, oneUnit };
  }
  const short = (value: number | null) => (value === null ? unknown : formatShortNumber(value));
  const long = (value: number | null) =>
    value === null ? unknown : `${short(value)} ${value === 1 ? unit.slice(0, -1) : unit}`;
  return { short, long, oneUnit: undefined };
}
