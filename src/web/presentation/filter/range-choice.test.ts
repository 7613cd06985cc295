import { formatComparedPeriod, formatPeriod } from './filter-words';
import { findOpenedView, readWhatIsLeft } from './opened-view';
import { readPageFilter, toQuery, type ParseFilter } from './page-filter';
import { findSteps } from './range-choice';

const today = '2026-11-27';
const bare = { interval: 'week', systems: [], teams: [], isRaw: false } as const;

/** Knows no team but one. */
const parse: ParseFilter = ({ from, to, team = [] }) => {
  const unknown = team.filter((slug) => slug !== 'core');
  return unknown.length > 0
    ? { problems: unknown.map((value) => ({ name: 'team', value, message: 'There is no such team.' })) }
    : { filter: { ...bare, teams: team, from: from?.[0] ?? '2026-08-30', to: to?.[0] ?? today } };
};

function read(query: string) {
  const search = new URLSearchParams(query);
  const parameters = Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]));
  return readPageFilter(parameters, parse, []);
}

describe('a range by its name', () => {
  it.each([
    ['range=month', '2026-11-01', '2026-11-27', '2026-10-01', '2026-10-27', '1 – 27 Oct 2026'],
    ['range=last-month', '2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30', 'Sep 2026'],
    ['range=90', '2026-08-30', '2026-11-27', '2026-06-01', '2026-08-29', 'the 90 days before'],
    ['range=7&compare=year', '2026-11-21', '2026-11-27', '2025-11-21', '2025-11-27', '21 – 27 Nov 2025'],
    [
      'range=7&compare_from=2026-05-01&compare_to=2026-05-31',
      '2026-11-21',
      '2026-11-27',
      '2026-05-01',
      '2026-05-31',
      'May 2026',
    ],
  ])('%s', (query, ...dates) => {
    const [from, to, earlier, end, words] = dates;
    const page = read(query);
    if ('problems' in page || page.comparison === undefined) throw new Error('It was refused.');
    expect(page.filter).toMatchObject({ from, to });
    expect(page.comparison.period).toEqual({ from: earlier, to: end });
    expect(formatComparedPeriod(page.comparison.period, page.filter)).toBe(words);
    const again = new URLSearchParams(
      Object.entries(toQuery(page)).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      ),
    );
    expect(read(again.toString())).toEqual(page);
  });

  it.each([
    ['compare=never', 'compare'],
    ['compare_from=2026-05-01', 'compare_to'],
  ])('is not compared with nonsense: %s', (query, name) => {
    expect(read(query)).toMatchObject({ problems: [{ name }] });
  });

  it('goes a step back and on, and not beyond the period of today', () => {
    const october = { from: '2026-10-01', to: '2026-10-31' };
    expect(findSteps('last-month', october, today)).toMatchObject({
      earlier: { range: null, period: { from: '2026-09-01', to: '2026-09-30' } },
      later: { range: 'month', period: { from: '2026-11-01', to: today } },
    });
    expect(findSteps('month', { from: '2026-11-01', to: today }, today).later).toBeNull();
    expect(findSteps(null, { from: '2026-06-01', to: '2026-08-29' }, today).later?.range).toBe(90);
    expect(formatPeriod({ from: '2026-07-01', to: '2026-09-30' })).toBe('Jul – Sep 2026');
  });
});

describe('a view that is kept', () => {
  const kept = { query: 'range=month&team=core&team=gone', labels: { gone: 'Old team' } };
  const views = { saved: [], usual: 'range=last-month' };
  const show = (parameters: Record<string, string[]>, lastView: typeof kept | null) => {
    const opened = findOpenedView(parameters, { views, lastView });
    if ('problems' in opened) return opened;
    return readWhatIsLeft(opened, (chosen) => readPageFilter(chosen, parse, []));
  };

  it('opens with what is left of it, and names what is gone', () => {
    expect(show({}, kept)).toMatchObject({ gone: ['Old team'], page: { range: 'month', filter: { teams: ['core'] } } });
  });

  it('is left alone where an address chooses, and an address may not name what is not there', () => {
    expect(show({ team: ['gone'] }, kept)).toMatchObject({ gone: [], page: { problems: [{ value: 'gone' }] } });
  });

  it('is the default of the workspace where nothing was seen before, and is missed by its id', () => {
    expect(show({}, null)).toMatchObject({ page: { range: 'last-month' } });
    expect(show({ view: ['nowhere'] }, kept)).toMatchObject({ problems: [{ name: 'view', value: 'nowhere' }] });
  });
});
