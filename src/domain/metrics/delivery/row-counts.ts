import type { WorkspaceColumns } from '../../columns/month-columns';

import { toStarts } from '../../columns/narrow';
import { addTo, type Dealt } from '../selection/cells';
import type { RangeDays } from '../selection/range-days';
import { readSpan } from '../selection/read-numbers';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';
import { DayMarks } from './day-marks';
import type { Counting } from './incident-counts';

/** By cell. */
export interface RowCounts {
  readonly deployments: Uint32Array;
  readonly incomplete: Uint32Array;
  readonly excludedChanges: Uint32Array;
  /** Milliseconds. */
  readonly leadTimes: Dealt;
  readonly days: DayMarks;
}

/** Counting that also tells on which days something was deployed: of each system apart, or of all together. */
export interface DailyCounting extends Counting {
  readonly days: RangeDays;
  readonly isBySystem: boolean;
}

/** Rows of a month that pass, with the cell of each. */
interface CellRows extends MonthRows {
  readonly cellOf: Uint32Array;
}

/** The deployments of a range that pass the filters, in two passes over those columns that are needed. */
export function countRows(columns: WorkspaceColumns, counting: DailyCounting): RowCounts {
  const { count } = counting.cells;
  const counts = {
    deployments: new Uint32Array(count),
    incomplete: new Uint32Array(count),
    excludedChanges: new Uint32Array(count),
    changes: new Uint32Array(count),
    days: new DayMarks(counting.days.count, counting.isBySystem ? count : 1),
  };
  const selected = selectMonthRows(columns, counting, { of: (month) => month.deployments, filter: counting.filter });
  const months = selected.map((rows) => countMonth(rows, counting, counts));
  return { ...counts, leadTimes: dealLeadTimes(months, toStarts(counts.changes)) };
}

type Counts = Omit<RowCounts, 'leadTimes'> & { readonly changes: Uint32Array };

function countMonth({ month, rows }: MonthRows, counting: DailyCounting, counts: Counts): CellRows {
  const { at, system, isComplete, changeCount, excludedCount } = month.deployments;
  const { cells, days, isBySystem } = counting;
  const cellOf = new Uint32Array(rows.length);
  rows.forEach((row, index) => {
    const moment = month.startAt + (at[row] ?? 0);
    const cell = cells.toCell(moment, system[row] ?? 0);
    cellOf[index] = cell;
    addTo(counts.deployments, cell, 1);
    addTo(counts.incomplete, cell, isComplete[row] === 1 ? 0 : 1);
    addTo(counts.changes, cell, changeCount[row] ?? 0);
    addTo(counts.excludedChanges, cell, excludedCount[row] ?? 0);
    counts.days.add(days.toDay(moment), isBySystem ? cell : 0);
  });
  return { month, rows, cellOf };
}

/** Lead times are told apart by counting along all rows of a month, also those that do not pass. */
function dealLeadTimes(months: readonly CellRows[], start: Uint32Array): Dealt {
  const numbers = new Float64Array(start.at(-1) ?? 0);
  const next = start.slice();
  for (const { month, rows, cellOf } of months) {
    const { changeCount, leadTimes } = month.deployments;
    const leadStart = toStarts(changeCount);
    rows.forEach((row, index) => {
      const [begin, end] = [leadStart[row] ?? 0, leadStart[row + 1] ?? 0];
      const cell = cellOf[index] ?? 0;
      readSpan(leadTimes, { begin, end }, { into: numbers, from: next[cell] ?? 0 });
      addTo(next, cell, end - begin);
    });
  }
  return { numbers, start };
}
