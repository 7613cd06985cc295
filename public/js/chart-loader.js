import { readMeta } from './page.js';

/** Loads the drawing of charts only where there is one to draw. */
export function showCharts(options = {}) {
  const figures = [...document.querySelectorAll('figure[data-chart]')];
  const address = readMeta('charts');
  if (figures.length > 0 && address) {
    void import(address).then((module) => module.drawCharts(figures, options));
  }
}
