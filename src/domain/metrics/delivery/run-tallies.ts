import type { DeploymentColumns, WorkspaceColumns } from '../../columns/month-columns';
import type { PackedColumn } from '../../columns/packed-column';
import type { Instant } from '../../instant';
import type { RangeDays } from '../selection/range-days';
import { toStarts } from '../../columns/narrow';
import { toPercentiles, type Percentiles } from '../statistics';
import type { LeadRuns } from './lead-runs';
import { findRunRanks } from './run-ranks';

const millisecondsPerSecond = 1_000;

/** The deployments of a range by local days; a day that a border of a month cuts is two of them. */
export interface DayList {
  /** Of the range, 0 its first; ascending. */
  readonly day: readonly number[];
  readonly runs: LeadRuns;
  /** Sums over all days before each, so that those of any days are a difference; the last entry is of all. */
  readonly deployments: Uint32Array;
  readonly incomplete: Uint32Array;
  readonly excluded: Uint32Array;
  readonly changes: Uint32Array;
}

interface Span {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
}

/** All days of a range of whole local days. */
export function listDayRuns({ months }: WorkspaceColumns, { startAt, endAt }: Span, days: RangeDays): DayList {
  const columns: PackedColumn[] = [];
  const [day, from, to]: [number[], number[], number[]] = [[], [], []];
  const [deployments, incomplete, excluded]: [number[], number[], number[]] = [[], [], []];
  for (const { deployments: all } of months) {
    const { startAt: begins, leadStart, leadTimes } = all.days;
    begins.forEach((at, index) => {
      if (at < startAt || at >= endAt) return;
      const rows = { begin: all.days.rowStart[index] ?? 0, end: all.days.rowStart[index + 1] ?? 0 };
      columns.push(leadTimes);
      day.push(days.toDay(at));
      from.push(leadStart[index] ?? 0);
      to.push(leadStart[index + 1] ?? 0);
      deployments.push(rows.end - rows.begin);
      incomplete.push(countIncomplete(all, rows));
      excluded.push(addUp(all.excludedCount, rows));
    });
  }
  return {
    day,
    runs: { columns, from: Uint32Array.from(from), to: Uint32Array.from(to) },
    deployments: toStarts(deployments),
    incomplete: toStarts(incomplete),
    excluded: toStarts(excluded),
    changes: toStarts(to.map((end, index) => end - (from[index] ?? 0))),
  };
}

interface Some {
  readonly begin: number;
  readonly end: number;
}

function countIncomplete({ isComplete }: DeploymentColumns, { begin, end }: Some): number {
  return end - begin - addUp(isComplete, { begin, end });
}

function addUp(numbers: Uint8Array | Uint16Array | Uint32Array, { begin, end }: Some): number {
  let sum = 0;
  for (let index = begin; index < end; index += 1) sum += numbers[index] ?? 0;
  return sum;
}

/** What some days of a list have together: those from `begin` up to `end`. */
export function tallyDays(list: DayList, { begin, end }: Some) {
  const sumOf = (sums: Uint32Array) => (sums[end] ?? 0) - (sums[begin] ?? 0);
  return {
    deployments: sumOf(list.deployments),
    incomplete: sumOf(list.incomplete),
    excludedChanges: sumOf(list.excluded),
    leadTimes: toLeadTimes(list.runs, { begin, end }, sumOf(list.changes)),
    listDays: (firstDay: number) => [...new Set(list.day.slice(begin, end))].map((day) => firstDay + day),
  };
}

function toLeadTimes({ columns, from, to }: LeadRuns, { begin, end }: Some, n: number): Percentiles {
  const runs = { columns: columns.slice(begin, end), from: from.subarray(begin, end), to: to.subarray(begin, end) };
  return toPercentiles(n, (ranks) => findRunRanks(runs, n, ranks).map((lead) => lead / millisecondsPerSecond));
}
