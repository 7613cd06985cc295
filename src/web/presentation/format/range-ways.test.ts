import { buildRangeFrom, buildRangeUpTo } from './range-ways';

const today = '2026-11-22';

describe('a way to another range', () => {
  it('is as long as the usual one, and ends or begins where it was asked to', () => {
    expect(buildRangeUpTo('2026-03-31', today)).toEqual({
      query: { range: null, from: '2026-01-01', to: '2026-03-31' },
      text: 'the 90 days to 31 Mar 2026',
    });
    expect(buildRangeFrom('2026-01-01', today)).toEqual({
      query: { range: null, from: '2026-01-01', to: '2026-03-31' },
      text: 'the 90 days from 1 Jan 2026',
    });
  });

  it('is the last days where they hold it', () => {
    const last = { query: { range: '90', from: null, to: null }, text: 'the last 90 days' };
    expect([
      buildRangeUpTo(today, today),
      buildRangeUpTo('2026-08-25', today),
      buildRangeFrom('2026-11-01', today),
    ]).toEqual([last, last, last]);
    expect(buildRangeUpTo('2026-08-24', today).text).toBe('the 90 days to 24 Aug 2026');
  });

  it('holds what is dated ahead', () => {
    expect(buildRangeFrom('2026-11-23', today).query).toEqual({ range: null, from: '2026-11-23', to: '2027-02-20' });
  });

  it('asks for no date that pages refuse', () => {
    expect(buildRangeUpTo('1970-01-05', today).query).toEqual({ range: null, from: '1970-01-01', to: '1970-01-05' });
    expect(buildRangeFrom('2999-12-30', today).query).toEqual({ range: null, from: '2999-12-30', to: '2999-12-31' });
  });
});
