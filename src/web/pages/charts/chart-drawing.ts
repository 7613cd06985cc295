/**
 * What the browser draws: every number is already in the unit of the axis, every text already written.
 * The browser computes nothing but positions.
 */
export interface ChartDrawing {
  /** Title of the value axis: "deployments", "hours", "%". */
  readonly unit: string;
  readonly labels: readonly string[];
  /** Position of the bucket that is still running; `null` when all are finished. */
  readonly unfinished: number | null;
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly name: string;
  readonly kind: 'bar' | 'line';
  /** The second sign beside the colour. */
  readonly isDashed: boolean;
  readonly shape: 'circle' | 'triangle' | 'none';
  /** `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** Shown for one point. */
  readonly texts: readonly string[];
}

/** The mean of the last `span` buckets with a value, `null` until there are that many. */
export function toRollingMean(values: readonly number[], span: number): (number | null)[] {
  return values.map((_, index) => {
    if (index + 1 < span) {
      return null;
    }
    return values.slice(index + 1 - span, index + 1).reduce((sum, value) => sum + value, 0) / span;
  });
}

/** Cut for the wire: a chart is a few hundred pixels wide. */
export function roundForDrawing(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}
