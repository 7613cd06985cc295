import type { DateRange } from '../../calendar/date-range';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import type { PackedColumn } from '../../columns/packed-column';
import { follow, listDayStarts, sumOf, type CellSpan, type Counting } from '../selection/cells';
import { toPercentiles, type Percentiles } from '../statistics';
import type { LeadRuns } from './lead-runs';
import type { DeploymentTally } from './row-counts';
import { findRunRanks } from './run-ranks';

const millisecondsPerSecond = 1_000;

/** All deployments of the buckets of a range of whole local days, from runs by day. */
export function tallyDays(columns: WorkspaceColumns, counting: Counting, range: DateRange): DeploymentTally[] {
  const list = listDayRuns(columns, counting);
  const borders = findBorders(list.startAt, counting.bucketStarts ?? new Float64Array());
  return counting.spans.map(({ begin, end }) => {
    const span = { begin: borders[begin] ?? 0, end: borders[end] ?? 0 };
    return {
      deployments: sumOf(list.deployments, span),
      incomplete: sumOf(list.incomplete, span),
      excludedChanges: sumOf(list.excluded, span),
      leadTimes: toLeadTimes(list.runs, span, sumOf(list.changes, span)),
      listDays: () => listDays(list.startAt.slice(span.begin, span.end), range),
    };
  });
}

/** The deployments of a range by local days; a day that a border of a month cuts is two of them. */
interface DayList {
  /** Ascending. */
  readonly startAt: readonly number[];
  readonly runs: LeadRuns;
  /** Sums over all days before each, so that those of any days are a difference; the last entry is of all. */
  readonly deployments: Uint32Array;
  readonly incomplete: Uint32Array;
  readonly excluded: Uint32Array;
  readonly changes: Uint32Array;
}

function listDayRuns({ months }: WorkspaceColumns, { startAt, endAt }: Counting): DayList {
  const columns: PackedColumn[] = [];
  const [begins, from, to]: [number[], number[], number[]] = [[], [], []];
  const [deployments, incomplete, excluded]: [number[], number[], number[]] = [[], [], []];
  for (const { days } of months.map((month) => month.deployments)) {
    days.startAt.forEach((at, day) => {
      if (at < startAt || at >= endAt) return;
      begins.push(at);
      columns.push(days.leadTimes);
      from.push(days.leadStart[day] ?? 0);
      to.push(days.leadStart[day + 1] ?? 0);
      deployments.push((days.rowStart[day + 1] ?? 0) - (days.rowStart[day] ?? 0));
      incomplete.push(days.incomplete[day] ?? 0);
      excluded.push(days.excluded[day] ?? 0);
    });
  }
  return {
    startAt: begins,
    runs: { columns, from: Uint32Array.from(from), to: Uint32Array.from(to) },
    deployments: toStarts(deployments),
    incomplete: toStarts(incomplete),
    excluded: toStarts(excluded),
    changes: toStarts(to.map((end, index) => end - (from[index] ?? 0))),
  };
}

/** Which day is the first at or after each border. */
function findBorders(ascending: readonly number[], borders: Float64Array): Uint32Array {
  let day = 0;
  return Uint32Array.from(borders, (border) => {
    while (day < ascending.length && (ascending[day] ?? 0) < border) day += 1;
    return day;
  });
}

function toLeadTimes({ columns, from, to }: LeadRuns, { begin, end }: CellSpan, n: number): Percentiles {
  const runs = { columns: columns.slice(begin, end), from: from.subarray(begin, end), to: to.subarray(begin, end) };
  return toPercentiles(n, (ranks) => findRunRanks(runs, n, ranks).map((lead) => lead / millisecondsPerSecond));
}

/** Each day once. */
function listDays(startAt: readonly number[], range: DateRange): number[] {
  const starts = listDayStarts(range);
  let day = 0;
  return [...new Set(startAt)].map((at) => {
    day = follow(starts, day, at);
    return range.firstDay + day;
  });
}
