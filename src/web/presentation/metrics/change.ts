import { deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import { compareFrequencies, compareMedians, compareShares, type Movement } from '../../../domain/metrics/movement';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { formatCount } from '../format/numbers';
import { changeWords } from './change-words';
import { readCount, type MetricFigures } from './delivery-chart';
import { showDifference, type ShownUnit } from './shown-unit';

/** How a number moved against the period that a page compares with. */
export interface ChangeView {
  /** Where its arrow points; `null`: it did not move, or nobody can tell. */
  readonly direction: 'up' | 'down' | null;
  /** The same for those who see no arrow. */
  readonly spoken: string | null;
  /** "2 h shorter", in a table "2 h"; "No change", "Too few". */
  readonly text: string;
  readonly judgement: 'better' | 'worse' | null;
  /** In words as well as colour. */
  readonly verdict: string | null;
}

/** Nothing that moved, only words. */
export function toWords(text: string): ChangeView {
  return { direction: null, spoken: null, judgement: null, verdict: null, text };
}

/** How a metric of a range moved since another; of nothing nobody can tell. */
export function findMovement(key: DeliveryMetricKey, now: AccelerateReport, before: AccelerateReport): Movement {
  const { evidence, counted }: DeliveryMetric = deliveryMetrics[key];
  const [figures, earlier]: readonly [MetricFigures, MetricFigures] = [now[key], before[key]];
  const [count, countBefore] = [readCount(figures, counted), readCount(earlier, counted)];
  const [n, nBefore] = [readCount(figures, 'n'), readCount(earlier, 'n')];
  if (evidence === 'count') {
    const [days, daysBefore] = [readCount(figures, 'days'), readCount(earlier, 'days')];
    return compareFrequencies({ count, days }, { count: countBefore, days: daysBefore });
  }
  return evidence === 'share'
    ? compareShares({ part: count, n }, { part: countBefore, n: nBefore })
    : findMedianMovement({ value: figures.value, n }, { value: earlier.value, n: nBefore });
}

interface Median {
  readonly value: number | null;
  readonly n: number;
}

/** Of medians, which may be of nothing. */
export function findMedianMovement(now: Median, before: Median): Movement {
  return now.value === null || before.value === null
    ? 'too few to tell'
    : compareMedians({ value: now.value, n: now.n }, { value: before.value, n: before.n });
}

/** `neither`: more of it is neither good nor bad. */
export type BetterWhen = 'higher' | 'lower' | 'neither';

/** A movement of so much. `toText`: by how much, from the words for higher and lower. */
export function buildChange(
  movement: Movement,
  betterWhen: BetterWhen,
  toText: (movement: 'higher' | 'lower') => string,
): ChangeView {
  if (movement === 'no change' || movement === 'too few to tell') {
    return toWords(movement === 'no change' ? changeWords.noChange : changeWords.tooFew);
  }
  const direction = movement === 'higher' ? 'up' : 'down';
  const judgement = betterWhen === 'neither' ? null : movement === betterWhen ? 'better' : 'worse';
  return {
    ...{ direction, spoken: changeWords[direction], text: toText(movement) },
    ...{ judgement, verdict: judgement === null ? null : changeWords[judgement] },
  };
}

interface Compared {
  readonly now: AccelerateReport;
  readonly before: AccelerateReport;
  readonly unit: ShownUnit;
}

/** In a table, where the head says what it is: "2 h", "2.1" points, "10" deployments. */
export function buildShortChange(key: DeliveryMetricKey, { now, before, unit }: Compared): ChangeView {
  const { evidence, betterWhen }: DeliveryMetric = deliveryMetrics[key];
  const movement = findMovement(key, now, before);
  const toDifference = () => showDifference(now[key].value ?? 0, before[key].value ?? 0, unit);
  if (evidence === 'count') {
    const difference = formatCount(Math.abs(Math.round(countMore(key, now, before))));
    return buildChange(movement, 'neither', () => difference);
  }
  return buildChange(movement, betterWhen, () =>
    evidence === 'share' ? toDifference() : `${toDifference()} ${unit.word}`,
  );
}

/**
 * How much a metric rose (negative: fell), in its own unit, or in what is counted where that is shown: what a table is
 * sorted by. Nothing where it did not move, `null` where nobody can tell.
 */
export function measureChange(key: DeliveryMetricKey, now: AccelerateReport, before: AccelerateReport): number | null {
  const movement = findMovement(key, now, before);
  if (movement === 'too few to tell') return null;
  if (movement === 'no change') return 0;
  return deliveryMetrics[key].evidence === 'count'
    ? countMore(key, now, before)
    : (now[key].value ?? 0) - (before[key].value ?? 0);
}

/** How many more than the rate before would have given: periods may differ in length. */
function countMore(key: DeliveryMetricKey, now: AccelerateReport, before: AccelerateReport): number {
  const { counted }: DeliveryMetric = deliveryMetrics[key];
  const [days, daysBefore] = [readCount(now[key], 'days'), readCount(before[key], 'days')];
  return readCount(now[key], counted) - (readCount(before[key], counted) * days) / Math.max(1, daysBefore);
}
