import type { Instant } from '../../../domain/instant';
import { formatDate, formatDateTime, formatLocalDate, formatShortDate, type TimeView } from '../format/dates';

interface Shown {
  readonly timezone: string;
  /** Days of the range that is shown. */
  readonly days: number;
  readonly now: Instant;
}

/**
 * When a row happened, as exactly as its neighbours need it: the clock where the range is a day, with the date where it is
 * two, else the date; the year where it is not this one. In full on hover.
 */
export function buildMoment(at: Instant, { timezone, days, now }: Shown): TimeView {
  const date = formatLocalDate(at, timezone);
  const full = formatDateTime(at, timezone);
  const clock = full.slice(full.lastIndexOf(' ') + 1);
  const isThisYear = date.slice(0, 4) === formatLocalDate(now, timezone).slice(0, 4);
  const day = isThisYear ? formatShortDate(date) : formatDate(date);
  const text = days <= 1 ? clock : days === 2 ? `${day}, ${clock}` : day;
  return { iso: new Date(at).toISOString(), text, full: `${full} (${timezone})` };
}
