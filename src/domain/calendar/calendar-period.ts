import { toDayNumber, toLocalDate, toNextMonth, type LocalDate } from './civil-day';

/** Two local dates, both included. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Units of the calendar by the months that they have. */
const unitMonths = { month: 1, quarter: 3, year: 12 } as const;
export type CalendarUnit = keyof typeof unitMonths;

/** Periods of the calendar as they are chosen: those that contain today end today, so that no empty days are counted. */
export const calendarPeriods = ['month', 'last-month', 'quarter', 'last-quarter', 'year', 'last-year'] as const;
export type CalendarPeriod = (typeof calendarPeriods)[number];

/** The dates of a named period on a day of the workspace's zone. */
export function findCalendarPeriod(name: CalendarPeriod, today: LocalDate): Period {
  const unit = toUnit(name);
  const begun = findUnitOf(today, unit);
  return name.startsWith('last-') ? shiftUnits(begun, unit, -1) : { from: begun.from, to: today };
}

export function toUnit(name: CalendarPeriod): CalendarUnit {
  return name.replace(/^last-/u, '') as CalendarUnit;
}

/** The whole month, quarter or year that a date lies in. */
export function findUnitOf(date: LocalDate, unit: CalendarUnit): Period {
  const { year, month } = toParts(date);
  const length = unitMonths[unit];
  const first = month - ((month - 1) % length);
  return { from: toDate(year, first, 1), to: toDate(year, first + length - 1, 31) };
}

/** What whole unit of the calendar these dates are; `null`: none. */
export function findWholeUnit({ from, to }: Period): CalendarUnit | null {
  const units = Object.keys(unitMonths) as CalendarUnit[];
  return units.find((unit) => isSame(findUnitOf(from, unit), { from, to })) ?? null;
}

/** The same part of another unit: a last day of a month becomes the last day of that month, others keep their number. */
export function shiftUnits({ from, to }: Period, unit: CalendarUnit, by: number): Period {
  const months = unitMonths[unit] * by;
  return { from: shiftMonths(from, months), to: isMonthEnd(to) ? toMonthEnd(to, months) : shiftMonths(to, months) };
}

/** The same dates in another year; 29 February is 28 February where there is none. A whole unit stays a whole one. */
export function shiftYears(period: Period, by: number): Period {
  const { from, to } = period;
  return findWholeUnit(period) === null
    ? { from: shiftMonths(from, 12 * by), to: shiftMonths(to, 12 * by) }
    : shiftUnits(period, 'year', by);
}

/** Days of a period, both ends included. */
export function countDays({ from, to }: Period): number {
  return (toDayNumber(to) ?? 0) - (toDayNumber(from) ?? 0) + 1;
}

/** So many days later, or earlier when negative. */
export function shiftDays({ from, to }: Period, days: number): Period {
  return { from: shiftDate(from, days), to: shiftDate(to, days) };
}

export function isSame(one: Period, other: Period): boolean {
  return one.from === other.from && one.to === other.to;
}

function shiftDate(date: LocalDate, days: number): LocalDate {
  return toLocalDate((toDayNumber(date) ?? 0) + days);
}

function shiftMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = toParts(date);
  return toDate(year, month + months, day);
}

function toMonthEnd(date: LocalDate, months: number): LocalDate {
  const { year, month } = toParts(date);
  return toDate(year, month + months, 31);
}

function isMonthEnd(date: LocalDate): boolean {
  return toMonthEnd(date, 0) === date;
}

function toParts(date: LocalDate): { readonly year: number; readonly month: number; readonly day: number } {
  const [year = 1, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day };
}

/** `month` may lie outside of 1 to 12; a day that the month does not have is its last one. */
function toDate(year: number, month: number, day: number): LocalDate {
  const inYear = year + Math.floor((month - 1) / 12);
  const inMonth = ((((month - 1) % 12) + 12) % 12) + 1;
  const first = toDayNumber(`${String(inYear).padStart(4, '0')}-${String(inMonth).padStart(2, '0')}-01`) ?? 0;
  return toLocalDate(Math.min(first + day, toNextMonth(first)) - 1);
}
