import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { toConfiguration } from './chart-configuration.js';
import { writeLegend } from './chart-legend.js';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

let drawn = [];

/** Draws the numbers that the server wrote beside each figure; computes none. */
export function drawCharts(figures, { isQuiet = false } = {}) {
  for (const { chart } of drawn) {
    chart.destroy();
  }
  drawn = figures.map((figure) => draw(figure, isQuiet));
}

function draw(figure, isQuiet) {
  const drawing = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  figure.hidden = false;
  writeLegend(figure.querySelector('.legend'), drawing);
  const configuration = toConfiguration(drawing, { isAnimated: !isQuiet && !prefersStillness() });
  return { figure, chart: new Chart(figure.querySelector('canvas'), configuration) };
}

function prefersStillness() {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function redraw() {
  drawCharts(
    drawn.map(({ figure }) => figure),
    { isQuiet: true },
  );
}

window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
