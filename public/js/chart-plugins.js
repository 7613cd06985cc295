const lineHeight = 15;

/** Vertical lines where somebody wrote a note; the number leads to the text in the list above the charts. */
export const noteLines = {
  id: 'noteLines',
  afterDatasetsDraw(chart, _args, { notes = [], colours }) {
    const { ctx: context, chartArea: area, scales } = chart;
    const step = scales.x.getPixelForValue(1) - scales.x.getPixelForValue(0) || area.width;
    let taken = -Infinity;
    context.save();
    context.font = `600 11px ${colours?.font ?? 'sans-serif'}`;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    for (const { at, number } of notes) {
      const x = Math.round(scales.x.getPixelForValue(0) + at * step) + 0.5;
      drawDashed(context, colours.text, { x, top: area.top, bottom: area.bottom });
      const width = context.measureText(String(number)).width + 4;
      if (x - width / 2 > taken) {
        context.fillStyle = colours.text;
        context.fillText(String(number), x, area.top - 2);
        taken = x + width / 2;
      }
    }
    context.restore();
  },
};

function drawDashed(context, colour, { x, top, bottom }) {
  context.beginPath();
  context.setLineDash([3, 3]);
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
}

/** The name of each line at its end, so that nobody has to go to the legend and back. */
export const lineLabels = {
  id: 'lineLabels',
  afterDatasetsDraw(chart, _args, { labels = [], start = null, colours }) {
    const { ctx: context, chartArea: area } = chart;
    const ends = labels.flatMap(({ text, colour }, index) => {
      const point =
        text === null ? undefined : findEnd(chart.getDatasetMeta(index).data, chart.data.datasets[index].data);
      return point === undefined ? [] : [{ text, colour, x: point.x, y: point.y }];
    });
    context.save();
    context.font = `600 11px ${colours?.font ?? 'sans-serif'}`;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    context.lineJoin = 'round';
    context.lineWidth = 3;
    context.strokeStyle = colours?.surface ?? 'transparent';
    nameStart(chart, start, colours);
    for (const { text, colour, x, y } of spread(ends, area)) {
      const right = Math.min(area.right, x + 4);
      context.strokeText(text, right, y);
      context.fillStyle = colour;
      context.fillText(text, right, y);
    }
    context.restore();
  },
};

/** What lines are compared with is named where its own begins: at the end there are names already. */
function nameStart({ ctx: context, chartArea: area, scales }, start, colours) {
  if (start === null) {
    return;
  }
  const y = scales.y.getPixelForValue(start.value) - 5;
  context.textAlign = 'left';
  context.strokeText(start.text, area.left + 4, y);
  context.fillStyle = colours.text;
  context.fillText(start.text, area.left + 4, y);
  context.textAlign = 'right';
}

function findEnd(points, values) {
  const index = values.findLastIndex((value) => value !== null);
  return points[index];
}

/** From the lowest upwards, each label above its point and above the label before. */
function spread(ends, area) {
  let free = area.bottom;
  return ends
    .toSorted((one, other) => other.y - one.y)
    .map((end) => {
      const y = Math.max(area.top + lineHeight, Math.min(end.y - 5, free));
      free = y - lineHeight;
      return { ...end, y };
    });
}

/** A bucket that the range cuts is as wide as the days it has, and stands where these are. */
export const barParts = {
  id: 'barParts',
  afterDatasetUpdate(_chart, { meta }, { parts = [] }) {
    if (meta.type !== 'bar') {
      return;
    }
    parts.forEach((part, index) => {
      const bar = meta.data[index];
      if (part < 1 && bar !== undefined) {
        const width = Math.max(3, bar.width * part);
        bar.x += ((bar.width - width) / 2) * (index === 0 && parts.length > 1 ? 1 : -1);
        bar.width = width;
      }
    });
  },
};

/** A row of numbers under the buckets, such as failed deployments: counted without a legend. */
export const countRow = {
  id: 'countRow',
  afterDraw(chart, _args, { counts = [], name, colours }) {
    const { ctx: context, height, scales } = chart;
    if (counts.length === 0) {
      return;
    }
    context.save();
    context.font = `600 12px ${colours.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    context.fillStyle = colours.series[3];
    let free = -Infinity;
    counts.forEach((count, index) => {
      const x = scales.x.getPixelForValue(index);
      const width = context.measureText(String(count)).width / 2 + 2;
      if (count > 0 && x - width > free) {
        context.fillText(String(count), x, height);
        free = x + width;
      }
    });
    context.textAlign = 'left';
    context.font = `12px ${colours.font}`;
    context.fillStyle = colours.text;
    context.fillText(name, 0, height);
    context.restore();
  },
};

/** What is chosen of the points; an end without a limit reaches to the end of the drawing. */
export const chosenBox = {
  id: 'chosenBox',
  beforeDatasetsDraw(chart, _args, { chosen, colours }) {
    if (!chosen) {
      return;
    }
    const { ctx: context, chartArea: area, scales } = chart;
    const toPixel = (scale, place, end) => (place === null ? end : scale.getPixelForValue(place));
    const left = toPixel(scales.x, chosen.x[0], area.left);
    const right = toPixel(scales.x, chosen.x[1], area.right);
    const bottom = toPixel(scales.y, chosen.y[0], area.bottom);
    const top = toPixel(scales.y, chosen.y[1], area.top);
    context.save();
    context.fillStyle = `${colours.series[0]}1a`;
    context.strokeStyle = colours.series[0];
    context.fillRect(left, top, right - left, bottom - top);
    context.strokeRect(left, top, right - left, bottom - top);
    context.restore();
  },
};
