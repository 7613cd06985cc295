import type { AccelerateReport } from '../../../reporting/answers/accelerate';

/** What of a report tells whether its range is known. */
export type RangeReport = {
  readonly range: Pick<AccelerateReport['range'], 'from'>;
  readonly completeness: Pick<AccelerateReport['completeness'], 'imported_since' | 'importing'>;
};

/**
 * Whether the whole history of a range has been read: no import is under way, and the range begins within the history.
 * Before that it is too early for a level: what is still missing may make it another one.
 */
export function isRangeComplete({ range, completeness: { imported_since: since, importing } }: RangeReport): boolean {
  return !importing && since !== null && since <= range.from;
}
