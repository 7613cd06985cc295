import type { ChartValues } from './chart-drawing';
import type { ColumnUnit } from '../format/units';
import type { OneUnit } from '../format/one-unit';
import { roundDuration, roundSummand } from '../format/durations';
import { roundShortNumber } from '../format/numbers';

/** Of units of time. */
const sizes = [3_600, 60];

/** Values as a page carries them. What is drawn and what is read of them is the same: what people are shown. */
export function packValues(values: readonly (number | null)[], unit: ColumnUnit, oneUnit?: OneUnit): ChartValues {
  if (oneUnit !== undefined) {
    return fold(
      values.map((value) => (value === null ? null : roundInUnit(value / oneUnit.seconds))),
      oneUnit.seconds,
    );
  }
  const rounded = values.map((value) => (value === null ? null : round[unit](value)));
  const per = unit === 'seconds' ? (sizes.find((size) => rounded.every((value) => (value ?? 0) % size === 0)) ?? 1) : 1;
  return fold(
    rounded.map((value) => (value === null ? null : value / per)),
    per,
  );
}

function fold(list: readonly (number | null)[], per: number): ChartValues {
  const [first = null] = list;
  return { per, list: list.every((value) => value === first) ? first : list };
}

/** As `formatShortNumber` writes it. */
function roundInUnit(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(2));
}

/** The value of a row. */
export function readValue({ per, list }: ChartValues, index: number): number | null {
  const value = typeof list === 'object' && list !== null ? (list[index] ?? null) : list;
  return value === null ? null : value * per;
}

const round: Readonly<Record<ColumnUnit, (value: number) => number>> = {
  seconds: roundDuration,
  summand: roundSummand,
  // More digits than what is divided has: no border of a rounding lies between.
  share: (value) => Number(value.toPrecision(9)),
  number: roundShortNumber,
  'per day': roundShortNumber,
  count: (value) => value,
};
