import { createChance } from '../../../../simulator/world/random';
import { pickSorted, sortTable } from './sorting';

const chance = createChance(20_261_128);
const column = {
  ...{ key: 'size', text: 'Size', isNumeric: true },
  toValue: ({ size }: { readonly size: number }) => (Number.isNaN(size) ? null : size),
};

describe('A part of a sorted table', () => {
  it('is the same whether all rows are sorted or only their numbers looked at, equal and unknown ones too', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const count = chance.between(0, 60);
      const rows = Array.from({ length: count }, () => ({
        size: chance.between(0, 5) === 0 ? Number.NaN : chance.between(-3, 20),
      }));
      const [start, isDescending] = [chance.between(0, count), chance.between(0, 1) === 1];
      const end = Math.min(count, start + chance.between(0, 20));
      const order = isDescending ? '-size' : 'size';
      const sorted = sortTable(rows, [column], { order, toHref: () => '' }).rows.slice(start, end);
      const picked = pickSorted(
        Float64Array.from(rows, ({ size }) => size),
        { isDescending, start, end },
      );
      expect(picked.map((place) => rows[place])).toEqual(sorted);
      expect(picked.every((place, index) => rows[place] === sorted[index])).toBe(true);
    }
  });
});
