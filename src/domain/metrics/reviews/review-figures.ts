import type { Interval } from '../../calendar/bucket';
import type { DateRange } from '../../calendar/date-range';
import type { PhaseSeconds } from '../../reviews/phase';
import type { ReviewMetricKey } from '../../reviews/review-metrics';
import type { OverTime } from '../over-time';
import type { FilterChoice } from '../selection/row-filter';

/** What is asked: a range cut by an interval, and filters. */
export interface ReviewQuestion extends FilterChoice {
  readonly range: DateRange;
  /** `null`: no series. */
  readonly interval: Interval | null;
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

export interface Reviews extends ReviewNumbers {
  readonly phases: OverTime<PhaseFigures>;
}

export interface ReviewNumbers {
  readonly metrics: Readonly<Record<ReviewMetricKey, OverTime<ReviewFigures>>>;
  /** Pull requests merged in the range under the filters: the population of every number above. */
  readonly merged: number;
  /** Of them, those whose commits could not be read as they were merged. */
  readonly incomplete: number;
  /** Of them, those whose lines changed are not known. */
  readonly unsized: number;
}
