import type { MergeColumns, WorkspaceColumns } from '../../columns/month-columns';
import type { PackedColumn } from '../../columns/packed-column';
import type { Phase } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import { mapReviewMetrics, type ReviewMetricKey } from '../../reviews/review-metrics';
import { addTo, deal, type Cells, type Dealt } from '../selection/cells';
import { readRows } from '../selection/read-numbers';
import type { RowFilter } from '../selection/row-filter';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';

/** A number of pull requests, by cell. */
export interface NumberCounts {
  /** Milliseconds or counts, where there are any. */
  readonly known: Dealt;
  /** How many are negative. */
  readonly excluded: Uint32Array;
}

/** By cell. */
export interface ReviewCounts {
  readonly merged: Uint32Array;
  readonly complete: Uint32Array;
  readonly metrics: Readonly<Record<ReviewMetricKey, NumberCounts>>;
  /** Sums of milliseconds. */
  readonly phases: Readonly<Record<Phase, Float64Array>>;
}

export interface ReviewCounting {
  readonly startAt: number;
  readonly endAt: number;
  readonly filter: RowFilter;
  readonly cells: Cells;
}

/** The pull requests merged in the range, to any branch, that pass the filters. */
export function countReviews(columns: WorkspaceColumns, counting: ReviewCounting): ReviewCounts {
  const { cells, filter } = counting;
  const months = selectMonthRows(columns, counting, { of: ({ merges }) => merges, filter });
  const cellOf = findCells(months, cells);
  const numbers = new Float64Array(cellOf.length);
  const read = (columnOf: (merges: MergeColumns) => PackedColumn) => {
    let from = 0;
    for (const { month, rows } of months) {
      readRows(columnOf(month.merges), rows, { into: numbers, from });
      from += rows.length;
    }
    return numbers;
  };
  return {
    merged: countEach(cellOf, cells.count),
    complete: countComplete(months, cellOf, cells.count),
    metrics: mapReviewMetrics((key) =>
      dealKnown(
        read(({ metrics }) => metrics[key]),
        cellOf,
        cells.count,
      ),
    ),
    phases: mapPhases((phase) =>
      addUpEach(
        read(({ phases }) => phases[phase]),
        cellOf,
        cells.count,
      ),
    ),
  };
}

/** The cell of each row, month after month. */
function findCells(months: readonly MonthRows[], cells: Cells): Uint32Array {
  const cellOf = new Uint32Array(months.reduce((sum, { rows }) => sum + rows.length, 0));
  let next = 0;
  for (const { month, rows } of months) {
    const { at, system } = month.merges;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      cellOf[next] = cells.toCell(month.startAt + (at[row] ?? 0), system[row] ?? 0);
      next += 1;
    }
  }
  return cellOf;
}

function countComplete(months: readonly MonthRows[], cellOf: Uint32Array, count: number): Uint32Array {
  const complete = new Uint32Array(count);
  let next = 0;
  for (const { month, rows } of months) {
    for (const row of rows) {
      addTo(complete, cellOf[next] ?? 0, month.merges.isComplete[row] ?? 0);
      next += 1;
    }
  }
  return complete;
}

function countEach(cellOf: Uint32Array, count: number): Uint32Array {
  const counts = new Uint32Array(count);
  for (const cell of cellOf) addTo(counts, cell, 1);
  return counts;
}

/** A pull request without the number is in none of the two. */
function dealKnown(numbers: Float64Array, cellOf: Uint32Array, count: number): NumberCounts {
  const excluded = new Uint32Array(count);
  const [known, knownCells] = [new Float64Array(numbers.length), new Uint32Array(numbers.length)];
  let n = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const [number, cell] = [numbers[index] ?? Number.NaN, cellOf[index] ?? 0];
    if (number >= 0) {
      known[n] = number;
      knownCells[n] = cell;
      n += 1;
    } else if (number < 0) {
      addTo(excluded, cell, 1);
    }
  }
  return { known: deal(known.subarray(0, n), knownCells, count), excluded };
}

function addUpEach(numbers: Float64Array, cellOf: Uint32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let index = 0; index < numbers.length; index += 1) addTo(sums, cellOf[index] ?? 0, numbers[index] ?? 0);
  return sums;
}
