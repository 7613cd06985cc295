import fc from 'fast-check';
import { buildLogAxis, fromLogPlace, toLogPlace } from './log-scale';
import { buildDrawnScatter, countScale, timeScale, type ScatterDrawing } from './scatter-drawing';

describe('a logarithmic scale', () => {
  it.each([countScale, timeScale])(
    'gives back the value of a place, and 0 for what is less than the least',
    (scale) => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 40_000_000, noNaN: true }), (value) => {
          const back = fromLogPlace(toLogPlace(value, scale), scale);
          const expected = value < scale.least ? 0 : value;
          expect(Math.abs(back - expected)).toBeLessThanOrEqual(expected * 1e-9);
        }),
      );
    },
  );

  it('keeps every value between its ends, and has numbers beside it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 90_000_000 }), { minLength: 1, maxLength: 20 }), (values) => {
        const { min, max, ticks } = buildLogAxis(values, countScale);
        const places = values.map((value) => toLogPlace(value, countScale));
        expect(Math.min(...places)).toBeGreaterThanOrEqual(min);
        expect(Math.max(...places)).toBeLessThanOrEqual(max);
        expect(ticks.length).toBeGreaterThan(0);
      }),
    );
  });

  it('has a slot for nothing, where there is any', () => {
    const texts = (values: readonly number[]) => buildLogAxis(values, countScale).ticks.map(({ text }) => text);
    expect(texts([0, 3, 40])).toEqual(['0', '1', '10', '100']);
    expect(texts([30, 4_000])).toEqual(['10', '100', '1,000', '10,000']);
    expect(texts([0])).toEqual(['0']);
  });
});

describe('the points of a scatter', () => {
  const drawing: ScatterDrawing = {
    ...{ kind: 'scatter', xUnit: 'lines', unit: 'Lines changed', latest: '2026-11-18', href: '' },
    systems: [{ uuid: '{a}', name: 'Checkout' }],
    points: [
      [400, 3_600, 0, 1, 0],
      [399, 3_600, 0, 2, 0],
      [900, 3_599, 0, 3, 0],
    ],
  };

  it('are chosen within the limits, both included', () => {
    const { points } = buildDrawnScatter({ ...drawing, chosen: { x: [400, null], y: [3_600, null] } });
    expect(points.map(({ isChosen }) => isChosen)).toEqual([true, false, false]);
    expect(buildDrawnScatter(drawing).points.some(({ isChosen }) => isChosen)).toBe(false);
  });
});
