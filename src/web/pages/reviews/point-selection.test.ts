import { buildMergedItem, toMergedPoints } from '../../../../test/support/pages/sample-reviews';
import { choosePoints, readLimits, toLimitsQuery } from './point-selection';

const ask = (query: string) => {
  const parameters: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) (parameters[name] ??= []).push(value);
  return readLimits(parameters);
};

describe('the limits of chosen pull requests', () => {
  it('are read from an address and written into one again', () => {
    const limits = ask('min_size=400&max_size=&max_hours=60.5');
    expect(limits).toEqual({ size: [400, null], hours: [null, 60.5] });
    expect('size' in limits && toLimitsQuery(limits)).toEqual({
      ...{ min_size: '400', max_size: null, min_hours: null, max_hours: '60.5' },
    });
  });

  it.each([
    ['min_size=-1', 'min_size', '-1'],
    ['max_hours=a day', 'max_hours', 'a day'],
    ['max_size=1e9', 'max_size', '1e9'],
    ['min_hours=9999999999', 'min_hours', '9999999999'],
    ['min_size=5&max_size=4', 'min_size', '5'],
    ['min_size=%3Cscript%3E', 'min_size', '<script>'],
  ])('are named where they are none: %s', (query, name, value) => {
    expect(ask(query)).toMatchObject({ name, value });
  });
});

describe('the points within limits', () => {
  const points = toMergedPoints([
    buildMergedItem(1, { lines_changed: 400, time_to_merge: 3_600 }),
    buildMergedItem(2, { lines_changed: null, time_to_merge: 3_600 }),
    buildMergedItem(3, { lines_changed: 500, time_to_merge: -1 }),
    buildMergedItem(4, { lines_changed: 600, time_to_merge: 7_200 }),
  ]);

  it('have both numbers, and stand in the order of all', () => {
    const all = choosePoints(points, 'lines_changed', { size: [0, null], hours: [null, null] });
    expect([...all.read('id')]).toEqual([1, 4]);
    expect(all.at(1).id).toBe(4);
    expect(() => all.at(2)).toThrow(RangeError);
    const few = choosePoints(points, 'lines_changed', { size: [401, 600], hours: [1, 2] });
    expect([...few.read('id')]).toEqual([4]);
  });
});
