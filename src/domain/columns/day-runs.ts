import { findDayStart, findLocalDay, type TimeZone } from '../calendar/time-zone';
import type { Instant } from '../instant';
import type { CutDays, DeploymentColumns } from './month-columns';
import { findFirst, joinNarrow, toNarrow, toStarts, type Narrow, type Part } from './narrow';
import { joinPacked, packColumn, readPacked, type PackedColumn } from './packed-column';

/** The rows of a month that are to be cut into days. */
interface Cuttable extends Pick<DeploymentColumns, 'at' | 'isComplete' | 'changeCount' | 'excludedCount'> {
  /** Lead times in milliseconds, row by row, each row's behind those of the row before. */
  readonly leads: Float64Array;
}

/** The days of a month as it was, which serve again but for those that something of has changed. */
interface FormerDays {
  readonly days: CutDays;
  /** The beginnings of local days that have rows more or less. */
  readonly touched: ReadonlySet<Instant>;
}

/** Cuts the rows into local days and sorts the lead times of each day. */
export function cutIntoDays(
  rows: Cuttable,
  { startAt, timezone }: { readonly startAt: Instant; readonly timezone: TimeZone },
  former: FormerDays | null = null,
): CutDays {
  const days = listDays(rows.at, startAt, timezone);
  const rowStart = Uint32Array.from([...days.map(({ row }) => row), rows.at.length]);
  const starts = toStarts(rows.changeCount);
  const leadStart = Uint32Array.from(rowStart, (row) => starts[row] ?? 0);
  const findKnown = createFindKnown(former);
  const runs = days.map(({ at }, day) => {
    const { start, end } = readBounds(leadStart, day);
    return findKnown(at) ?? sortRun(rows.leads.subarray(start, end));
  });
  const [complete, excluded] = [toStarts(rows.isComplete), toStarts(rows.excludedCount)];
  return {
    startAt: Float64Array.from(days, ({ at }) => at),
    rowStart,
    incomplete: toNarrow(days.map((_day, day) => countIn(rowStart, day) - sumIn(complete, rowStart, day))),
    excluded: toNarrow(days.map((_day, day) => sumIn(excluded, rowStart, day))),
    leadStart,
    leadTimes: joinPacked(runs.map(({ leadTimes }) => leadTimes)),
    leadPlace: joinNarrow(runs.map(({ leadPlace }) => leadPlace)),
  };
}

/** The lead times of a month row by row, in milliseconds. */
export function listLeads({ startAt, leadStart, leadPlace, leadTimes }: CutDays): Float64Array {
  const leads = new Float64Array(leadPlace.length);
  startAt.forEach((_at, day) => {
    const { start, end } = readBounds(leadStart, day);
    for (let index = start; index < end; index += 1) {
      leads[index] = readPacked(leadTimes, start + (leadPlace[index] ?? 0));
    }
  });
  return leads;
}

function countIn(rowStart: Uint32Array, day: number): number {
  return (rowStart[day + 1] ?? 0) - (rowStart[day] ?? 0);
}

/** By the sums over all rows before each. */
function sumIn(sums: Uint32Array, rowStart: Uint32Array, day: number): number {
  return (sums[rowStart[day + 1] ?? 0] ?? 0) - (sums[rowStart[day] ?? 0] ?? 0);
}

/** The lead times of a day, ascending, and row by row their places. */
interface Run {
  readonly leadTimes: Part<PackedColumn>;
  readonly leadPlace: Part<Narrow>;
}

/** The run of a day of which nothing has changed. */
function createFindKnown(former: FormerDays | null): (at: Instant) => Run | null {
  if (former === null) return () => null;
  const { days, touched } = former;
  const known = new Map([...days.startAt].map((at, day) => [at, day]));
  return (at) => {
    const day = touched.has(at) ? undefined : known.get(at);
    if (day === undefined) return null;
    const bounds = readBounds(days.leadStart, day);
    return { leadTimes: { column: days.leadTimes, ...bounds }, leadPlace: { column: days.leadPlace, ...bounds } };
  };
}

function readBounds(starts: Uint32Array, index: number): { readonly start: number; readonly end: number } {
  return { start: starts[index] ?? 0, end: starts[index + 1] ?? 0 };
}

interface Day {
  readonly at: Instant;
  /** Its first row. */
  readonly row: number;
}

function listDays(at: Uint32Array, startAt: Instant, timezone: TimeZone): Day[] {
  const days: Day[] = [];
  let endAt = Number.NEGATIVE_INFINITY;
  at.forEach((offset, row) => {
    if (startAt + offset < endAt) return;
    const day = findLocalDay(startAt + offset, timezone);
    days.push({ at: findDayStart(day, timezone), row });
    endAt = findDayStart(day + 1, timezone);
  });
  return days;
}

/** @param leads of a day, row by row */
function sortRun(leads: Float64Array): Run {
  const sorted = leads.slice().sort();
  // How many of those of one value have their place: counted where the first of them stands.
  const placed = new Uint32Array(leads.length);
  const places = Uint32Array.from(leads, (lead) => {
    const first = findFirst(sorted, lead);
    const others = placed[first] ?? 0;
    placed[first] = others + 1;
    return first + others;
  });
  const whole = { start: 0, end: leads.length };
  return {
    leadTimes: { column: packColumn([...sorted]), ...whole },
    leadPlace: { column: toNarrow(places), ...whole },
  };
}
