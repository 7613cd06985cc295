import { toAddress } from '../../routing/paths';
import { findPreviousPeriod } from './range-choice';
import { readPageFilter, toQuery, type PageFilter, type ParseFilter } from './page-filter';

const filter = {
  from: '2026-08-21',
  to: '2026-11-18',
  interval: 'week',
  systems: [],
  teams: [],
  isRaw: false,
} as const;

function read(parameters: Record<string, string[]>) {
  const asked: Record<string, string[]>[] = [];
  const parse: ParseFilter = (query) => {
    asked.push(query);
    return { filter: { ...filter, ...(query['from'] === undefined ? {} : { from: query['from'][0] ?? '' }) } };
  };
  const answer = readPageFilter(parameters, parse, ['name', 'lead-time']);
  return { answer: answer as PageFilter, asked };
}

describe('the filter of a page', () => {
  it('is the last 90 days without any parameter', () => {
    const { answer } = read({});
    expect(answer.range).toBe(90);
    expect(answer.filter.from).toBe('2026-08-21');
  });

  it('counts a preset back from today, today included', () => {
    const { answer, asked } = read({ range: ['7'], from: ['2020-01-01'], to: ['2020-02-01'] });
    expect(answer.filter).toMatchObject({ from: '2026-11-12', to: '2026-11-18' });
    expect(asked[0]).toEqual({});
  });

  it('keeps a preset whose dates were not touched, and leaves it when they were', () => {
    const shown = { from: ['2026-08-21'], to: ['2026-11-18'], shown: ['2026-08-21/2026-11-18'], kept: ['90'] };
    expect(read(shown).answer.range).toBe(90);
    expect(read({ ...shown, from: ['2026-09-01'] }).answer.range).toBeNull();
  });

  it('names a range that is none', () => {
    const { answer } = read({ range: ['8'] });
    expect(answer).toMatchObject({ problems: [{ name: 'range', value: '8' }] });
  });

  it('names a column that is none', () => {
    const { answer } = read({ sort: ['-price'] });
    expect(answer).toMatchObject({ problems: [{ name: 'sort', value: '-price' }] });
  });

  it('is written into the address and nothing else is', () => {
    const { answer } = read({ range: ['30'], session: ['secret'], sort: ['-lead-time'] });
    expect(toAddress('/pages/workspace', toQuery(answer))).toBe('/pages/workspace?range=30&sort=-lead-time');
  });

  it.each([
    [{ range: ['30'] }, 'day', true],
    [{ from: ['2026-10-19'], to: ['2026-11-18'] }, 'day', true],
    [{ from: ['2026-10-18'], to: ['2026-11-18'] }, 'week', true],
    [{ range: ['180'] }, 'week', true],
    [{ from: ['2026-05-20'], to: ['2026-11-18'] }, 'month', true],
    [{ range: ['365'] }, 'month', true],
    [{ range: ['365'], interval: ['week'] }, 'week', false],
  ])('is cut by the length of its range where nobody chose how: %j', (parameters, interval, isAutomatic) => {
    const { answer } = read(parameters);
    expect(answer.filter.interval).toBe(interval);
    expect(toQuery(answer).interval).toBe(isAutomatic ? null : interval);
  });

  it('is compared with the days just before it', () => {
    expect(findPreviousPeriod(null, filter)).toMatchObject({ from: '2026-05-23', to: '2026-08-20' });
  });
});
