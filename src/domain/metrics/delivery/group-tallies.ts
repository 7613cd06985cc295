import type { DayNumber } from '../../calendar/civil-day';
import type { DateRange } from '../../calendar/date-range';
import type { CutDays, DeploymentColumns, MonthColumns, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import { readPacked } from '../../columns/packed-column';
import { toPercentilesInSeconds } from '../durations';
import { borrowNumbers } from '../scratch';
import { addTo, follow, listDayStarts, sumOf, type GroupCounting } from '../selection/cells';
import { countMostGroups } from '../selection/grouping';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';
import type { DeliveryTally } from '../tally';

/** What of a tally is of the deployments, not of incidents. */
export type DeploymentTally = Pick<
  DeliveryTally,
  'deployments' | 'incomplete' | 'leadTimes' | 'excludedChanges' | 'listDays'
>;

export interface GroupTally extends DeploymentTally {
  /** The median lead time of each bucket in seconds; `null` without any. */
  readonly leadMedians: readonly (number | null)[];
}

/** Rows of a month with their cells, ascending: a row of several groups stands once for each. */
interface MonthCells {
  readonly month: MonthColumns;
  readonly rows: Uint32Array;
  readonly cells: Uint32Array;
}

/**
 * The deployments of each group in a range of whole local days that pass the filters: a cell for each group and bucket, so
 * that those of a group lie together. In two passes over those columns that are needed: one to count, one to put lead
 * times where those of their cell lie together.
 */
export function tallyGroups(columns: WorkspaceColumns, counting: GroupCounting, range: DateRange): GroupTally[] {
  const { names } = counting.grouping;
  const buckets = counting.bucketStarts.length - 1;
  const months = selectMonthRows(columns, counting, ({ deployments }) => deployments).map((month) =>
    findCells(month, counting),
  );
  const { deployments, incomplete, excluded, starts } = countCells(months, names.length * buckets);
  const leads = collectLeads(months, starts);
  const listDays = markDays(months, range, { groups: names.length, buckets });
  return names.map((_name, group) => {
    const span = { begin: group * buckets, end: (group + 1) * buckets };
    return {
      deployments: sumOf(deployments, span),
      incomplete: sumOf(incomplete, span),
      excludedChanges: sumOf(excluded, span),
      ...toLeadTimes(leads, starts.subarray(span.begin, span.end + 1)),
      listDays: () => listDays(group),
    };
  });
}

/** Of the cells of a group by where they begin. To tell percentiles changes the places of the numbers: cells come first. */
function toLeadTimes(leads: Float64Array, starts: Uint32Array): Pick<GroupTally, 'leadTimes' | 'leadMedians'> {
  const toPercentiles = (begin: number, end: number) =>
    toPercentilesInSeconds(leads.subarray(starts[begin], starts[end]));
  const buckets = starts.length - 1;
  const medians = Array.from(
    { length: buckets > 1 ? buckets : 0 },
    (_none, cell) => toPercentiles(cell, cell + 1).median,
  );
  const leadTimes = toPercentiles(0, buckets);
  return { leadTimes, leadMedians: buckets > 1 ? medians : [leadTimes.median] };
}

function findCells({ month, rows }: MonthRows, { grouping, bucketStarts }: GroupCounting): MonthCells {
  const { at, [grouping.by]: numbers } = month.deployments;
  const most = rows.length * countMostGroups(grouping);
  const found = { rows: new Uint32Array(most), cells: new Uint32Array(most) };
  let [count, bucket] = [0, 0];
  for (const row of rows) {
    bucket = follow(bucketStarts, bucket, month.startAt + (at[row] ?? 0));
    for (const group of grouping.groupsOf[numbers[row] ?? 0] ?? []) {
      found.rows[count] = row;
      found.cells[count] = group * (bucketStarts.length - 1) + bucket;
      count += 1;
    }
  }
  return { month, rows: found.rows.subarray(0, count), cells: found.cells.subarray(0, count) };
}

/** Sums over the cells before each; `starts`: of changes that count. */
function countCells(months: readonly MonthCells[], count: number) {
  const [deployments, incomplete] = [new Uint32Array(count), new Uint32Array(count)];
  const [excluded, changes] = [new Uint32Array(count), new Uint32Array(count)];
  for (const { month, rows, cells } of months) {
    const { isComplete, changeCount, excludedCount } = month.deployments;
    for (let index = 0; index < rows.length; index += 1) {
      const [row, cell] = [rows[index] ?? 0, cells[index] ?? 0];
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

function collectLeads(months: readonly MonthCells[], starts: Uint32Array): Float64Array {
  const putting = { into: borrowNumbers(starts.at(-1) ?? 0), next: starts.slice() };
  for (const month of months) putLeads(month, putting);
  return putting.into;
}

interface Putting {
  readonly into: Float64Array;
  /** Where those of each cell go on. */
  readonly next: Uint32Array;
}

function putLeads({ month, rows, cells }: MonthCells, putting: Putting): void {
  const { days, changeCount }: DeploymentColumns = month.deployments;
  let [seen, begin, day] = [0, 0, 0];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    for (; seen < row; seen += 1) begin += changeCount[seen] ?? 0;
    day = followDay(days.rowStart, day, row);
    putRow({ days, day, begin, end: begin + (changeCount[row] ?? 0) }, cells[index] ?? 0, putting);
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

interface Layout {
  readonly groups: number;
  readonly buckets: number;
}

/** What lists the days of each group with a deployment, ascending. */
function markDays(
  months: readonly MonthCells[],
  range: DateRange,
  { groups, buckets }: Layout,
): (group: number) => DayNumber[] {
  const starts = listDayStarts(range);
  const marks = new Uint8Array(range.days * groups);
  let day = 0;
  for (const { month, rows, cells } of months) {
    const { at } = month.deployments;
    for (let index = 0; index < rows.length; index += 1) {
      day = follow(starts, day, month.startAt + (at[rows[index] ?? 0] ?? 0));
      marks[Math.floor((cells[index] ?? 0) / buckets) * range.days + day] = 1;
    }
  }
  return (group) => {
    const own = marks.subarray(group * range.days, (group + 1) * range.days);
    return [...own.keys()].filter((index) => own[index] === 1).map((index) => range.firstDay + index);
  };
}
