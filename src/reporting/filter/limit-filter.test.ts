import { limitFilter } from './limit-filter';

const filter = { from: '2026-11-01', to: '2026-11-02', interval: 'day', teams: [], isRaw: false } as const;
const limit = (systems: string[], visible: string[] | null) => limitFilter({ ...filter, systems }, visible).systems;

test('without a choice a filter means all that may be seen: of an empty set nothing', () => {
  expect(limit([], null)).toBeNull();
  expect(limit([], ['{a}', '{b}'])).toEqual(['{a}', '{b}']);
  expect(limit([], [])).toEqual([]);
});

test('what is chosen is limited to what may be seen', () => {
  expect(limit(['{a}'], null)).toEqual(['{a}']);
  expect(limit(['{a}', '{c}'], ['{a}', '{b}'])).toEqual(['{a}']);
  expect(limit(['{c}'], ['{a}'])).toEqual([]);
  expect(limit(['{c}'], [])).toEqual([]);
});
