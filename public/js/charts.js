import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { toConfiguration } from './chart-configuration.js';
import { lineLabels, noteLines } from './chart-plugins.js';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
  noteLines,
  lineLabels,
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
  const isAnimated = !isQuiet && !prefersStillness();
  const configuration = toConfiguration(drawing, { isAnimated, go: (href) => follow(figure, href) });
  return { figure, chart: new Chart(figure.querySelector('canvas'), configuration) };
}

/** A link like those of the table: the page's own navigation takes it. */
function follow(figure, href) {
  const link = document.createElement('a');
  link.href = href;
  link.dataset.link = '';
  link.hidden = true;
  figure.append(link);
  link.click();
  link.remove();
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
