import { formatDateTime, formatLocalDate, formatShortDate, type TimeView } from '../format/dates';

export type ClockTime = TimeView & {
  /** "08:41". */
  readonly clock: string;
  /** The local date, `YYYY-MM-DD`. */
  readonly day: string;
};

/** "20 Oct 08:41", with the moment in full beside it. */
export function buildClockTime(at: number, timezone: string): ClockTime {
  const day = formatLocalDate(at, timezone);
  const full = formatDateTime(at, timezone);
  const clock = full.slice(-5);
  return {
    iso: new Date(at).toISOString(),
    full: `${full} (${timezone})`,
    text: `${formatShortDate(day)} ${clock}`,
    clock,
    day,
  };
}
