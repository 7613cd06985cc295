import type { MergeColumns, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import type { PackedColumn } from '../../columns/packed-column';
import { mapPhases } from '../../reviews/phase-ledger';
import { mapReviewMetrics, reviewMetrics, type ReviewMetricKey } from '../../reviews/review-metrics';
import { toStatistics } from '../durations';
import { borrowNumbers } from '../scratch';
import { addTo, follow, sumOf, type CellSpan, type Counting } from '../selection/cells';
import { readRowsTo } from '../selection/read-numbers';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';
import type { PhaseFigures, ReviewFigures } from './review-figures';

/** What Changes & Reviews tells of a range, a bucket or a system. */
export interface ReviewTally {
  readonly merged: number;
  readonly incomplete: number;
  readonly unsized: number;
  readonly metrics: Readonly<Record<ReviewMetricKey, ReviewFigures>>;
  readonly phases: PhaseFigures;
}

/** The pull requests merged in the range, to any branch, that pass the filters. */
export function tallyReviews(columns: WorkspaceColumns, counting: Counting): ReviewTally[] {
  const { spans } = counting;
  const months = selectMonthRows(columns, counting, ({ merges }) => merges);
  const rows = placeRows(months, counting);
  const numbers = borrowNumbers(rows.places.length);
  const read = (columnOf: (merges: MergeColumns) => PackedColumn) => {
    let from = 0;
    for (const { month, rows: some } of months) {
      readRowsTo(columnOf(month.merges), some, { into: numbers, places: rows.places.subarray(from) });
      from += some.length;
    }
    return numbers;
  };
  const metrics = mapReviewMetrics((key) =>
    toFigures(
      key,
      packKnown(
        read((merges) => merges.metrics[key]),
        rows.starts,
      ),
      spans,
    ),
  );
  const phases = mapPhases((phase) => {
    const milliseconds = read((merges) => merges.phases[phase]);
    return spans.map((span) => addUp(milliseconds, rows.starts, span));
  });
  return spans.map((span, index) => {
    const merged = sumOf(rows.starts, span);
    const own = mapReviewMetrics((key) => metrics[key][index] ?? noFigures);
    return {
      merged,
      incomplete: sumOf(rows.incomplete, span),
      unsized: merged - own.lines_changed.n - own.lines_changed.excluded,
      metrics: own,
      // A pull request that never was in a phase counts there with 0 seconds.
      phases: {
        mean: merged === 0 ? null : mapPhases((phase) => (phases[phase][index] ?? 0) / unitOf.seconds / merged),
        n: merged,
      },
    };
  });
}

const noFigures: ReviewFigures = { value: null, mean: null, p75: null, p95: null, n: 0, excluded: 0 };

/** Rows by cell: those of a cell lie together, behind those of the cell before. */
interface PlacedRows {
  /** Where each row goes, month after month. */
  readonly places: Uint32Array;
  /** Where the rows of each cell begin; the last entry is the count of all. */
  readonly starts: Uint32Array;
  /** Sums over the cells before each. */
  readonly incomplete: Uint32Array;
}

function placeRows(months: readonly MonthRows[], { bucketStarts, cells }: Counting): PlacedRows {
  const [merged, incomplete] = [new Uint32Array(cells), new Uint32Array(cells)];
  const cellOf = new Uint32Array(months.reduce((sum, { rows }) => sum + rows.length, 0));
  let [next, bucket] = [0, 0];
  for (const { month, rows } of months) {
    const { at, system, isComplete } = month.merges;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      if (bucketStarts !== null) bucket = follow(bucketStarts, bucket, month.startAt + (at[row] ?? 0));
      const cell = bucketStarts === null ? (system[row] ?? 0) : bucket;
      addTo(merged, cell, 1);
      addTo(incomplete, cell, 1 - (isComplete[row] ?? 0));
      cellOf[next] = cell;
      next += 1;
    }
  }
  const starts = toStarts(merged);
  return { places: toPlaces(cellOf, starts), starts, incomplete: toStarts(incomplete) };
}

/** Turns the cell of each row into its place. */
function toPlaces(cellOf: Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  for (let index = 0; index < cellOf.length; index += 1) {
    const cell = cellOf[index] ?? 0;
    cellOf[index] = next[cell] ?? 0;
    addTo(next, cell, 1);
  }
  return cellOf;
}

/** Numbers that count. */
interface Known {
  readonly numbers: Float64Array;
  /** Where those of each cell begin. */
  readonly starts: Uint32Array;
  /** How many negative ones there are in the cells before each. */
  readonly excluded: Uint32Array;
}

/** Moves the numbers that are known and not negative together. A pull request without the number is in none of the two. */
function packKnown(numbers: Float64Array, rowStarts: Uint32Array): Known {
  const [starts, excluded] = [new Uint32Array(rowStarts.length), new Uint32Array(rowStarts.length)];
  let [next, negative, place] = [0, 0, 0];
  for (let cell = 0; cell < rowStarts.length; cell += 1) {
    const begin = rowStarts[cell] ?? 0;
    for (; place < begin; place += 1) {
      const number = numbers[place] ?? Number.NaN;
      numbers[next] = number;
      next += number >= 0 ? 1 : 0;
      negative += number < 0 ? 1 : 0;
    }
    starts[cell] = next;
    excluded[cell] = negative;
  }
  return { numbers, starts, excluded };
}

const unitOf = { seconds: 1_000, count: 1 } as const;

function toFigures(key: ReviewMetricKey, known: Known, spans: readonly CellSpan[]): ReviewFigures[] {
  return spans.map((span) => {
    const own = known.numbers.subarray(known.starts[span.begin], known.starts[span.end]);
    const { median, ...found } = toStatistics(own, unitOf[reviewMetrics[key].unit]);
    return { value: median, ...found, excluded: sumOf(known.excluded, span) };
  });
}

function addUp(numbers: Float64Array, starts: Uint32Array, { begin, end }: CellSpan): number {
  let sum = 0;
  for (let place = starts[begin] ?? 0; place < (starts[end] ?? 0); place += 1) sum += numbers[place] ?? 0;
  return sum;
}
