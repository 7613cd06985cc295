import { groupValues, lookUp } from './look-up';

const inherited = Object.getOwnPropertyNames(Object.prototype);

test('a table has nothing of what every object inherits', () => {
  const table = { day: 1 };
  expect(lookUp(table, 'day')).toBe(1);
  for (const name of inherited) expect([name, lookUp(table, name)]).toEqual([name, undefined]);
});

test('names of what every object inherits are names like any other', () => {
  const pairs = [...inherited, ...inherited].map((name, index) => [name, String(index)] as const);
  const grouped = groupValues(pairs);
  expect(Object.keys(grouped).sort()).toEqual([...inherited].sort());
  for (const [index, name] of inherited.entries()) {
    expect(lookUp(grouped, name)).toEqual([String(index), String(index + inherited.length)]);
  }
  expect(Object.getPrototypeOf(grouped)).toBe(Object.prototype);
});
