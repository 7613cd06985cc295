import { countBuckets, intervals, type Interval } from '../../../domain/calendar/bucket';
import type { DeliveryFilter, QueryProblem } from '../../../reporting/filter/delivery-filter';
import { daysBetween } from '../format/dates';

/**
 * So many parts of a range stand in a chart and its table: a year of days, and some. More of them no screen shows and no
 * reader tells apart, and a page of ten years by day weighed 10 MB. Files and the API have every part.
 */
export const mostBucketsOfPage = 400;

/** The longest range, in days, that is cut by day or by week where nobody has chosen; a longer one is cut by month. */
const longest = { day: 31, week: 26 * 7 } as const;

/** How a page cuts a range of which the interval was not chosen: into parts that a chart has room for. */
export function pickInterval({ from, to }: Pick<DeliveryFilter, 'from' | 'to'>): Interval {
  const days = daysBetween(from, to) + 1;
  return days <= longest.day ? 'day' : days <= longest.week ? 'week' : 'month';
}

type Cut = Pick<DeliveryFilter, 'from' | 'to' | 'interval'>;

/** How a page cuts a range: as asked for, else by the next longer interval that gives few enough parts. */
export function findShownInterval(asked: Cut): Interval | QueryProblem {
  const longer = intervals.slice(intervals.indexOf(asked.interval));
  const found = longer.find((interval) => countBuckets(asked, interval) <= mostBucketsOfPage);
  return found ?? { name: 'from', value: asked.from, message: formatTooLong(asked) };
}

function formatTooLong({ from }: Cut): string {
  return `"${from}" makes a range of more than the ${mostBucketsOfPage} months that a page shows; choose a shorter one, or the CSV.`;
}
