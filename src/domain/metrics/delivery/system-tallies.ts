import type { DayNumber } from '../../calendar/civil-day';
import type { DateRange } from '../../calendar/date-range';
import type { CutDays, DeploymentColumns, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import { readPacked } from '../../columns/packed-column';
import { toPercentilesInSeconds } from '../durations';
import { borrowNumbers } from '../scratch';
import { addTo, follow, listDayStarts, sumOf, type Counting } from '../selection/cells';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';
import type { DeliveryTally } from '../tally';

/** What of a tally is of the deployments, not of incidents. */
export type DeploymentTally = Pick<
  DeliveryTally,
  'deployments' | 'incomplete' | 'leadTimes' | 'excludedChanges' | 'listDays'
>;

/**
 * The deployments of each system in a range of whole local days that pass the filters: a cell a system. In two passes over
 * those columns that are needed: one to count, one to put lead times where those of their system lie together.
 */
export function tallySystems(columns: WorkspaceColumns, counting: Counting, range: DateRange): DeploymentTally[] {
  const months = selectMonthRows(columns, counting, ({ deployments }) => deployments);
  const { deployments, incomplete, excluded, starts } = countCells(months, counting.cells);
  const leads = collectLeads(months, starts);
  const listDays = markDays(months, range, counting.cells);
  return counting.spans.map((span) => ({
    deployments: sumOf(deployments, span),
    incomplete: sumOf(incomplete, span),
    excludedChanges: sumOf(excluded, span),
    leadTimes: toPercentilesInSeconds(leads.subarray(starts[span.begin], starts[span.end])),
    listDays: () => listDays(span.begin),
  }));
}

/** Sums over the cells before each; `starts`: of changes that count. */
function countCells(months: readonly MonthRows[], cells: number) {
  const [deployments, incomplete] = [new Uint32Array(cells), new Uint32Array(cells)];
  const [excluded, changes] = [new Uint32Array(cells), new Uint32Array(cells)];
  for (const { month, rows } of months) {
    const { system, isComplete, changeCount, excludedCount } = month.deployments;
    for (const row of rows) {
      const cell = system[row] ?? 0;
      addTo(deployments, cell, 1);
      addTo(incomplete, cell, 1 - (isComplete[row] ?? 0));
      addTo(excluded, cell, excludedCount[row] ?? 0);
      addTo(changes, cell, changeCount[row] ?? 0);
    }
  }
  return {
    deployments: toStarts(deployments),
    incomplete: toStarts(incomplete),
    excluded: toStarts(excluded),
    starts: toStarts(changes),
  };
}

function collectLeads(months: readonly MonthRows[], starts: Uint32Array): Float64Array {
  const putting = { into: borrowNumbers(starts.at(-1) ?? 0), next: starts.slice() };
  for (const { month, rows } of months) putLeads(month.deployments, rows, putting);
  return putting.into;
}

interface Putting {
  readonly into: Float64Array;
  /** Where those of each cell go on. */
  readonly next: Uint32Array;
}

function putLeads({ days, system, changeCount }: DeploymentColumns, rows: Uint32Array, putting: Putting): void {
  let [seen, begin, day] = [0, 0, 0];
  for (const row of rows) {
    for (; seen < row; seen += 1) begin += changeCount[seen] ?? 0;
    day = followDay(days.rowStart, day, row);
    putRow({ days, day, begin, end: begin + (changeCount[row] ?? 0) }, system[row] ?? 0, putting);
  }
}

/** The day of a row that is not before the one last looked at. */
function followDay(rowStart: Uint32Array, from: number, row: number): number {
  let day = from;
  while ((rowStart[day + 1] ?? Number.POSITIVE_INFINITY) <= row) day += 1;
  return day;
}

interface RowOfDay {
  readonly days: CutDays;
  readonly day: number;
  /** Where its lead times are told, row by row. */
  readonly begin: number;
  readonly end: number;
}

function putRow({ days, day, begin, end }: RowOfDay, cell: number, { into, next }: Putting): void {
  const { leadStart, leadPlace, leadTimes } = days;
  const [start, room] = [leadStart[day] ?? 0, next[cell] ?? 0];
  for (let lead = begin; lead < end; lead += 1) {
    into[room + lead - begin] = readPacked(leadTimes, start + (leadPlace[lead] ?? 0));
  }
  addTo(next, cell, end - begin);
}

/** What lists the days of each cell with a deployment, ascending. */
function markDays(months: readonly MonthRows[], range: DateRange, cells: number): (cell: number) => DayNumber[] {
  const starts = listDayStarts(range);
  const marks = new Uint8Array(range.days * cells);
  let day = 0;
  for (const { month, rows } of months) {
    const { at, system } = month.deployments;
    for (const row of rows) {
      day = follow(starts, day, month.startAt + (at[row] ?? 0));
      marks[(system[row] ?? 0) * range.days + day] = 1;
    }
  }
  return (cell) => {
    const own = marks.subarray(cell * range.days, (cell + 1) * range.days);
    return [...own.keys()].filter((index) => own[index] === 1).map((index) => range.firstDay + index);
  };
}
