import { countBuckets, intervals, type Interval } from '../../../domain/calendar/bucket';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';

/** More points than these a line of a hundred pixels does not show, and a page of many lines would be heavy. */
const mostPoints = { tile: 60, row: 16 } as const;

/** In which parts a small line tells a range: as the page does, else by the next longer interval that gives few enough. */
export function findLineInterval(filter: DeliveryFilter, place: keyof typeof mostPoints): Interval {
  const wanted = intervals.slice(intervals.indexOf(filter.interval));
  return wanted.find((interval) => countBuckets(filter, interval) <= mostPoints[place]) ?? 'month';
}
