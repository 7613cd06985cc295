import fc from 'fast-check';
import { createChance } from '../../../simulator/world/random';
import { findRanks } from './ranks';

const largest = Number.MAX_SAFE_INTEGER;

/** Many alike, close to one another, at the borders of bins, or of any size up to the largest whole number. */
const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 15, 16, 17, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, largest),
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: 86_400_000, max: 86_400_999 }),
  fc.maxSafeNat(),
);

function expectRanks(numbers: readonly number[], ranks: readonly number[]): void {
  const sorted = Float64Array.from(numbers).sort();
  const found = findRanks(Float64Array.from(numbers), ranks);
  expect(found).toEqual(ranks.map((rank) => sorted[rank]));
}

it('finds the numbers of any ranks in any order, as sorting does', () => {
  const numbers = fc.array(number, { minLength: 1, maxLength: 400, size: 'max' });
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
  fc.assert(
    fc.property(numbers, shares, (drawn, some) => {
      expectRanks(drawn, [0, drawn.length - 1, ...some.map((share) => Math.floor(share * (drawn.length - 1)))]);
    }),
    { numRuns: 300, seed: 9 },
  );
});

it.each([
  ['one value', () => 7_200_000],
  ['few values', (draw: number) => Math.floor(draw * 5) * 3_600_000],
  ['counts', (draw: number) => Math.floor(draw * draw * 2_000)],
  ['durations', (draw: number) => Math.round(Math.exp(30 * draw))],
  ['close together beyond four bytes', (draw: number) => 2 ** 40 + Math.floor(draw * 1_000)],
])('finds them among 100,000 of %s', (_name, toNumber) => {
  const chance = createChance(9);
  const numbers = Array.from({ length: 100_000 }, () => toNumber(chance.between(0, 1_000_000) / 1_000_000));
  expectRanks(numbers, [0, 49_999, 50_000, 74_999, 75_000, 94_999, 95_000, 99_999]);
});

it('finds them in a part of what is kept, and leaves the rest as it is', () => {
  const all = Float64Array.from({ length: 300 }, (_none, index) => (index * 7_919) % 300);
  const sorted = all.slice(100, 200).sort();
  expect(findRanks(all.subarray(100, 200), [0, 50, 99])).toEqual([sorted[0], sorted[50], sorted[99]]);
  expect([...all.subarray(200)]).toEqual(Array.from({ length: 100 }, (_none, index) => ((index + 200) * 7_919) % 300));
});
