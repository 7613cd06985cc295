import { buildChartTable } from '../../src/web/presentation/charts/chart-table.ts';
import { readDrawing } from './chart-numbers.js';

/** The table of a chart is made when it is opened, or printed: most never are, and they are the most of a page. */
export function offerTables() {
  document.addEventListener('toggle', onToggle, { capture: true });
  window.addEventListener('beforeprint', fillAll);
  window.matchMedia('print').addEventListener('change', fillAll);
  // Somebody may have been quicker than this file.
  document.querySelectorAll('.chart > .numbers[open]').forEach(fill);
}

function onToggle({ target }) {
  if (target.matches('.chart > .numbers') && target.open) {
    fill(target);
  }
}

/** On paper a long one has no room. */
function fillAll() {
  document.querySelectorAll('.chart:not([data-long]) > .numbers').forEach(fill);
}

function fill(details) {
  if (details.querySelector('table') === null) {
    details.append(createTable(buildChartTable(readDrawing(details))));
  }
}

/** As `views/partials/table.hbs` writes it for a browser without scripts. */
function createTable({ caption, heads, rows }) {
  return create('table', { className: 'table', role: 'table' }, [
    create('caption', { className: 'hidden' }, [caption]),
    create('thead', { role: 'rowgroup' }, [
      create(
        'tr',
        { role: 'row' },
        heads.map(({ text, isNumeric }) => createHead('col', 'columnheader', { text, isNumeric })),
      ),
    ]),
    create('tbody', { role: 'rowgroup' }, rows.map(createRow)),
  ]);
}

function createRow({ name, href, cells }) {
  const link = create('a', { className: 'link', href }, [name]);
  link.dataset.link = '';
  const head = create('th', { scope: 'row', role: 'rowheader' }, [link]);
  const numbers = cells.map(({ head: of, text }) => {
    const cell = create('td', { className: 'number', role: 'cell' }, [text]);
    cell.dataset.head = of;
    return cell;
  });
  return create('tr', { role: 'row' }, [head, ...numbers]);
}

function createHead(scope, role, { text, isNumeric }) {
  return create('th', { scope, role, ...(isNumeric ? { className: 'number' } : {}) }, [text]);
}

function create(tag, properties, children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
