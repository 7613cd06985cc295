const svg = 'http://www.w3.org/2000/svg';

/** Names beside signs: the colour is never the only difference. */
export function writeLegend(legend, drawing) {
  const entries = drawing.series.map((series, index) =>
    toEntry(series.name, toSign(series, `var(--chart-${index + 1})`)),
  );
  if (drawing.unfinished !== null) {
    entries.push(toEntry('Not finished', toUnfinishedSign(drawing.series[0].kind)));
  }
  legend.replaceChildren(...(entries.length > 1 ? entries : []));
}

function toEntry(name, sign) {
  const entry = document.createElement('span');
  entry.className = 'legend-entry';
  entry.append(sign, name);
  return entry;
}

function toShape(name, attributes) {
  const shape = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) {
    shape.setAttribute(key, value);
  }
  return shape;
}

function toSvg(...shapes) {
  const sign = toShape('svg', { width: 24, height: 12, 'aria-hidden': 'true' });
  sign.append(...shapes);
  return sign;
}

function toSign(series, colour) {
  if (series.kind === 'bar') {
    return toSvg(toShape('rect', { x: 7, width: 10, height: 12, rx: 2, fill: colour }));
  }
  const line = toShape('path', {
    d: 'M0 6h24',
    stroke: colour,
    'stroke-width': 2,
    'stroke-dasharray': series.isDashed ? '6 4' : '',
  });
  const points = {
    circle: () => [toShape('circle', { cx: 12, cy: 6, r: 3, fill: colour })],
    triangle: () => [toShape('path', { d: 'M12 2l4 7h-8z', fill: colour })],
    none: () => [],
  };
  return toSvg(line, ...points[series.shape]());
}

function toUnfinishedSign(kind) {
  const colour = 'var(--chart-1)';
  if (kind === 'bar') {
    return toSvg(toShape('rect', { x: 7.5, y: 0.5, width: 9, height: 11, rx: 2, fill: 'none', stroke: colour }));
  }
  return toSvg(
    toShape('path', { d: 'M0 6h9', stroke: colour, 'stroke-width': 2, 'stroke-dasharray': '2 3' }),
    toShape('circle', { cx: 12, cy: 6, r: 3, fill: 'none', stroke: colour, 'stroke-width': 1.5 }),
  );
}
