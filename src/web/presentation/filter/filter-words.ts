import { countDays, findWholeUnit, isSame, shiftDays, type Period } from '../../../domain/calendar/calendar-period';
import { formatDate, formatDateRange, formatMonth } from '../format/dates';
import { formatCount, formatCounted } from '../format/numbers';
import type { CompareName, RangeName } from './range-choice';

/** Every text of the row of filters and of the menus beside the title. */
export const filterWords = {
  label: 'Filters',
  apply: 'Apply',
  clear: 'Clear filters',
  show: 'Show',
  from: 'From',
  to: 'To',
  between: 'to',
  calendar: 'Calendar',
  upToToday: 'Up to today',
  period: 'Period',
  earlier: 'Period before',
  later: 'Period after',
  noLater: 'Period after: not yet',
  interval: 'Interval',
  automatic: 'Automatic',
  automaticBy: { day: 'Automatic, by day', week: 'Automatic, by week', month: 'Automatic, by month' },
  intervals: { day: 'By day', week: 'By week', month: 'By month' },
  repositories: 'Repositories',
  teams: 'Teams',
  compare: 'Compare with',
  compareFrom: 'Compare from',
  compareTo: 'Compare to',
  numbers: 'Numbers',
  corrected: 'Corrected',
  raw: 'Raw',
  rawNumbers: 'numbers without corrections',
  allRepositories: 'all repositories',
  allTeams: 'all teams',
  openNow: 'Open now',
  asOf: (at: string) => `as of ${at}`,
  findRepository: 'Find a repository',
  findTeam: 'Find a team',
  sameDatesLastYear: 'Same dates a year earlier',
  deletedTeam: (name: string) => `${name} (deleted)`,
  all: (count: number) => `All ${formatCount(count)}`,
  some: (count: number, of: number) => `${formatCount(count)} of ${formatCount(of)}`,
  badRange: (names: readonly RangeName[]) => `A range is one of ${names.join(', ')}.`,
  badCompare: 'A range is compared with "previous", "year", or the dates of compare_from and compare_to.',
  halfCompare: 'A period to compare with has both dates, compare_from and compare_to.',
} as const;

const rangeTexts = new Map<RangeName, string>([
  ['month', 'This month'],
  ['last-month', 'Last month'],
  ['quarter', 'This quarter'],
  ['last-quarter', 'Last quarter'],
  ['year', 'This year'],
  ['last-year', 'Last year'],
  [180, 'Last 6 months'],
  [365, 'Last 12 months'],
]);

/** The name of a range: "Last 90 days", "This month"; of dates the dates. */
export function formatRangeName(name: RangeName | null, period: Period): string {
  if (name === null) return formatPeriod(period);
  return rangeTexts.get(name) ?? `Last ${name} days`;
}

/** "Oct 2026", "Jul – Sep 2026", "2026" for a whole month, quarter or year; else "30 Aug – 27 Nov 2026". */
export function formatPeriod(period: Period): string {
  const unit = findWholeUnit(period);
  const year = period.from.slice(0, 4);
  if (unit === 'month') return formatMonth(period.from);
  if (unit === 'quarter') return `${formatMonth(period.from).slice(0, 3)} – ${formatMonth(period.to)}`;
  return unit === 'year' ? year : formatDays(period);
}

/** Of one month "1 – 27 Nov 2026". */
function formatDays({ from, to }: Period): string {
  const isOneMonth = from.slice(0, 7) === to.slice(0, 7) && from !== to;
  return isOneMonth ? `${Number(from.slice(8))} – ${formatDate(to)}` : formatDateRange(from, to);
}

/** Short, without the year where it is this one: for a list in which the name stands before. */
export function formatPeriodShort(period: Period, today: string): string {
  const text = formatPeriod(period);
  const year = ` ${today.slice(0, 4)}`;
  return text.endsWith(year) && period.from.slice(0, 4) === today.slice(0, 4) ? text.slice(0, -year.length) : text;
}

/**
 * The period that a range is compared with, to stand behind "in" or "than in": "the 90 days before", "Aug 2026",
 * "1 – 31 May 2026". Both are what was asked for, or what reports say of their ranges.
 */
export function formatComparedPeriod(compared: Period, shown: Period): string {
  const days = countDays(shown);
  if (!isJustBefore(compared, shown) || isCalendar(compared, shown)) return formatPeriod(compared);
  return days === 1 ? 'the day before' : `the ${formatCounted(days, 'day')} before`;
}

/** The same as it is chosen: "90 days before", "1 – 27 Oct 2026". */
export function formatCompareChoice(compare: CompareName | null, compared: Period, shown: Period): string {
  if (compare === 'year') return filterWords.sameDatesLastYear;
  return formatComparedPeriod(compared, shown).replace(/^the /u, '');
}

function isJustBefore(compared: Period, shown: Period): boolean {
  return isSame(shiftDays(shown, -countDays(shown)), compared);
}

/** A month that is compared with the month before, of as many days, is still named. */
function isCalendar(compared: Period, shown: Period): boolean {
  return findWholeUnit(compared) !== null && findWholeUnit(shown) !== null;
}

/** A preset ends today, and says its dates beside its name. */
export function formatRangeDates(name: RangeName | null, period: Period): string | null {
  return name === null ? null : formatPeriod(period);
}
