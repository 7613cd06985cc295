import fc from 'fast-check';
import { DateTime } from 'luxon';
import { countBucketsAtMost, cutIntoBuckets, intervals } from './bucket';
import { toDayNumber, toLocalDate, toNextMonth, toWeekday } from './civil-day';
import { toDateRange } from './date-range';
import { findDayStart, findLocalDay, isTimeZone } from './time-zone';

const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Africa/Cairo',
  'Pacific/Apia',
  'America/St_Johns',
  'America/Havana',
];
const zone = fc.constantFrom(...zones);
const firstDay = 365 * 20;
const day = fc.integer({ min: firstDay, max: firstDay + 365 * 40 });
const range = fc
  .record({ zone, day, days: fc.integer({ min: 1, max: 800 }) })
  .map((drawn) =>
    toDateRange({ from: toLocalDate(drawn.day), to: toLocalDate(drawn.day + drawn.days - 1), timezone: drawn.zone }),
  );

function dayOf(text: string): number {
  return toDayNumber(text) ?? Number.NaN;
}

function startOf(text: string, timezone: string): string {
  return new Date(findDayStart(dayOf(text), timezone)).toISOString();
}

describe('a date of the calendar', () => {
  it.each(['1970-01-01', '2000-02-29', '2024-02-29', '2026-11-22', '2999-12-31'])('may be %s', (text) => {
    expect(toLocalDate(dayOf(text))).toBe(text);
  });

  it.each([
    '',
    '2026-02-29',
    '1900-02-29',
    '0999-01-01',
    '2026-13-01',
    '2026-1-1',
    '2026-11-22T00:00',
    '٢٠٢٦-11-22',
    ' 2026-11-22',
  ])('is never "%s"', (text) => {
    expect(toDayNumber(text)).toBeNull();
  });

  it('has the weekday and the next month that luxon gives it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 376_199 }), (number) => {
        const date = DateTime.fromISO(toLocalDate(number), { zone: 'UTC' });
        expect(date.toMillis()).toBe(number * 86_400_000);
        expect(toWeekday(number)).toBe(date.weekday - 1);
        expect(toNextMonth(number)).toBe(date.startOf('month').plus({ months: 1 }).toMillis() / 86_400_000);
      }),
    );
  });
});

describe('the first instant of a date', () => {
  it.each([
    ['a usual day', '2026-11-22', 'Europe/Berlin', '2026-11-21T23:00:00.000Z'],
    [
      'a day without a midnight, whose clock jumps to one',
      '2018-11-04',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00.000Z',
    ],
    ['a day without a midnight in Beirut', '2022-03-27', 'Asia/Beirut', '2022-03-26T22:00:00.000Z'],
    ['a day with midnight twice, as the earlier', '2022-11-06', 'America/Havana', '2022-11-06T04:00:00.000Z'],
    [
      'a day that has a minute, then an hour of the day before',
      '2010-11-07',
      'America/St_Johns',
      '2010-11-07T02:30:00.000Z',
    ],
    ['a date that was skipped', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['the day after a date that was skipped', '2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ] as const)('is found on %s', (...[, text, timezone, expected]) => {
    expect(startOf(text, timezone)).toBe(expected);
  });

  it('is that of luxon, on the day where there is a midnight', () => {
    fc.assert(
      fc.property(zone, day, (timezone, number) => {
        const date = DateTime.fromISO(toLocalDate(number), { zone: timezone });
        const hasMidnight = date.isValid && date.hour === 0 && date.toISODate() === toLocalDate(number);
        fc.pre(hasMidnight);
        expect([date.toMillis(), date.minus({ hours: 1 }).toMillis()]).toContain(findDayStart(number, timezone));
      }),
      { numRuns: 500 },
    );
  });

  it('never comes before the one of the date before, and its date is found again', () => {
    fc.assert(
      fc.property(zone, day, fc.integer({ min: 0, max: 90_000_000 }), (timezone, number, offset) => {
        const [start, next] = [findDayStart(number, timezone), findDayStart(number + 1, timezone)];
        expect(next).toBeGreaterThanOrEqual(start);
        const found = findLocalDay(start + offset, timezone);
        expect(findDayStart(found, timezone)).toBeLessThanOrEqual(start + offset);
        expect(findDayStart(found + 1, timezone)).toBeGreaterThan(start + offset);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a range', () => {
  it.each([
    ['of a day of 23 hours', '2026-03-29', 23],
    ['of a day of 25 hours', '2026-10-25', 25],
  ])('%s is one day', (_, text, hours) => {
    const found = toDateRange({ from: text, to: text, timezone: 'Europe/Berlin' });
    expect(found.endAt - found.startAt).toBe(hours * 3_600_000);
    expect(found.days).toBe(1);
  });

  it('that ends before it begins is a mistake of the caller', () => {
    expect(() => toDateRange({ from: '2026-01-02', to: '2026-01-01', timezone: 'UTC' })).toThrow('No range');
  });
});

describe('buckets', () => {
  it('of a cut range keep only what lies in it', () => {
    const found = cutIntoBuckets(toDateRange({ from: '2026-08-25', to: '2026-09-08', timezone: 'UTC' }), 'week');
    expect(found.map(({ start, end, days }) => [start, end, days])).toEqual([
      ['2026-08-25', '2026-08-30', 6],
      ['2026-08-31', '2026-09-06', 7],
      ['2026-09-07', '2026-09-08', 2],
    ]);
  });

  it('of months begin on the first', () => {
    const found = cutIntoBuckets(toDateRange({ from: '2025-12-31', to: '2026-02-01', timezone: 'UTC' }), 'month');
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      ['2025-12-31', '2025-12-31'],
      ['2026-01-01', '2026-01-31'],
      ['2026-02-01', '2026-02-01'],
    ]);
  });

  it('tile the range: days add up, and every instant lies in exactly one', () => {
    fc.assert(
      fc.property(
        range,
        fc.constantFrom(...intervals),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (drawn, interval, share) => {
          const buckets = cutIntoBuckets(drawn, interval);
          const instant = drawn.startAt + Math.floor((drawn.endAt - drawn.startAt - 1) * share);
          expect(buckets.reduce((sum, bucket) => sum + bucket.days, 0)).toBe(drawn.days);
          expect(buckets.filter((bucket) => bucket.startAt <= instant && instant < bucket.endAt)).toHaveLength(
            drawn.startAt < drawn.endAt ? 1 : 0,
          );
          expect(buckets.slice(1).map((bucket) => bucket.startAt)).toEqual(
            buckets.slice(0, -1).map((bucket) => bucket.endAt),
          );
          expect([buckets[0]?.start, buckets.at(-1)?.end]).toEqual([drawn.from, drawn.to]);
          expect([buckets[0]?.startAt, buckets.at(-1)?.endAt]).toEqual([drawn.startAt, drawn.endAt]);
          expect(buckets.length).toBeLessThanOrEqual(countBucketsAtMost(drawn.days, interval));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('may be %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', '+02:00', 'Mars/Olympus', 'Europe/Berlin ', 'x'.repeat(5000), '__proto__'])('is never "%s"', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
