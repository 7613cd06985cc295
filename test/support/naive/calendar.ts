import { DateTime } from 'luxon';
import type { NaiveQuestion } from './facts';

/* Days and intervals from docs/definitions.md, 2, by Luxon: an instant lies on the date that a clock of the zone shows. */

/** Local dates, both included. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

/** By zone and instant: hundreds of questions ask for the same, and Luxon takes its time for each. */
const knownDates = new Map<string, Map<number, string>>();

/** `YYYY-MM-DD`. */
export function toLocalDate(at: number, zone: string): string {
  const ofZone = knownDates.get(zone) ?? new Map<number, string>();
  knownDates.set(zone, ofZone);
  const date = ofZone.get(at) ?? DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');
  ofZone.set(at, date);
  return date;
}

/** Every date of a span, in order. */
export function listDates({ start, end }: Span): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(start); at <= Date.parse(end); at += 86_400_000) {
    dates.push(new Date(at).toISOString().slice(0, 10));
  }
  return dates;
}

/** The intervals of a range, each with what of it lies in the range. */
export function cut({ from, to, interval }: NaiveQuestion): Span[] {
  const spans = new Map<string, Span>();
  for (const date of listDates({ start: from, end: to })) {
    const key = DateTime.fromISO(date, { zone: 'UTC' }).startOf(interval).toFormat('yyyy-MM-dd');
    spans.set(key, { start: spans.get(key)?.start ?? date, end: date });
  }
  return [...spans.values()];
}

/** What lies in a span of what has a date. */
export function pick<T extends { readonly date: string }>(all: readonly T[], { start, end }: Span): T[] {
  return all.filter(({ date }) => date >= start && date <= end);
}
