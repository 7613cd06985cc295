/** The colours of the present theme. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    series: [read('--chart-1'), read('--chart-2'), read('--chart-3')],
    text: read('--ds-text-subtle'),
    grid: read('--ds-border'),
    surface: read('--ds-surface'),
    bubble: read('--ds-background-neutral-bold'),
    bubbleText: read('--ds-text-inverse'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Chart.js configuration of a drawing: bars from zero, lines with gaps, the unfinished bucket lighter and dashed. */
export function toConfiguration(drawing, { isAnimated }) {
  const colours = readColours();
  const font = { family: colours.font, size: 12 };
  return {
    type: drawing.series[0].kind,
    data: {
      labels: drawing.labels,
      datasets: drawing.series.map((series, index) => toDataset(series, { index, drawing, colours })),
    },
    options: {
      animation: isAnimated ? { duration: 200 } : false,
      responsive: true,
      maintainAspectRatio: false,
      locale: 'en-GB',
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 8 } },
      scales: {
        x: {
          grid: { display: false },
          border: { color: colours.grid },
          ticks: { color: colours.text, font, maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          beginAtZero: true,
          grid: { color: colours.grid, tickLength: 0 },
          border: { display: false },
          ticks: {
            color: colours.text,
            font,
            maxTicksLimit: 5,
            padding: 8,
            ...(drawing.unit === 'deployments' ? { precision: 0 } : {}),
          },
          title: { display: true, text: drawing.unit, color: colours.text, font },
        },
      },
      plugins: { tooltip: toTooltip(drawing, colours, font) },
    },
  };
}

function toDataset(series, context) {
  return series.kind === 'bar' ? toBars(series, context) : toLine(series, context);
}

function toBars(series, { index, drawing, colours }) {
  const colour = colours.series[index];
  const isUnfinished = (position) => drawing.unfinished !== null && position >= drawing.unfinished;
  return {
    type: 'bar',
    label: series.name,
    data: series.values,
    order: 1,
    maxBarThickness: 40,
    borderRadius: 2,
    borderColor: colour,
    borderWidth: series.values.map((_, position) => (isUnfinished(position) ? 1 : 0)),
    backgroundColor: series.values.map((_, position) => (isUnfinished(position) ? `${colour}33` : colour)),
  };
}

function toLine(series, { index, drawing, colours }) {
  const colour = colours.series[index];
  const radius = series.shape === 'none' ? 0 : 3;
  const dash = series.isDashed ? [6, 4] : [];
  const isUnfinished = (position) => drawing.unfinished !== null && position >= drawing.unfinished;
  return {
    type: 'line',
    label: series.name,
    data: series.values,
    order: 0,
    spanGaps: false,
    borderColor: colour,
    borderWidth: 2,
    borderDash: dash,
    segment: { borderDash: (part) => (isUnfinished(part.p1DataIndex) ? [2, 3] : dash) },
    pointStyle: series.shape === 'triangle' ? 'triangle' : 'circle',
    pointRadius: radius,
    pointHoverRadius: 5,
    pointHitRadius: 12,
    pointBorderColor: colour,
    pointBorderWidth: 1.5,
    pointBackgroundColor: series.values.map((_, position) => (isUnfinished(position) ? colours.surface : colour)),
  };
}

function toTooltip(drawing, colours, font) {
  return {
    backgroundColor: colours.bubble,
    titleColor: colours.bubbleText,
    bodyColor: colours.bubbleText,
    titleFont: { ...font, weight: 600 },
    bodyFont: font,
    padding: 8,
    cornerRadius: 4,
    displayColors: false,
    filter: (item) => drawing.series[item.datasetIndex].texts[item.dataIndex] !== '',
    callbacks: {
      title: (items) => {
        const position = items[0]?.dataIndex;
        return position === undefined ? '' : (drawing.titles ?? drawing.labels)[position];
      },
      label: (item) => `${item.dataset.label}: ${drawing.series[item.datasetIndex].texts[item.dataIndex]}`,
    },
  };
}
