import type { Unit } from '../../../domain/metrics/metric';
import { formatDuration } from './durations';
import { formatCount, formatPercent, formatShortNumber, unknown } from './numbers';

/**
 * What a column of a table measures; a `number` of nothing is unknown, a `count` of nothing is 0, a `summand` are seconds
 * that are added up with others.
 */
export type ColumnUnit = Unit | 'number' | 'summand';

/** A value of a unit in words; a duration or share of nothing is unknown. */
export const formatUnit: Readonly<Record<ColumnUnit, (value: number | null) => string>> = {
  seconds: (value) => (value === null ? unknown : formatDuration(value)),
  summand: (value) => (value === null ? unknown : formatDuration(value)),
  share: (value) => (value === null ? unknown : formatPercent(value)),
  number: (value) => (value === null ? unknown : formatShortNumber(value)),
  count: (value) => formatCount(value ?? 0),
  'per day': (value) => formatShortNumber(value ?? 0),
};
