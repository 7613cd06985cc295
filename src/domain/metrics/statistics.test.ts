import fc from 'fast-check';
import { computeMean, computePercentile, computeShare } from './statistics';

describe('a percentile', () => {
  it.each([
    [[315, 670], 0.5, 492.5],
    [[7], 0.95, 7],
    [[1, 2, 3, 4], 0.75, 3.25],
    [[1, 2, 3], 0.5, 2],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(computePercentile(Float64Array.from(values), p)).toBe(expected);
  });

  it('of nothing is null, as are a mean and a share', () => {
    expect(computePercentile(new Float64Array(), 0.5)).toBeNull();
    expect(computeMean(new Float64Array())).toBeNull();
    expect(computeShare(0, 0)).toBeNull();
  });

  it('never leaves the two ranks it lies between', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, p) => {
        const sorted = Float64Array.from(drawn).sort();
        const rank = (sorted.length - 1) * p;
        const found = computePercentile(sorted, p);
        expect(found).toBeGreaterThanOrEqual(sorted[Math.floor(rank)] ?? 0);
        expect(found).toBeLessThanOrEqual(sorted[Math.ceil(rank)] ?? 0);
      }),
    );
  });
});
