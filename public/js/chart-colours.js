/** The colours of the present theme. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    series: [1, 2, 3, 4].map((number) => read(`--chart-${number}`)),
    text: read('--ds-text-subtle'),
    grid: read('--ds-border'),
    surface: read('--ds-surface'),
    bubble: read('--ds-background-neutral-bold'),
    bubbleText: read('--ds-text-inverse'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

const size = 8;

/** The second sign of an area beside its colour: lines or dots of the page's ground, as the legend shows them. */
const painters = {
  stripes(context) {
    context.lineWidth = 2;
    strokeLines(context, [
      [0, size, size, 0],
      [-1, 1, 1, -1],
      [size - 1, size + 1, size + 1, size - 1],
    ]);
  },
  dots(context) {
    context.beginPath();
    context.arc(size / 2, size / 2, 1.75, 0, 2 * Math.PI);
    context.fill();
  },
  cross(context) {
    context.lineWidth = 1.5;
    strokeLines(context, [
      [0, 0, size, size],
      [0, size, size, 0],
    ]);
  },
};

function strokeLines(context, lines) {
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of lines) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
  context.stroke();
}

/** What an area is filled with: its colour, and on it the pattern. */
export function toFill(colour, pattern, surface) {
  const paint = painters[pattern];
  if (paint === undefined) {
    return colour;
  }
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, size, size);
  context.fillStyle = surface;
  context.strokeStyle = surface;
  paint(context);
  return context.createPattern(tile, 'repeat');
}
