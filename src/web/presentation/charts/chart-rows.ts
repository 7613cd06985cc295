import { addDays } from '../format/dates';
import { describePart, formatBucketLabel, formatBucketName } from './buckets';
import type { BucketRows, ChartRow, ChartRows } from './chart-drawing';

/** Stand in the address of the rows behind a bucket until they are a bucket's dates. */
export const [fromDate, toDate] = ['FROM', 'TO'] as const;

/** Head and rows of a chart's table: each row with its name, its label under the drawing, and its way on. */
export function listChartRows(rows: ChartRows): { readonly head: string; readonly rows: readonly ChartRow[] } {
  return rows.kind === 'named' ? rows : { head: 'Period', rows: listBuckets(rows) };
}

/** How many there are. */
export function countChartRows(rows: ChartRows): number {
  return rows.kind === 'named' ? rows.rows.length : rows.runs.reduce((sum, [count]) => sum + count, 0);
}

function listBuckets({ range, runs, today, href }: BucketRows): ChartRow[] {
  let next = range.from;
  return runs
    .flatMap(([count, length]) => Array<number>(count).fill(length))
    .map((length) => {
      const start = next;
      const end = length === 1 ? start : addDays(start, length - 1);
      next = addDays(end, 1);
      return {
        name: formatBucketName({ start, end }, { range }, today),
        label: formatBucketLabel({ start, end }, range.interval),
        href: href.replace(`from=${fromDate}&to=${toDate}`, `from=${start}&to=${end}`),
        ...describePart({ start, end }, { range }, today),
      };
    });
}
