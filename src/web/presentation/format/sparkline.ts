const width = 96;
const height = 24;
const margin = 3;

/**
 * A line of a few numbers as the shape of an SVG: no axes, no colours, the numbers stand beside it. From zero up to the
 * largest value; `null` is a gap. Nothing to draw gives `null`.
 * @param label what the line says, for those who do not see it
 */
export function buildSparkline(values: readonly (number | null)[], label: string) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) {
    return null;
  }
  const largest = Math.max(...known) || 1;
  const step = values.length > 1 ? (width - 2 * margin) / (values.length - 1) : 0;
  const points = values.map((value, index) =>
    value === null
      ? null
      : { x: round(margin + index * step), y: round(height - margin - (value / largest) * (height - 2 * margin)) },
  );
  const last = points.findLastIndex((point) => point !== null);
  return {
    viewBox: `0 0 ${width} ${height}`,
    path: formatPath(points),
    // Values with a gap on both sides, and the last value: they would not show as a line.
    dots: points
      .filter((point, index) => point !== null && (index === last || isAlone(points, index)))
      .map((point) => point ?? { x: 0, y: 0 }),
    label,
  };
}

type Point = { readonly x: number; readonly y: number } | null;

function formatPath(points: readonly Point[]): string {
  return points
    .map((point, index) =>
      point === null ? '' : `${(points[index - 1] ?? null) === null ? 'M' : 'L'}${point.x} ${point.y}`,
    )
    .join('');
}

function isAlone(points: readonly Point[], index: number): boolean {
  return (points[index - 1] ?? null) === null && (points[index + 1] ?? null) === null;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
