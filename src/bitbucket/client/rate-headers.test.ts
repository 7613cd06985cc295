import { parseRateHeaders } from './rate-headers';

describe('What an answer says of the requests that are allowed', () => {
  it.each([
    ['1000', 1000],
    [' 4500 ', 4500],
    ['999999999999', 999_999_999_999],
    [null, null],
    ['', null],
    ['0', null],
    ['-5', null],
    ['1e4', null],
    ['1,000', null],
    ['1000, 2000', null],
    ['many', null],
    ['9'.repeat(40), null],
  ])('is %j: %j', (rateLimit, limit) => {
    expect(parseRateHeaders({ rateLimit, nearLimit: null })).toEqual({ limit, isNear: false });
  });

  it.each([
    ['true', true],
    ['True', true],
    ['false', false],
    ['1', false],
    [null, false],
  ])('is near its end: %j is %j', (nearLimit, isNear) => {
    expect(parseRateHeaders({ rateLimit: null, nearLimit })).toEqual({ limit: null, isNear });
  });
});
