import {
  calendarPeriods,
  countDays,
  findCalendarPeriod,
  findUnitOf,
  findWholeUnit,
  isSame,
  shiftDays,
  shiftUnits,
  shiftYears,
  toUnit,
  type CalendarPeriod,
  type CalendarUnit,
  type Period,
} from '../../../domain/calendar/calendar-period';
import { earliestDate } from '../../../domain/calendar/date-range';
import { addDays } from '../format/dates';

/** Days of the ranges that end today. */
export const presets = [7, 14, 30, 90, 180, 365] as const;

/** A range by name: so many days up to today, or a period of the calendar. */
export type RangeName = number | CalendarPeriod;

/** What `range=` knows. */
export const rangeNames: readonly RangeName[] = [...presets, ...calendarPeriods];

export function parseRangeName(text: string): RangeName | null {
  return rangeNames.find((name) => String(name) === text) ?? null;
}

/** What a range is compared with, where that is no pair of dates. */
export const compareNames = ['previous', 'year'] as const;
export type CompareName = (typeof compareNames)[number];

/** The dates of a named range on a day of the workspace's zone. */
export function findNamedRange(name: RangeName, today: string): Period {
  return typeof name === 'number' ? { from: addDays(today, 1 - name), to: today } : findCalendarPeriod(name, today);
}

/**
 * The period before: of so many days just as many, of a month, quarter or year the one before, as far as this one has
 * come ("1 – 27 Nov" is compared with "1 – 27 Oct").
 */
export function findPreviousPeriod(name: RangeName | null, period: Period): Period {
  const unit = findUnit(name, period);
  return unit === null ? shiftDays(period, -countDays(period)) : shiftUnits(period, unit, -1);
}

export function findComparedPeriod(compare: CompareName, name: RangeName | null, period: Period): Period {
  return compare === 'year' ? shiftYears(period, -1) : findPreviousPeriod(name, period);
}

interface Step {
  /** `null`: by its dates. */
  readonly range: RangeName | null;
  readonly period: Period;
}

interface Steps {
  readonly earlier: Step | null;
  /** `null`: it would begin after today. */
  readonly later: Step | null;
}

/** One period back and one on, each of the same length or the same unit; the one that contains today has its name. */
export function findSteps(name: RangeName | null, period: Period, today: string): Steps {
  const unit = findUnit(name, period);
  const move = (by: 1 | -1): Period =>
    unit === null ? shiftDays(period, by * countDays(period)) : shiftUnits(findUnitOf(period.from, unit), unit, by);
  const [earlier, later] = [move(-1), move(1)];
  return {
    earlier: earlier.from < earliestDate ? null : toStep(earlier, unit, today),
    later: later.from > today ? null : toStep(later, unit, today),
  };
}

function toStep(period: Period, unit: CalendarUnit | null, today: string): Step {
  const names: readonly RangeName[] = unit === null ? presets : [unit, `last-${unit}`];
  const shown = unit !== null && period.to > today ? { ...period, to: today } : period;
  return { range: names.find((name) => isSame(findNamedRange(name, today), shown)) ?? null, period: shown };
}

/** The unit that a range goes by; `null`: by its number of days. */
function findUnit(name: RangeName | null, period: Period): CalendarUnit | null {
  if (typeof name === 'number') return null;
  return name === null ? findWholeUnit(period) : toUnit(name);
}
