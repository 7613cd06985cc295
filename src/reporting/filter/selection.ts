import { toDayNumber } from '../../domain/calendar/civil-day';
import { findDayStart } from '../../domain/calendar/time-zone';
import type { RowSelection } from '../../domain/metrics/selection/row-filter';
import type { VisibleFilter } from './delivery-filter';

/** The instants, systems and teams that a filter chooses. A range that ends before it begins holds nothing. */
export function toSelection(
  { from, to, systems, teams }: VisibleFilter,
  { timezone }: { readonly timezone: string },
): RowSelection {
  const [first, last] = [toDayNumber(from), toDayNumber(to)];
  if (first === null || last === null) {
    throw new Error(`No range: ${from} to ${to}.`);
  }
  return { startAt: findDayStart(first, timezone), endAt: findDayStart(last + 1, timezone), systems, teams };
}
