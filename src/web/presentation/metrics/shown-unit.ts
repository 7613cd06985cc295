import { deliveryMetrics, type DeliveryMetricKey } from '../../../domain/metrics/catalogue';
import type { DeliveryMetric } from '../../../domain/metrics/metric';
import { formatShortNumber, unknown } from '../format/numbers';
import { pickOneUnit } from '../format/one-unit';

/** In which unit a page shows a metric: one, picked by its main value, so that whatever stands near can be compared. */
export interface ShownUnit {
  /** Behind the number: "h", "%", "a day". */
  readonly word: string;
  /** One of it in seconds, as a share, or a day. */
  readonly size: number;
}

const percent: ShownUnit = { word: '%', size: 0.01 };
const perDayUnit: ShownUnit = { word: 'a day', size: 1 };
const perWeekUnit: ShownUnit = { word: 'a week', size: 1 / 7 };
const perMonthUnit: ShownUnit = { word: 'in 30 days', size: 1 / 30 };

/** The unit of a metric on a page where this is its main value. */
export function pickShownUnit(key: DeliveryMetricKey, value: number | null): ShownUnit {
  const { members }: DeliveryMetric = deliveryMetrics[key];
  if (members.value === 'seconds') return pickDurationUnit(value);
  return members.value === 'share' ? percent : pickRate(value ?? 0);
}

export function pickDurationUnit(value: number | null): ShownUnit {
  const { word, seconds } = pickOneUnit(value);
  return { word, size: seconds };
}

/** The shortest period that gives a number of at least one. */
function pickRate(perDay: number): ShownUnit {
  if (perDay >= 1 || perDay === 0) return perDayUnit;
  return perDay * 7 >= 1 ? perWeekUnit : perMonthUnit;
}

/** Two digits that matter, without the unit: "30", "7", "0.47"; `—` for `null`. */
export function showNumber(value: number | null, { size }: ShownUnit): string {
  return value === null ? unknown : formatShortNumber(value / size);
}

/** The same with the unit: "30 h", "5.3 %", "5.1 a day". */
export function showValue(value: number | null, unit: ShownUnit): string {
  return value === null ? unknown : `${showNumber(value, unit)} ${unit.word}`;
}

/**
 * How far two values are apart, without the unit: the difference of the numbers as they are shown, so that a reader
 * finds 30 h and 32 h two hours apart, unless they are shown alike.
 */
export function showDifference(now: number, before: number, { size }: ShownUnit): string {
  const shown = Math.abs(roundToShown(now / size) - roundToShown(before / size));
  return formatShortNumber(shown < 1e-9 ? Math.abs(now - before) / size : Number(shown.toPrecision(12)));
}

function roundToShown(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(2));
}
