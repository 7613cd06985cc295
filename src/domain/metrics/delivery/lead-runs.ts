import { readPacked, type PackedColumn } from '../../columns/packed-column';

/** Lead times that ascend within each run: run `r` is `columns[r]` from `from[r]` up to `to[r]`, in milliseconds. */
export interface LeadRuns {
  readonly columns: readonly PackedColumn[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** The first number above a limit among those of a run from `low` up to `high`. */
export function findAbove(
  { values, elsewhere }: PackedColumn,
  limit: number,
  { low, high }: { readonly low: number; readonly high: number },
): number {
  // What does not fit stands at the end of its run: its mark is above everything that fits.
  const most = Math.min(limit, elsewhere - 1);
  let [begin, end] = [low, high];
  while (begin < end) {
    const middle = (begin + end) >>> 1;
    if ((values[middle] ?? 0) > most) end = middle;
    else begin = middle + 1;
  }
  return begin;
}

/** The smallest number at a place of each run; places at the end of their runs have none. */
export function findSmallestAt({ columns, to }: LeadRuns, places: Uint32Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  columns.forEach((column, run) => {
    const place = places[run] ?? 0;
    if (place < (to[run] ?? 0)) smallest = Math.min(smallest, readPacked(column, place));
  });
  return smallest;
}

/** All numbers of the runs between two places of each, `count` together. */
export function gatherBetween(
  { columns }: LeadRuns,
  { low, high }: { readonly low: Uint32Array; readonly high: Uint32Array },
  count: number,
): Float64Array {
  const numbers = new Float64Array(count);
  let next = 0;
  columns.forEach((column, run) => {
    const end = high[run] ?? 0;
    for (let place = low[run] ?? 0; place < end; place += 1) {
      numbers[next] = readPacked(column, place);
      next += 1;
    }
  });
  return numbers;
}
