import { Ticks } from 'chart.js';
import { formatTick } from './format-tick';

/** What Chart.js writes beside an axis of ours. */
function formatAsChartJs(value: number, index: number, ticks: { value: number }[]): string {
  const scale = { chart: { options: { locale: 'en-GB' } }, options: { ticks: {} } };
  return (Ticks.formatters.numeric as (this: unknown, ...all: unknown[]) => string).call(scale, value, index, ticks);
}

describe('a tick', () => {
  const steps = [0.001, 0.002, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 250, 500, 1_000, 25_000, 1_000_000];

  it.each(steps)('of an axis in steps of %d reads as Chart.js writes it', (step) => {
    for (let count = 1; count <= 8; count += 1) {
      const ticks = Array.from({ length: count }, (_, index) => ({ value: step * index }));
      const read = ticks.map(({ value }, index) => formatTick(value, index, ticks));
      expect(read).toEqual(ticks.map(({ value }, index) => formatAsChartJs(value, index, ticks)));
    }
  });

  it('that stands alone is written with the decimals of its own size', () => {
    const values = [0, 0.3, 0.07, 3, 12, 1_234, 1.5];
    expect(values.map((value) => formatTick(value, 0, [{ value }]))).toEqual(
      values.map((value) => formatAsChartJs(value, 0, [{ value }])),
    );
  });
});
