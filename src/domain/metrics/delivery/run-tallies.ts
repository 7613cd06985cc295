import type { DateRange } from '../../calendar/date-range';
import type { DayRuns, WorkspaceColumns } from '../../columns/month-columns';
import { toStarts, type Narrow } from '../../columns/narrow';
import type { Instant } from '../../instant';
import { follow, listDayStarts, sumOf, type CellSpan, type Counting } from '../selection/cells';
import { passesAll } from '../selection/row-filter';
import { selectMonthRows } from '../selection/select-rows';
import { toPercentiles, type Percentiles } from '../statistics';
import type { LeadRuns } from './lead-runs';
import { pickPassing } from './passing-days';
import { findRunRanks } from './run-ranks';
import type { DeploymentTally } from './group-tallies';

const millisecondsPerSecond = 1_000;

/** The deployments of the buckets of a range of whole local days that pass the filters, from runs by day. */
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

function listDayRuns(columns: WorkspaceColumns, counting: Counting): DayList {
  const { startAt, endAt, filter } = counting;
  const passing = passesAll(filter)
    ? columns.months.map(({ deployments }) => deployments.days)
    : selectMonthRows(columns, counting, ({ deployments }) => deployments).map(pickPassing);
  const listed = passing.flatMap((days) =>
    [...days.startAt.keys()].filter((day) => isIn(days.startAt[day], { startAt, endAt })).map((day) => ({ days, day })),
  );
  const read = (toCells: (days: DayRuns) => Narrow) => listed.map(({ days, day }) => toCells(days)[day] ?? 0);
  const countIn = (toBorders: (days: DayRuns) => Uint32Array) =>
    toStarts(listed.map(({ days, day }) => (toBorders(days)[day + 1] ?? 0) - (toBorders(days)[day] ?? 0)));
  return {
    startAt: listed.map(({ days, day }) => days.startAt[day] ?? 0),
    runs: {
      columns: listed.map(({ days }) => days.leadTimes),
      from: Uint32Array.from(read((days) => days.leadStart)),
      to: Uint32Array.from(listed, ({ days, day }) => days.leadStart[day + 1] ?? 0),
    },
    deployments: countIn((days) => days.rowStart),
    incomplete: toStarts(read((days) => days.incomplete)),
    excluded: toStarts(read((days) => days.excluded)),
    changes: countIn((days) => days.leadStart),
  };
}

function isIn(at: Instant | undefined, { startAt, endAt }: Pick<Counting, 'startAt' | 'endAt'>): boolean {
  return at !== undefined && at >= startAt && at < endAt;
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
