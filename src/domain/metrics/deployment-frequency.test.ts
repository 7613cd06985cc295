import fc from 'fast-check';
import { toDayNumber, toLocalDate } from '../calendar/civil-day';
import { toDateRange } from '../calendar/date-range';
import { findDayStart } from '../calendar/time-zone';
import { levelTables, type LevelTable } from '../settings/workspace-settings';
import { findFrequencyLevel } from './deployment-frequency';
import { performanceLevels } from './levels';
import { follow, listDayStarts } from './selection/cells';

const end = toDayNumber('2026-11-22') ?? 0;

interface Asked {
  /** Of the range. */
  readonly days: number;
  readonly table: LevelTable;
  readonly lastDay?: number;
  readonly timezone?: string;
}

/** The level of deployments on days counted back from the range's end, 0 its last day. */
function findLevel(daysBack: readonly number[], { days, table, lastDay = end, timezone = 'UTC' }: Asked) {
  const range = toDateRange({ from: toLocalDate(lastDay - days + 1), to: toLocalDate(lastDay), timezone });
  const dayStarts = listDayStarts(range);
  const deployedAt = daysBack.map((back) => findDayStart(lastDay - back, timezone) + 3_600_000).sort((a, b) => a - b);
  return findFrequencyLevel(
    [...new Set(deployedAt.map((at) => range.firstDay + follow(dayStarts, 0, at)))],
    range,
    table,
  );
}

describe('the level of a deployment frequency', () => {
  it.each([
    ['elite on more than half of the days', [0, 1, 2], 5, 'dora-2021', 'elite'],
    ['not elite on half of the days', [0, 1, 2], 6, 'dora-2021', 'high'],
    ['the same for many deployments on one day', [0, 0, 0, 0], 6, 'dora-2021', 'high'],
    ['high by the only window of 30 days, however little of it lies in the range', [0], 14, 'dora-2021', 'high'],
    ['not high in one of two windows of 30 days', [0], 60, 'dora-2021', 'medium'],
    ['high where less than half of the earliest window lies in the range', [0], 44, 'dora-2021', 'high'],
    ['not high where half of the earliest window lies in the range', [0], 45, 'dora-2021', 'medium'],
    ['not helped by what lies in a window that does not count', [44], 44, 'dora-2021', 'medium'],
    ['helped by what lies in one that does', [0, 44], 45, 'dora-2021', 'high'],
    ['medium in the only half-year', [0], 181, 'dora-2021', 'medium'],
    ['low in one of two half-years', [0], 182 + 91, 'dora-2021', 'low'],
    ['medium where less than half of the earlier half-year lies in the range', [0], 182 + 90, 'dora-2021', 'medium'],
    ['high in four of four weeks and two days', [0, 7, 14, 21], 30, 'dora-2024', 'high'],
    ['high in three of five weeks, the earliest of four days', [12, 18, 24], 32, 'dora-2024', 'high'],
    ['not high in two of four weeks', [0, 7], 28, 'dora-2024', 'medium'],
    ['not high in two of three and a half weeks', [0, 7], 25, 'dora-2024', 'medium'],
    ['high in two of three weeks and three days', [0, 7], 24, 'dora-2024', 'high'],
    ['medium in the only month of 2024', [0], 30, 'dora-2024', 'medium'],
    ['low in one of two months of 2024', [0], 60, 'dora-2024', 'low'],
  ] as const)('is %s', (...[, daysBack, days, table, level]) => {
    expect(findLevel(daysBack, { days, table })).toBe(level);
  });

  it('is none without a deployment, and needs no more than one', () => {
    expect(findLevel([], { days: 7, table: 'dora-2021' })).toBeNull();
    expect(findLevel([0], { days: 1, table: 'dora-2021' })).toBe('elite');
  });

  it.each(['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Apia'])(
    'counts a day of 23 or 25 hours, and one without a midnight, as one day of %s',
    (timezone) => {
      const lastDay = toDayNumber('2018-11-10') ?? 0;
      const asked = { days: 31, table: 'dora-2021', lastDay, timezone } as const;
      expect(findLevel([...Array(16).keys()], asked)).toBe('elite');
      expect(findLevel([...Array(15).keys()], asked)).toBe('high');
    },
  );
});

describe('the level', () => {
  const rank = (level: string | null) => performanceLevels.findIndex((one) => one === level);
  const tables = fc.constantFrom(...levelTables);
  const daysOf = (length: number) =>
    fc.array(fc.integer({ min: 0, max: length - 1 }), { minLength: 30, maxLength: 30 });

  it('of thirty in 30 days never reads worse than that of the same work in the 90 days to the same end', () => {
    fc.assert(
      fc.property(daysOf(30), tables, (daysBack, table) => {
        const [short, long] = [30, 90].map((days) => rank(findLevel(daysBack, { days, table })));
        expect(short).toBeLessThanOrEqual(long ?? -1);
      }),
    );
  });

  it('of one a day for 30 days never reads worse than that of one every third day over 90 days, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 400 }), tables, (shift, later, table) => {
        const asked = { table, lastDay: end + later };
        const daily = [...Array(30).keys()];
        const spread = daily.map((index) => index * 3 + shift);
        expect(rank(findLevel(daily, { ...asked, days: 30 }))).toBeLessThanOrEqual(
          rank(findLevel(spread, { ...asked, days: 90 })),
        );
      }),
    );
  });

  it('of any thirty within 30 days never reads worse by the table of 2021 than that of any thirty within 90', () => {
    fc.assert(
      fc.property(daysOf(30), daysOf(90), (short, long) => {
        const table = 'dora-2021';
        expect(rank(findLevel(short, { days: 30, table }))).toBeLessThanOrEqual(
          rank(findLevel(long, { days: 90, table })),
        );
      }),
    );
  });

  it('of the same deployments does not depend on where in the calendar they lie', () => {
    const few = fc.array(fc.integer({ min: 0, max: 89 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(few, fc.integer({ min: 1, max: 400 }), tables, (daysBack, later, table) => {
        const moved = findLevel(daysBack, { days: 90, table, lastDay: end + later });
        expect(moved).toBe(findLevel(daysBack, { days: 90, table }));
      }),
    );
  });
});
