import { daysBetween } from '../format/dates';
import { buildTable, type TableColumn } from '../format/tables';
import {
  findUnfinished,
  formatBucketLabel,
  formatBucketName,
  formatEach,
  type Bucket,
  type ReportRange,
} from './buckets';
import type { ChartDrawing, NoteMark } from './chart-drawing';

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
}

type ToBucketHref = (bucket: Bucket) => string;

/** `toHref`: where the rows behind a bucket are. */
export interface BucketChart {
  readonly range: ReportRange;
  readonly context: ChartContext;
  readonly toHref: ToBucketHref;
}

/** The part of a drawing that its buckets decide. */
export function buildBucketAxis(
  buckets: readonly Bucket[],
  { range, context, toHref }: BucketChart,
): Pick<ChartDrawing, 'kind' | 'labels' | 'unfinished' | 'hrefs' | 'notes'> {
  return {
    kind: 'buckets',
    labels: buckets.map((bucket) => formatBucketLabel(bucket, range.interval)),
    unfinished: findUnfinished(buckets, context.today),
    hrefs: buckets.map(toHref),
    notes: context.notes.flatMap((note) => buildMark(note, buckets) ?? []),
  };
}

/** The same numbers as a table: a row for each bucket. */
export function buildBucketTable<B extends Bucket>(
  caption: string,
  columns: readonly TableColumn<B>[],
  chart: BucketChart & { readonly buckets: readonly B[]; readonly toHref: ToBucketHref },
) {
  const { range, context, buckets: rows, toHref } = chart;
  const name = ['Period', (bucket: Bucket) => formatBucketName(bucket, { range }, context.today)] as const;
  return buildTable({ caption: `${caption} ${formatEach(range.interval)}`, rows, name, columns, toHref });
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
