import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { buildDrawn } from '../../src/web/presentation/charts/chart-table.ts';
import { buildDrawnScatter } from '../../src/web/presentation/charts/scatter-drawing.ts';
import { toConfiguration } from './chart-configuration.js';
import { readDrawing } from './chart-numbers.js';
import { offerBox } from './chart-box.js';
import { barParts, chosenBox, countRow, lineLabels, noteLines } from './chart-plugins.js';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
  barParts,
  chosenBox,
  countRow,
  noteLines,
  lineLabels,
);

let drawn = [];

/** Draws the numbers that the server wrote beside each figure. A page that has been left takes its charts with it. */
export function drawCharts(figures) {
  const isOver = ({ figure }) => !figure.isConnected || figures.includes(figure);
  for (const { chart } of drawn.filter(isOver)) {
    chart.destroy();
  }
  const wanted = figures.filter((figure) => figure.isConnected);
  drawn = [...drawn.filter((one) => !isOver(one)), ...wanted.map(draw)];
}

function draw(figure) {
  const drawing = readDrawing(figure);
  const shown = drawing.kind === 'scatter' ? buildDrawnScatter(drawing) : buildDrawn(drawing);
  const configuration = toConfiguration(shown, (href) => follow(figure, href));
  const canvas = figure.querySelector('canvas');
  const chart = new Chart(canvas, configuration);
  const form = figure.closest('.chart').querySelector('form[data-box]');
  if (form !== null && !('drawn' in figure.dataset)) {
    offerBox(canvas.parentElement, form, () => Chart.getChart(canvas));
  }
  figure.dataset.drawn = '';
  return { figure, chart };
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

function redraw() {
  drawCharts(drawn.map(({ figure }) => figure));
}

window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
