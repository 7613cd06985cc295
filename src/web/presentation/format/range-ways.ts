import { earliestDate, latestDate } from '../../../domain/calendar/date-range';
import { addDays, formatDate } from './dates';

/** A range to go to: as parameters of an address, and in words. */
export interface RangeWay {
  readonly query: Readonly<Record<'range' | 'from' | 'to', string | null>>;
  /** "the 90 days to 3 Nov 2026", "the last 90 days". */
  readonly text: string;
}

/** As long as the range that a page shows without a choice. */
const usualDays = 90;

/** The usual length up to a local date and with it; what lies in the last days is reached by these. */
export function buildRangeUpTo(date: string, today: string): RangeWay {
  const from = addDays(date, 1 - usualDays);
  return (
    buildLastDays(date, today) ?? {
      query: { range: null, from: from < earliestDate ? earliestDate : from, to: date },
      text: `the ${usualDays} days to ${formatDate(date)}`,
    }
  );
}

/** The usual length from a local date on; what lies in the last days is reached by these. */
export function buildRangeFrom(date: string, today: string): RangeWay {
  const to = addDays(date, usualDays - 1);
  return (
    buildLastDays(date, today) ?? {
      query: { range: null, from: date, to: to > latestDate ? latestDate : to },
      text: `the ${usualDays} days from ${formatDate(date)}`,
    }
  );
}

function buildLastDays(date: string, today: string): RangeWay | null {
  return date > today || date < addDays(today, 1 - usualDays)
    ? null
    : { query: { range: String(usualDays), from: null, to: null }, text: `the last ${usualDays} days` };
}
