import type { Instant } from '../../../domain/instant';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const day = 86_400_000;

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function buildParts(date: string): DateParts {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  return { year: year ?? 0, month: month ?? 1, day: dayOfMonth ?? 1 };
}

/** "2026-11-03" gives "3 Nov 2026". */
export function formatDate(date: string): string {
  return `${formatShortDate(date)} ${buildParts(date).year}`;
}

/** "2026-11-03" gives "3 Nov". */
export function formatShortDate(date: string): string {
  const parts = buildParts(date);
  return `${parts.day} ${months[parts.month - 1] ?? ''}`;
}

/** "2026-11-03" gives "Nov 2026". */
export function formatMonth(date: string): string {
  const { year, month } = buildParts(date);
  return `${months[month - 1] ?? ''} ${year}`;
}

/** "25 Aug – 22 Nov 2026", "3 Nov 2026" for one day; both years where they differ. */
export function formatDateRange(from: string, to: string): string {
  if (from === to) {
    return formatDate(from);
  }
  return `${from.slice(0, 4) === to.slice(0, 4) ? formatShortDate(from) : formatDate(from)} – ${formatDate(to)}`;
}

/** Whole days from one local date to another, the latter not included. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day);
}

/** A local date some days later, or earlier when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** Making a formatter costs a hundred times its use, and a table has hundreds of dates; zones are few. */
const formatters = new Map<string, { readonly date: Intl.DateTimeFormat; readonly time: Intl.DateTimeFormat }>();

function findFormatters(timezone: string) {
  const known = formatters.get(timezone) ?? {
    date: new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' }),
    time: new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'short' }),
  };
  formatters.set(timezone, known);
  return known;
}

/** The local date of an instant in a zone. */
export function formatLocalDate(at: Instant, timezone: string): string {
  return findFormatters(timezone).date.format(at);
}

/** "22 Nov 2026, 10:00" in a zone. */
export function formatDateTime(at: Instant, timezone: string): string {
  return `${formatDate(formatLocalDate(at, timezone))}, ${findFormatters(timezone).time.format(at)}`;
}

export interface TimeView {
  /** For the `datetime` attribute. */
  readonly iso: string;
  readonly text: string;
  /** The moment in full, also where the text is relative. */
  readonly full: string;
}

/** Relative up to seven days ("3 hours ago"), the date and time from then on. */
export function buildTime(at: Instant, context: { now: Instant; timezone: string }): TimeView {
  const full = `${formatDateTime(at, context.timezone)} (${context.timezone})`;
  const age = context.now - at;
  const isNear = age >= 0 && age < 7 * day;
  return {
    iso: new Date(at).toISOString(),
    full,
    text: isNear ? formatAge(age) : formatDateTime(at, context.timezone),
  };
}

/** The moment in full, also where it is near: for lists in which every minute counts. */
export function buildExactTime(at: Instant, timezone: string): TimeView {
  const text = formatDateTime(at, timezone);
  return { iso: new Date(at).toISOString(), full: `${text} (${timezone})`, text };
}

const ages = [
  { unit: 'day', ms: day },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

function formatAge(ms: number): string {
  const unit = ages.find((candidate) => ms >= candidate.ms);
  if (unit === undefined) {
    return 'just now';
  }
  const count = Math.floor(ms / unit.ms);
  return `${count} ${unit.unit}${count === 1 ? '' : 's'} ago`;
}
