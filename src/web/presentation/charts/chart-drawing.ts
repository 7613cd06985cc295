/**
 * What the browser draws: every number is already in the unit of the axis, every text already written.
 * The browser computes nothing but positions.
 */
export interface ChartDrawing {
  readonly kind: 'buckets';
  /** Title of the value axis: "deployments", "hours", "%". */
  readonly unit: string;
  /** Counts have no half steps on the axis. */
  readonly isCount: boolean;
  readonly labels: readonly string[];
  /** Position of the bucket that is still running; `null` when all are finished. */
  readonly unfinished: number | null;
  /** Bars of one bucket stand on each other. */
  readonly isStacked: boolean;
  /** The rows behind each bucket; empty: there is no way on. */
  readonly hrefs: readonly (string | null)[];
  readonly notes: readonly NoteMark[];
  readonly series: readonly ChartSeries[];
}

/** A vertical line: `at` in positions of buckets, so that bucket 2 reaches from 1.5 to 2.5. */
export interface NoteMark {
  readonly at: number;
  /** Its number in the list of notes. */
  readonly number: number;
}

export type SeriesColour = 1 | 2 | 3 | 4;
export const patterns = ['plain', 'stripes', 'dots', 'cross'] as const;
export type Pattern = (typeof patterns)[number];

export interface ChartSeries {
  readonly name: string;
  readonly kind: 'bar' | 'line';
  readonly colour: SeriesColour;
  /** The second sign beside the colour. */
  readonly isDashed: boolean;
  readonly shape: 'circle' | 'triangle' | 'none';
  readonly pattern: Pattern;
  /** The space between this line and the one before is filled: the upper edge of a band. */
  readonly isBandEdge: boolean;
  /** Written at the end of the line; `null`: not. */
  readonly label: string | null;
  /** `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** Shown for one point. */
  readonly texts: readonly string[];
}

type LineParts = Pick<ChartSeries, 'name' | 'values' | 'texts'> & Partial<ChartSeries>;

/** A line with points, in the first colour unless told otherwise. */
export function buildLine(parts: LineParts): ChartSeries {
  return { kind: 'line', colour: 1, isDashed: false, shape: 'circle', ...plain, ...parts };
}

/** Bars from zero. */
export function buildBars(parts: LineParts): ChartSeries {
  return { kind: 'bar', colour: 1, isDashed: false, shape: 'none', ...plain, ...parts };
}

const plain = { pattern: 'plain', isBandEdge: false, label: null } as const;

/** The mean of the last `span` buckets with a value, `null` until there are that many. */
export function buildRollingMean(values: readonly number[], span: number): (number | null)[] {
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
