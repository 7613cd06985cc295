import fc from 'fast-check';
import { formatInUnit } from '../format/one-unit';
import { formatUnit, type ColumnUnit } from '../format/units';
import { formatShare } from '../format/numbers';
import type { ReportRange } from './buckets';
import { buildBucketAxis } from './bucket-axis';
import { buildBars, buildLine, type ChartDrawing } from './chart-drawing';
import { countChartRows, listChartRows } from './chart-rows';
import { buildChartTable, buildDrawn } from './chart-table';
import { packValues, readValue } from './chart-values';
import { buildChartView } from './chart-view';

const range: ReportRange = { from: '2026-10-07', to: '2026-11-18', timezone: 'UTC', interval: 'week' };
const buckets = [
  { start: '2026-10-07', end: '2026-10-11', value: 93_784.4, failed: 1, n: 12 },
  { start: '2026-10-12', end: '2026-10-18', value: null, failed: 0, n: 0 },
  { start: '2026-10-19', end: '2026-10-25', value: 5_429.6, failed: 2, n: 9 },
];

function buildDrawing(change: Partial<ChartDrawing> = {}): ChartDrawing {
  const context = { today: '2026-10-24', notes: [], tablesHref: null };
  const toHref = ({ start, end }: { start: string; end: string }) => `/rows?team=core&from=${start}&to=${end}`;
  const axis = buildBucketAxis(
    buckets,
    [
      ['Median', 'seconds', ({ value }) => value],
      ['Failed', 'count', ({ failed }) => failed],
      ['All', 'count', ({ n }) => n],
    ],
    { caption: 'Times,', range, context, toHref },
  );
  const series = [
    buildLine({ name: 'Median', columns: [0], divisor: 3_600 }),
    buildBars({ name: 'Share', columns: [1, 2], share: [1, 2] }),
  ];
  return { ...axis, unit: 'hours', isCount: false, isStacked: false, series, ...change };
}

const units: readonly ColumnUnit[] = ['seconds', 'summand', 'share', 'number', 'per day', 'count'];
const amounts = {
  count: fc.nat({ max: 100_000 }),
  share: fc.tuple(fc.nat({ max: 5_000 }), fc.integer({ min: 5_000, max: 9_999 })).map(([part, all]) => part / all),
  other: fc.oneof(fc.double({ min: 0, max: 40_000_000, noNaN: true }), fc.nat({ max: 9_000_000 }), fc.constant(0.3)),
};

describe('what a page carries of a number', () => {
  it.each(units)('reads as the number itself does: %s', (unit) => {
    const amount: fc.Arbitrary<number> = unit === 'count' || unit === 'share' ? amounts[unit] : amounts.other;
    fc.assert(
      fc.property(fc.array(fc.option(amount), { minLength: 1, maxLength: 12 }), (values) => {
        const packed = packValues(values, unit);
        const read = values.map((_, index) => formatUnit[unit](readValue(packed, index)));
        expect(read).toEqual(values.map(formatUnit[unit]));
      }),
    );
  });

  it('reads as the number itself does in one unit', () => {
    const unit = fc.constantFrom(...[1, 60, 3_600, 86_400].map((seconds) => ({ word: 'h', seconds })));
    fc.assert(
      fc.property(fc.array(fc.option(amounts.other), { minLength: 1, maxLength: 12 }), unit, (values, one) => {
        const packed = packValues(values, 'seconds', one);
        const read = values.map((_, index) => formatInUnit(readValue(packed, index), one));
        expect(read).toEqual(values.map((value) => formatInUnit(value, one)));
      }),
    );
  });

  it('is drawn within a second where it is added up, and within what is shown elsewhere', () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 9_000_000, noNaN: true }), (seconds) => {
        const read = (unit: ColumnUnit) => readValue(packValues([seconds], unit), 0) ?? 0;
        expect(Math.abs(read('seconds') - seconds) / seconds).toBeLessThan(0.021);
        expect(formatUnit.seconds(read('summand'))).toBe(formatUnit.seconds(seconds));
      }),
    );
  });

  it('is one number where all are alike, and has no unit smaller than it needs', () => {
    expect(packValues([0, 0, 0], 'count')).toEqual({ per: 1, list: 0 });
    expect(packValues([90_000, null, 180_000], 'seconds')).toEqual({ per: 3_600, list: [25, null, 50] });
    expect(packValues([null, null], 'seconds')).toEqual({ per: 3_600, list: null });
    expect(packValues([], 'count')).toEqual({ per: 1, list: null });
  });
});

describe('the rows of a chart', () => {
  it('are its buckets again: names, labels and ways on', () => {
    const { rows } = listChartRows(buildDrawing().rows);
    expect(rows).toEqual([
      {
        name: '7 Oct – 11 Oct 2026, part of a week',
        label: '7 Oct',
        href: '/rows?team=core&from=2026-10-07&to=2026-10-11',
        remark: '5 days',
        part: 0.714,
      },
      { name: '12 Oct – 18 Oct 2026', label: '12 Oct', href: '/rows?team=core&from=2026-10-12&to=2026-10-18' },
      {
        name: '19 Oct – 25 Oct 2026, not finished',
        label: '19 Oct',
        href: '/rows?team=core&from=2026-10-19&to=2026-10-25',
        remark: 'not over',
      },
    ]);
    expect(countChartRows(buildDrawing().rows)).toBe(3);
  });

  it('are a table of words, and points with the same words', () => {
    const { caption, heads, rows } = buildChartTable(buildDrawing());
    expect(caption).toBe('Times, each week');
    expect(heads.map(({ text }) => text)).toEqual(['Period', 'Median', 'Failed', 'All']);
    expect(rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['1 d 2 h', '1', '12'],
      ['—', '0', '0'],
      ['1 h 30 min', '2', '9'],
    ]);
    const { series } = buildDrawn(buildDrawing());
    expect(series[0]?.values).toEqual([26, null, 1.5]);
    expect([0, 1, 2].map((index) => series[0]?.toText(index))).toEqual(['1 d 2 h', '—', '1 h 30 min']);
    expect([0, 1, 2].map((index) => series[1]?.toText(index))).toEqual([
      formatShare(1, 12),
      formatShare(0, 0),
      formatShare(2, 9),
    ]);
  });

  it('stand in the page itself unless they are many, and then where they are asked for', () => {
    const [drawing] = [buildDrawing()];
    const rows = {
      kind: 'buckets',
      range: { ...range, interval: 'day' },
      today: '',
      href: '',
      runs: [[365, 1]],
    } as const;
    const long = { sentence: '', isDrawn: true, drawing: { ...drawing, rows } };
    expect(buildChartView({ ...long, drawing }, '/page?tables=1')).toMatchObject({ isLong: false, tables: null });
    expect(buildChartView(long, '/page?tables=1')).toMatchObject({
      isLong: true,
      table: null,
      tables: { href: '/page?tables=1' },
    });
    expect(buildChartView(long, null).table?.rows).toHaveLength(365);
  });
});
