import type { MonthColumns, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import type { PackedColumn } from '../../columns/packed-column';
import type { Phase } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import { mapReviewMetrics, reviewMetrics, type ReviewMetricKey } from '../../reviews/review-metrics';
import { toStatistics } from '../durations';
import { borrowNumbers } from '../scratch';
import { addTo, findCells, sumOf, type CellSpan, type Counting } from '../selection/cells';
import { readRows } from '../selection/read-numbers';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';
import type { PhaseFigures, ReviewFigures } from './review-figures';

/** What Changes & Reviews tells of a range, a bucket or a system. */
export interface ReviewTally {
  readonly merged: number;
  readonly incomplete: number;
  readonly unsized: number;
  readonly metrics: Readonly<Record<ReviewMetricKey, ReviewFigures>>;
}

/** The pull requests merged in the range, to any branch, that pass the filters: what each question begins with. */
export interface CountedMerges {
  readonly months: readonly MonthRows[];
  readonly rows: CountedRows;
  readonly spans: readonly CellSpan[];
}

export function countMerges(columns: WorkspaceColumns, counting: Counting): CountedMerges {
  const months = selectMonthRows(columns, counting, ({ merges }) => merges);
  return { months, rows: countCells(months, counting), spans: counting.spans };
}

/** One number of them. */
export function tallyMetric({ months, rows, spans }: CountedMerges, key: ReviewMetricKey): ReviewFigures[] {
  const known = collectKnown(months, rows, ({ merges }) => merges.metrics[key]);
  return toFigures(key, known, spans);
}

/** How many there are. */
export function tallyMerged({ rows, spans }: CountedMerges): number[] {
  return spans.map((span) => sumOf(rows.starts, span));
}

export function tallyPhases({ months, rows, spans }: CountedMerges): PhaseFigures[] {
  const phases = mapPhases((phase) => addUpCells(months, rows, ({ merges }) => merges.phases[phase]));
  return spans.map((span) =>
    toPhases(sumOf(rows.starts, span), (phase) => addUp(phases[phase].subarray(span.begin, span.end))),
  );
}

export function tallyReviews(counted: CountedMerges): ReviewTally[] {
  const { rows, spans } = counted;
  const metrics = mapReviewMetrics((key) => tallyMetric(counted, key));
  return spans.map((span, index) => {
    const merged = sumOf(rows.starts, span);
    const own = mapReviewMetrics((key) => metrics[key][index] ?? noFigures);
    return {
      merged,
      incomplete: sumOf(rows.incomplete, span),
      unsized: merged - own.lines_changed.n - own.lines_changed.excluded,
      metrics: own,
    };
  });
}

const noFigures: ReviewFigures = { value: null, mean: null, p75: null, p95: null, n: 0, excluded: 0 };

type ColumnOf = (month: MonthColumns) => PackedColumn;

interface CountedRows {
  /** Of each row, month after month. */
  readonly cellOf: Uint32Array;
  /** Sums over the cells before each; `starts`: of all rows. */
  readonly starts: Uint32Array;
  readonly incomplete: Uint32Array;
}

function countCells(months: readonly MonthRows[], counting: Counting): CountedRows {
  const [merged, incomplete] = [new Uint32Array(counting.cells), new Uint32Array(counting.cells)];
  const cellOf = findCells(months, counting, ({ merges }) => merges);
  let next = 0;
  for (const { month, rows } of months) {
    const { isComplete } = month.merges;
    for (let index = 0; index < rows.length; index += 1) {
      const cell = cellOf[next] ?? 0;
      addTo(merged, cell, 1);
      addTo(incomplete, cell, 1 - (isComplete[rows[index] ?? 0] ?? 0));
      next += 1;
    }
  }
  return { cellOf, starts: toStarts(merged), incomplete: toStarts(incomplete) };
}

/** Numbers that count. */
interface Known {
  readonly numbers: Float64Array;
  /** Where those of each cell begin. */
  readonly starts: Uint32Array;
  /** How many negative ones there are in the cells before each. */
  readonly excluded: Uint32Array;
}

/** Numbers cell by cell; a pull request without the number is neither there nor excluded. */
function collectKnown(months: readonly MonthRows[], { cellOf, starts }: CountedRows, columnOf: ColumnOf): Known {
  const into = borrowNumbers(cellOf.length);
  const [next, excluded] = [starts.slice(), new Uint32Array(starts.length - 1)];
  let from = 0;
  for (const { month, rows } of months) {
    const end = from + rows.length;
    putKnown(readRows(columnOf(month), rows), cellOf.subarray(from, end), { into, next, excluded });
    from = end;
  }
  return { numbers: into, starts: closeGaps(into, starts, next), excluded: toStarts(excluded) };
}

interface Putting {
  readonly into: Float64Array;
  /** Where those of each cell go on. */
  readonly next: Uint32Array;
  readonly excluded: Uint32Array;
}

/** Rows of a bucket lie together: where its numbers go on is looked up once, and not for each of them. */
function putKnown(numbers: Float64Array, cellOf: Uint32Array, { into, next, excluded }: Putting): void {
  let [cell, place] = [-1, 0];
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? Number.NaN;
    const own = cellOf[index] ?? 0;
    if (own !== cell) {
      if (cell >= 0) next[cell] = place;
      [cell, place] = [own, next[own] ?? 0];
    }
    if (number >= 0) {
      into[place] = number;
      place += 1;
    } else {
      addTo(excluded, cell, Number(number < 0));
    }
  }
  // A month that is asked has rows.
  next[cell] = place;
}

/** Moves the numbers of the cells together: those from `starts` up to `ends`. Gives where they then begin. */
function closeGaps(numbers: Float64Array, starts: Uint32Array, ends: Uint32Array): Uint32Array {
  const moved = toStarts(
    Uint32Array.from(starts.subarray(1), (_next, cell) => (ends[cell] ?? 0) - (starts[cell] ?? 0)),
  );
  starts.forEach((start, cell) => {
    if (moved[cell] !== start) numbers.copyWithin(moved[cell] ?? 0, start, ends[cell]);
  });
  return moved;
}

function addUpCells(months: readonly MonthRows[], { cellOf, starts }: CountedRows, columnOf: ColumnOf): Float64Array {
  const sums = new Float64Array(starts.length - 1);
  let from = 0;
  for (const { month, rows } of months) {
    const end = from + rows.length;
    addUpRows(readRows(columnOf(month), rows), cellOf.subarray(from, end), sums);
    from = end;
  }
  return sums;
}

/** As above: a sum is put down where the rows of its bucket end. */
function addUpRows(numbers: Float64Array, cellOf: Uint32Array, sums: Float64Array): void {
  let [cell, sum] = [-1, 0];
  for (let index = 0; index < numbers.length; index += 1) {
    const own = cellOf[index] ?? 0;
    if (own !== cell) {
      if (cell >= 0) sums[cell] = sum;
      [cell, sum] = [own, sums[own] ?? 0];
    }
    sum += numbers[index] ?? 0;
  }
  sums[cell] = sum;
}

const unitOf = { seconds: 1_000, count: 1 } as const;

function toFigures(key: ReviewMetricKey, known: Known, spans: readonly CellSpan[]): ReviewFigures[] {
  return spans.map((span) => {
    const own = known.numbers.subarray(known.starts[span.begin], known.starts[span.end]);
    const { median, ...found } = toStatistics(own, unitOf[reviewMetrics[key].unit]);
    const { mean, p75, p95, n } = found;
    // In the order of answers.
    return { value: median, mean, p75, p95, n, excluded: sumOf(known.excluded, span) };
  });
}

/** A pull request that never was in a phase counts there with 0 seconds. */
function toPhases(n: number, toSum: (phase: Phase) => number): PhaseFigures {
  return { mean: n === 0 ? null : mapPhases((phase) => toSum(phase) / unitOf.seconds / n), n };
}

function addUp(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
