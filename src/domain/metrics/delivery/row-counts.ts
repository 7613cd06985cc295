import type { DayNumber } from '../../calendar/civil-day';
import type { DateRange } from '../../calendar/date-range';
import type { DeploymentColumns, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import { toDurations } from '../durations';
import { borrowNumbers } from '../scratch';
import { addTo, findCells, follow, listDayStarts, sumOf, type Counting } from '../selection/cells';
import { readSpan } from '../selection/read-numbers';
import { countRows, selectMonthRows, type MonthRows } from '../selection/select-rows';
import type { DeliveryTally } from '../tally';

/** What of a tally is of the deployments, not of incidents. */
export type DeploymentTally = Pick<
  DeliveryTally,
  'deployments' | 'incomplete' | 'leadTimes' | 'excludedChanges' | 'listDays'
>;

/**
 * The deployments of a range that pass the filters, in two passes over those columns that are needed: one to count, one
 * to put lead times where those of their cell lie together. Their days are told of each system, or of all together.
 */
export function tallyRows(columns: WorkspaceColumns, counting: Counting, range: DateRange): DeploymentTally[] {
  const months = selectMonthRows(columns, counting, ({ deployments }) => deployments);
  const cellOf = findCells(months, counting, ({ deployments }) => deployments);
  const { deployments, incomplete, excluded, starts } = countCells(months, cellOf, counting.cells);
  const leads = collectLeads(months, cellOf, starts);
  const listDays = markDays(months, range, counting.bucketStarts === null ? { cellOf, cells: counting.cells } : null);
  return counting.spans.map((span) => ({
    deployments: sumOf(deployments, span),
    incomplete: sumOf(incomplete, span),
    excludedChanges: sumOf(excluded, span),
    leadTimes: toDurations(leads.subarray(starts[span.begin], starts[span.end])),
    listDays: () => listDays(span.begin),
  }));
}

/** Sums over the cells before each; `starts`: of changes that count. */
function countCells(months: readonly MonthRows[], cellOf: Uint32Array, cells: number) {
  const [deployments, incomplete] = [new Uint32Array(cells), new Uint32Array(cells)];
  const [excluded, changes] = [new Uint32Array(cells), new Uint32Array(cells)];
  let next = 0;
  for (const { month, rows } of months) {
    const { isComplete, changeCount, excludedCount } = month.deployments;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const cell = cellOf[next] ?? 0;
      addTo(deployments, cell, 1);
      addTo(incomplete, cell, 1 - (isComplete[row] ?? 0));
      addTo(excluded, cell, excludedCount[row] ?? 0);
      addTo(changes, cell, changeCount[row] ?? 0);
      next += 1;
    }
  }
  return {
    deployments: toStarts(deployments),
    incomplete: toStarts(incomplete),
    excluded: toStarts(excluded),
    starts: toStarts(changes),
  };
}

/** Lead times are told apart by counting along all rows of a month, also those that do not pass. */
function collectLeads(months: readonly MonthRows[], cellOf: Uint32Array, starts: Uint32Array): Float64Array {
  const into = borrowNumbers(starts.at(-1) ?? 0);
  const next = starts.slice();
  let from = 0;
  for (const { month, rows } of months) {
    putLeads(month.deployments, rows, { into, next, cellOf: cellOf.subarray(from) });
    from += rows.length;
  }
  return into;
}

interface Putting {
  readonly into: Float64Array;
  /** Where those of each cell go on. */
  readonly next: Uint32Array;
  readonly cellOf: Uint32Array;
}

function putLeads({ changeCount, leadTimes }: DeploymentColumns, rows: Uint32Array, putting: Putting): void {
  const { into, next, cellOf } = putting;
  let [seen, begin] = [0, 0];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const cell = cellOf[index] ?? 0;
    for (; seen < row; seen += 1) begin += changeCount[seen] ?? 0;
    const count = changeCount[row] ?? 0;
    readSpan(leadTimes, { begin, end: begin + count }, { into, from: next[cell] ?? 0 });
    addTo(next, cell, count);
  }
}

/** What lists the days with a deployment, ascending: of each cell, or of all together. */
function markDays(
  months: readonly MonthRows[],
  range: DateRange,
  apart: { readonly cellOf: Uint32Array; readonly cells: number } | null,
): (cell: number) => DayNumber[] {
  const starts = listDayStarts(range);
  const { cellOf, cells } = apart ?? { cellOf: new Uint32Array(countRows(months)), cells: 1 };
  const marks = new Uint8Array(range.days * cells);
  let [day, place] = [0, 0];
  for (const { month, rows } of months) {
    const { at } = month.deployments;
    for (let index = 0; index < rows.length; index += 1) {
      day = follow(starts, day, month.startAt + (at[rows[index] ?? 0] ?? 0));
      marks[(cellOf[place] ?? 0) * range.days + day] = 1;
      place += 1;
    }
  }
  return (cell) => {
    const own = marks.subarray((apart === null ? 0 : cell) * range.days).subarray(0, range.days);
    return [...own.keys()].filter((index) => own[index] === 1).map((index) => range.firstDay + index);
  };
}
