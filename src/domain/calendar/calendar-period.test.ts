import { createChance } from '../../../simulator/world/random';
import { toLocalDate } from './civil-day';
import {
  calendarPeriods,
  countDays,
  findCalendarPeriod,
  findUnitOf,
  findWholeUnit,
  shiftUnits,
  shiftYears,
  type CalendarPeriod,
  type CalendarUnit,
} from './calendar-period';

describe('A period of the calendar', () => {
  it.each<[CalendarPeriod, string, string, string]>([
    ['month', '2026-11-27', '2026-11-01', '2026-11-27'],
    ['month', '2026-11-01', '2026-11-01', '2026-11-01'],
    ['month', '2028-02-29', '2028-02-01', '2028-02-29'],
    ['last-month', '2026-11-27', '2026-10-01', '2026-10-31'],
    ['last-month', '2028-03-31', '2028-02-01', '2028-02-29'],
    ['last-month', '2027-03-31', '2027-02-01', '2027-02-28'],
    ['last-month', '2027-01-01', '2026-12-01', '2026-12-31'],
    ['quarter', '2026-11-27', '2026-10-01', '2026-11-27'],
    ['quarter', '2026-12-31', '2026-10-01', '2026-12-31'],
    ['last-quarter', '2026-11-27', '2026-07-01', '2026-09-30'],
    ['last-quarter', '2027-01-01', '2026-10-01', '2026-12-31'],
    ['year', '2026-11-27', '2026-01-01', '2026-11-27'],
    ['last-year', '2028-02-29', '2027-01-01', '2027-12-31'],
  ])('%s on %s is %s to %s', (name, today, ...[from, to]) => {
    expect(findCalendarPeriod(name, today)).toEqual({ from, to });
  });

  it.each<[string, string, CalendarUnit, string, string]>([
    ['2026-11-01', '2026-11-27', 'month', '2026-10-01', '2026-10-27'],
    ['2026-03-01', '2026-03-30', 'month', '2026-02-01', '2026-02-28'],
    ['2026-11-01', '2026-11-30', 'month', '2026-10-01', '2026-10-31'],
    ['2026-10-01', '2026-11-27', 'quarter', '2026-07-01', '2026-08-27'],
    ['2026-10-01', '2026-12-31', 'quarter', '2026-07-01', '2026-09-30'],
    ['2026-01-01', '2026-11-27', 'year', '2025-01-01', '2025-11-27'],
    ['2028-02-01', '2028-02-29', 'month', '2028-01-01', '2028-01-31'],
  ])('%s to %s is, one %s before, %s to %s', (from, to, ...[unit, earlierFrom, earlierTo]) => {
    expect(shiftUnits({ from, to }, unit, -1)).toEqual({ from: earlierFrom, to: earlierTo });
  });

  it.each([
    ['2026-08-30', '2026-11-27', '2025-08-30', '2025-11-27'],
    ['2028-02-10', '2028-02-29', '2027-02-10', '2027-02-28'],
    ['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-29'],
    ['2025-02-02', '2025-02-28', '2024-02-02', '2024-02-28'],
  ])('%s to %s is, a year before, %s to %s', (from, to, ...earlier) => {
    const [earlierFrom, earlierTo] = earlier;
    expect(shiftYears({ from, to }, -1)).toEqual({ from: earlierFrom, to: earlierTo });
  });

  it('is recognised where it is a whole one, and there and back it is the same', () => {
    const chance = createChance(20_261_129);
    for (let turn = 0; turn < 200; turn += 1) {
      const today = toLocalDate(chance.between(0, 60_000));
      for (const unit of ['month', 'quarter', 'year'] as const) {
        const whole = findUnitOf(today, unit);
        expect(whole.from <= today && today <= whole.to).toBe(true);
        expect(findWholeUnit(whole)).toBe(unit);
        const by = chance.between(-30, 30);
        expect(shiftUnits(shiftUnits(whole, unit, by), unit, -by)).toEqual(whole);
      }
      for (const name of calendarPeriods) expect(countDays(findCalendarPeriod(name, today))).toBeGreaterThan(0);
    }
  });
});
