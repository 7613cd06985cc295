import { daysBetween } from '../format/dates';
import type { OneUnit } from '../format/one-unit';
import type { ColumnUnit } from '../format/units';
import { findUnfinished, formatEach, type Bucket, type ReportRange } from './buckets';
import type { ChartColumn, ChartDrawing, NoteMark } from './chart-drawing';
import { fromDate, toDate } from './chart-rows';
import { packValues } from './chart-values';

/** A note as it is drawn: the day and its number in the list. */
export interface NumberedNote {
  readonly date: string;
  readonly number: number;
}

/** What all charts of a page over the same buckets have in common. */
export interface ChartContext {
  /** The present local date of the workspace: its bucket is not finished. */
  readonly today: string;
  readonly notes: readonly NumberedNote[];
  /** Where tables that are too long to stand in a page can be asked for with it; `null`: they stand in this one. */
  readonly tablesHref: string | null;
}

/** `toHref`: where the rows behind a bucket are. `caption`: what the numbers are, without "each week". */
export interface BucketChart {
  readonly caption: string;
  readonly range: ReportRange;
  readonly context: ChartContext;
  readonly toHref: (bucket: Bucket) => string;
  /** Of its durations; `undefined`: each in its two largest units. */
  readonly oneUnit?: OneUnit | undefined;
}

/** A column over the buckets: its heading, what it measures, and its value in one of them. */
export type BucketColumn<B extends Bucket> = readonly [
  head: string,
  unit: ColumnUnit,
  toValue: (bucket: B, index: number) => number | null,
];

/** The part of a chart that its buckets and the columns of its table decide. */
export function buildBucketAxis<B extends Bucket>(
  buckets: readonly B[],
  columns: readonly BucketColumn<B>[],
  { caption, range, context, toHref, oneUnit }: BucketChart,
): Pick<ChartDrawing, 'kind' | 'unfinished' | 'notes' | 'rows' | 'caption' | 'columns'> {
  const { from, to, interval } = range;
  return {
    kind: 'buckets',
    unfinished: findUnfinished(buckets, context.today),
    notes: context.notes.flatMap((note) => buildMark(note, buckets) ?? []),
    rows: {
      kind: 'buckets',
      range: { from, to, interval },
      runs: findRuns(buckets.map(({ start, end }) => daysBetween(start, end) + 1)),
      today: context.today,
      href: toHref({ start: fromDate, end: toDate }),
    },
    caption: `${caption} ${formatEach(interval)}`,
    columns: columns.map(([head, unit, toValue]): ChartColumn => {
      const one = unit === 'seconds' ? oneUnit : undefined;
      const values = packValues(buckets.map(toValue), unit, one);
      return one === undefined ? { head, unit, values } : { head, unit, oneUnit: one, values };
    }),
  };
}

/** How many of the same length follow each other. */
function findRuns(days: readonly number[]): [buckets: number, days: number][] {
  const runs: [number, number][] = [];
  for (const length of days) {
    const last = runs.at(-1);
    if (last?.[1] === length) {
      last[0] += 1;
    } else {
      runs.push([1, length]);
    }
  }
  return runs;
}

/** The middle of its day within its bucket; a note outside all buckets is not drawn. */
function buildMark({ date, number }: NumberedNote, buckets: readonly Bucket[]): NoteMark | null {
  const index = buckets.findIndex(({ start, end }) => start <= date && date <= end);
  const bucket = buckets[index];
  if (bucket === undefined) {
    return null;
  }
  const days = daysBetween(bucket.start, bucket.end) + 1;
  const at = index - 0.5 + (daysBetween(bucket.start, date) + 0.5) / days;
  return { at: Number(at.toFixed(3)), number };
}
