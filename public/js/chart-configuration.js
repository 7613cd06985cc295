import { formatTick } from '../../src/web/presentation/charts/format-tick.ts';
import { readColours, toFill } from './chart-colours.js';

/** Chart.js configuration of a drawing; colours are read now, so a change of theme needs a new one. */
export function toConfiguration(drawing, go) {
  const look = readColours();
  const font = { family: look.font, size: 12 };
  const context = { drawing, look, font };
  const kinds = { scatter: toScatter, buckets: toBuckets };
  const { type, data, scales, plugins, findHref, interaction } = kinds[drawing.kind](context);
  return {
    type,
    data,
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      locale: 'en-GB',
      interaction,
      layout: {
        padding: { top: (drawing.notes ?? []).length > 0 ? 18 : 8, bottom: drawing.counts?.length > 0 ? 18 : 0 },
      },
      scales,
      plugins,
      onHover: (event, items, chart) => {
        chart.canvas.style.cursor = findHref(items) === null ? 'default' : 'pointer';
      },
      onClick: (_event, items) => {
        const href = findHref(items);
        if (href !== null) go(href);
      },
    },
  };
}

function toAxis({ look, font }, text) {
  return {
    grid: { color: look.grid, tickLength: 0 },
    border: { display: false },
    ticks: { color: look.text, font, maxTicksLimit: 5, padding: 8, callback: formatTick },
    title: { display: text !== '', text, color: look.text, font },
    beginAtZero: true,
  };
}

/** Bars from zero, lines with gaps, the unfinished bucket lighter and dashed. */
function toBuckets(context) {
  const { drawing, look, font } = context;
  const y = toAxis(context, drawing.unit);
  const { suffix, before } = drawing;
  const toTick = suffix === undefined ? formatTick : (...tick) => `${formatTick(...tick)} ${suffix}`;
  const labels = drawing.series.map(({ label, colour }) => ({ text: label, colour: toInk(colour, look) }));
  return {
    type: drawing.series[0].kind,
    data: {
      labels: drawing.ticks,
      datasets: [
        ...drawing.series.map((series) => (series.kind === 'bar' ? toBars(series, context) : toLine(series, context))),
        ...(before ? [toBefore(before, context)] : []),
      ],
    },
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: {
        offset: true,
        stacked: drawing.isStacked,
        grid: { display: false },
        border: { color: look.grid },
        ticks: { color: look.text, font, maxRotation: 0, autoSkipPadding: 12 },
      },
      y: {
        ...y,
        stacked: drawing.isStacked,
        ticks: { ...y.ticks, callback: toTick, ...(drawing.isCount ? { precision: 0 } : {}) },
      },
    },
    plugins: {
      tooltip: toTooltip(context, {
        filter: (item) => (drawing.series[item.datasetIndex]?.values[item.dataIndex] ?? null) !== null,
        callbacks: {
          title: (items) => (items.length === 0 ? '' : drawing.labels[items[0].dataIndex]),
          label: (item) => `${item.dataset.label}: ${drawing.series[item.datasetIndex].toText(item.dataIndex)}`,
        },
      }),
      noteLines: { notes: drawing.notes, colours: look },
      lineLabels: { labels, start: before ?? null, colours: look },
      barParts: { parts: drawing.parts },
      countRow: { counts: drawing.counts, name: drawing.counted?.name, colours: look },
    },
    findHref: (items) => (items.length === 0 ? null : (drawing.hrefs[items[0].index] ?? null)),
  };
}

function toBars(series, { drawing, look }) {
  const colour = look.series[series.colour - 1];
  const fill = toFill(colour, series.pattern, look.surface);
  const isUnfinished = (position) => drawing.unfinished !== null && position >= drawing.unfinished;
  return {
    type: 'bar',
    label: series.name,
    data: series.values,
    // Bars that are a part of others, such as failed deployments, stand before these.
    order: 4 - series.colour / 8,
    grouped: drawing.isStacked,
    maxBarThickness: 40,
    borderRadius: drawing.isStacked ? 0 : 2,
    borderColor: drawing.isStacked ? look.surface : colour,
    borderWidth: series.values.map((_, position) => (drawing.isStacked ? 1 : isUnfinished(position) ? 1.5 : 0)),
    backgroundColor: series.values.map((_, position) =>
      isUnfinished(position) && !drawing.isStacked ? look.surface : isUnfinished(position) ? `${colour}55` : fill,
    ),
  };
}

/** Grey lines are named in the colour of text, which is read where they are only seen. */
function toInk(colour, look) {
  return colour === 1 ? look.series[0] : look.text;
}

/** The value of the period before, as a line through all buckets. */
function toBefore({ value }, { drawing, look }) {
  return {
    type: 'line',
    data: drawing.labels.map(() => value),
    order: 5,
    borderColor: look.text,
    borderWidth: 1.5,
    borderDash: [2, 3],
    pointRadius: 0,
    pointHitRadius: 0,
    pointHoverRadius: 0,
  };
}

function toLine(series, { drawing, look }) {
  const colour = look.series[series.colour - 1];
  const dash = series.isDashed ? [5, 4] : [];
  const isUnfinished = (position) => drawing.unfinished !== null && position >= drawing.unfinished;
  return {
    type: 'line',
    label: series.name,
    data: series.values,
    order: series.shape === 'none' ? 2 : 0,
    spanGaps: false,
    borderColor: colour,
    borderWidth: series.shape === 'none' ? 1.5 : 2,
    borderDash: dash,
    segment: { borderDash: (part) => (isUnfinished(part.p1DataIndex) ? [2, 3] : dash) },
    pointStyle: series.shape === 'triangle' ? 'triangle' : 'circle',
    pointRadius: toRadii(series),
    pointHoverRadius: 5,
    pointHitRadius: 12,
    pointBorderColor: colour,
    pointBorderWidth: 1.5,
    pointBackgroundColor: series.values.map((_, position) => (isUnfinished(position) ? look.surface : colour)),
  };
}

/** A value with a gap on both sides would not show as a line. */
function toRadii({ shape, values }) {
  const isAlone = (position) => (values[position - 1] ?? null) === null && (values[position + 1] ?? null) === null;
  return values.map((_, position) => (shape === 'none' ? (isAlone(position) ? 2 : 0) : 3));
}

function toScatter(context) {
  const { drawing, look } = context;
  const { points, chosen } = drawing;
  const [plain] = look.series;
  const toColour = ({ isChosen }) => (chosen === null ? `${plain}aa` : isChosen ? plain : `${plain}55`);
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: points.map(({ x, y }) => ({ x, y })),
          pointRadius: 4,
          pointHoverRadius: 6,
          pointHitRadius: 6,
          pointBorderWidth: 0,
          pointBackgroundColor: points.map(toColour),
        },
      ],
    },
    interaction: { mode: 'nearest', intersect: true },
    scales: { x: toLogAxis(context, drawing.x, drawing.unit), y: toLogAxis(context, drawing.y, '') },
    plugins: {
      tooltip: toTooltip(context, { callbacks: { label: (item) => points[item.dataIndex].toText() } }),
      noteLines: false,
      lineLabels: false,
      chosenBox: { chosen, colours: look },
    },
    findHref: (items) => (items.length === 0 ? null : points[items[0].index].href),
  };
}

/** A linear axis of powers: a logarithmic one of Chart.js has no place for nothing. */
function toLogAxis(context, { min, max, ticks }, text) {
  const axis = toAxis(context, text);
  return {
    ...axis,
    ...{ min, max, beginAtZero: false },
    afterBuildTicks: (scale) => {
      scale.ticks = ticks.map(({ value }) => ({ value }));
    },
    ticks: { ...axis.ticks, maxTicksLimit: 20, callback: (_value, index) => ticks[index]?.text },
  };
}

function toTooltip({ look, font }, parts) {
  return {
    backgroundColor: look.bubble,
    titleColor: look.bubbleText,
    bodyColor: look.bubbleText,
    titleFont: { ...font, weight: 600 },
    bodyFont: font,
    padding: 8,
    cornerRadius: 4,
    displayColors: false,
    ...parts,
  };
}
