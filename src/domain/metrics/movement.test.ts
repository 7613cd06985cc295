import fc from 'fast-check';
import { compareFrequencies, compareMedians, compareShares } from './movement';

describe('a median', () => {
  it.each([
    [104, 5, 100, 5, 'higher'],
    [96, 5, 100, 5, 'lower'],
    [103.9, 5, 100, 5, 'no change'],
    [96.1, 500, 100, 500, 'no change'],
    [100, 5, 100, 5, 'no change'],
    [1, 5, 0, 5, 'higher'],
    [0, 5, 0, 5, 'no change'],
    [900, 4, 100, 5, 'too few to tell'],
    [900, 5, 100, 4, 'too few to tell'],
  ] as const)('of %d (of %i) after %d (of %i) is called "%s"', (...[value, n, before, beforeN, movement]) => {
    expect(compareMedians({ value, n }, { value: before, n: beforeN })).toBe(movement);
  });
});

describe('a share', () => {
  it.each([
    [3, 10, 1, 10, 'higher'],
    [1, 10, 3, 10, 'lower'],
    [2, 10, 1, 10, 'no change'],
    [0, 10, 1, 10, 'no change'],
    [2, 10, 0, 10, 'higher'],
    [3, 20, 1, 10, 'no change'],
    [4, 20, 1, 10, 'higher'],
    [104, 1000, 100, 1000, 'higher'],
    [103, 1000, 100, 1000, 'no change'],
    [9, 9, 1, 10, 'too few to tell'],
    [9, 10, 1, 9, 'too few to tell'],
  ] as const)('of %i of %i after %i of %i is called "%s"', (...[part, n, before, beforeN, movement]) => {
    expect(compareShares({ part, n }, { part: before, n: beforeN })).toBe(movement);
  });

  it('never moves by one of its count alone, whatever the rate before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 5_000 }), fc.nat(5_000), fc.constantFrom(-1, 0, 1), (n, part, one) => {
        fc.pre(part + one >= 0 && Math.max(part, part + one) <= n);
        expect(compareShares({ part: part + one, n }, { part, n })).toBe('no change');
      }),
    );
  });
});

describe('a frequency', () => {
  it.each([
    [5, 30, 0, 30, 'higher'],
    [0, 30, 5, 30, 'lower'],
    [5, 30, 4, 30, 'higher'],
    [26, 90, 25, 90, 'higher'],
    [27, 90, 26, 90, 'no change'],
    [5, 30, 15, 90, 'no change'],
    [4, 30, 0, 30, 'too few to tell'],
    [0, 30, 0, 30, 'too few to tell'],
  ] as const)('of %i in %i days after %i in %i is called "%s"', (...[count, days, before, beforeDays, movement]) => {
    expect(compareFrequencies({ count, days }, { count: before, days: beforeDays })).toBe(movement);
  });

  it('moves one way seen from here and the other way seen from there, if it moves by much', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.integer({ min: 1, max: 400 }), (count, factor) => {
        const [less, more] = [
          { count, days: 90 },
          { count: count * (factor + 1), days: 90 },
        ];
        expect([compareFrequencies(more, less), compareFrequencies(less, more)]).toEqual(['higher', 'lower']);
      }),
    );
  });
});
