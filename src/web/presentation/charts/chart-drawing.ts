import type { Interval } from '../../../domain/calendar/bucket';
import type { OneUnit } from '../format/one-unit';
import type { ColumnUnit } from '../format/units';

/**
 * A chart and its table as numbers, each written once: the browser draws them, and makes the words of a point or of a
 * table where somebody looks at it (chart-rows.ts, chart-table.ts, which the server uses as well).
 */
export interface ChartDrawing {
  readonly kind: 'buckets';
  /** Title of the value axis: "deployments", "%"; empty where its numbers have their unit. */
  readonly unit: string;
  /** Behind each number beside the axis: "h". */
  readonly suffix?: string;
  /** Counts have no half steps on the axis. */
  readonly isCount: boolean;
  /** Position of the bucket that is still running; `null` when all are finished. */
  readonly unfinished: number | null;
  /** Bars of one bucket stand on each other. */
  readonly isStacked: boolean;
  readonly notes: readonly NoteMark[];
  /** The value of the period that is compared with, in the unit of the axis, and its words: "Before: 32 h". */
  readonly before?: { readonly value: number; readonly text: string };
  /** A row of numbers under the bars: its name, and the column that has them. Nothing is written for 0. */
  readonly counted?: { readonly name: string; readonly column: number };
  readonly rows: ChartRows;
  /** Of the table. */
  readonly caption: string;
  readonly columns: readonly ChartColumn[];
  readonly series: readonly ChartSeries[];
}

/** What the numbers of one row are of: days of the calendar that follow each other, or what has a name. */
export type ChartRows = BucketRows | NamedRows;

export interface BucketRows {
  readonly kind: 'buckets';
  /** Local dates, both included. */
  readonly range: { readonly from: string; readonly to: string; readonly interval: Interval };
  /** From the first day of the range on: so many buckets of so many days each. */
  readonly runs: readonly (readonly [buckets: number, days: number])[];
  /** The present local date. */
  readonly today: string;
  /** The rows behind a bucket, with `fromDate` and `toDate` in the place of its dates. */
  readonly href: string;
}

interface NamedRows {
  readonly kind: 'named';
  /** Over the names: "Age". */
  readonly head: string;
  readonly rows: readonly ChartRow[];
}

/** One row as people read it: in the table, under the drawing, and the way to what is behind it. */
export interface ChartRow {
  readonly name: string;
  readonly label: string;
  readonly href: string;
  /** Under the label, of a bucket that is shorter than the others: "1 day", "not over". */
  readonly remark?: string;
  /** How much of its bucket the range has, from 0 to 1; said where it is less than all. */
  readonly part?: number;
}

/** A column of the table, and what series are drawn from. */
export interface ChartColumn {
  readonly head: string;
  readonly unit: ColumnUnit;
  /** Of durations that are told in one unit, so that a column of them is compared by eye. */
  readonly oneUnit?: OneUnit;
  readonly values: ChartValues;
}

/** Values with as few digits as read the same: how much one of them is, and they themselves; `null` is a gap. */
export interface ChartValues {
  readonly per: number;
  /** A single one where all are equal. */
  readonly list: readonly (number | null)[] | number | null;
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

/** What is usual is not said: a solid line in the first colour, points as circles, areas without a pattern. */
export interface ChartSeries {
  readonly name: string;
  readonly kind: 'bar' | 'line';
  /** Default: 1. */
  readonly colour?: SeriesColour;
  /** The second sign beside the colour. */
  readonly isDashed?: boolean;
  /** Of the points of a line. Default: circle. */
  readonly shape?: 'triangle' | 'none';
  readonly pattern?: Pattern;
  /** Written at the end of the line. */
  readonly label?: string;
  /** Positions of the columns that are drawn, added up where they are several. */
  readonly columns: readonly number[];
  /** How much of their unit is one on the axis. Default: 1. */
  readonly divisor?: number;
  /** For one point, "9 of 108, 8.3 %" in the place of the value: the positions of the part and of the whole. */
  readonly share?: readonly [part: number, whole: number];
}

type SeriesParts = Omit<ChartSeries, 'kind'>;

export function buildLine(parts: SeriesParts): ChartSeries {
  return { kind: 'line', ...parts };
}

/** Bars from zero. */
export function buildBars(parts: SeriesParts): ChartSeries {
  return { kind: 'bar', ...parts };
}

/** The mean of the last `span` buckets with a value, `null` until there are that many. */
export function buildRollingMean(values: readonly number[], span: number): (number | null)[] {
  return values.map((_, index) => {
    if (index + 1 < span) {
      return null;
    }
    return values.slice(index + 1 - span, index + 1).reduce((sum, value) => sum + value, 0) / span;
  });
}
