import type { Instant } from '../../../domain/instant';
import type { RowNumber } from '../../../reporting/rows/row-list';
import type { TimeView } from '../format/dates';
import { formatCount, unknown } from '../format/numbers';
import { formatDurationCell } from '../charts/duration-chart';
import type { CellParts, RowColumn, RowContext } from './row-cell';

export interface ListContext extends RowContext {
  readonly toMoment: (at: Instant) => TimeView;
}

/** A column of a list that is read from columns; `key`: what it is sorted by, `null`: nothing. */
export interface ListColumn<Row> extends RowColumn<Row, ListContext> {
  readonly key: RowNumber | null;
}

/** A column of whole numbers or of seconds, `null` and negative seconds being unknown. */
export function buildNumberColumn<Row>(
  key: RowNumber,
  text: string,
  toCell: (row: Row) => CellParts,
): ListColumn<Row> {
  return { key, text, isNumeric: true, toCell };
}

export function buildCountCell(value: number | null, reason?: string): CellParts {
  return value === null ? { text: unknown, isQuiet: true, reason } : { text: formatCount(value) };
}

/** A negative duration comes from clocks that contradict each other: it is left out of every number. */
export function buildDurationCell(seconds: number | null, reason?: string): CellParts {
  return seconds === null || seconds < 0
    ? { text: unknown, isQuiet: true, reason }
    : { text: formatDurationCell(seconds) };
}
