import { findDayStart, findLocalDay, type TimeZone } from '../calendar/time-zone';
import type { Instant } from '../instant';
import type { DayRuns, DeploymentColumns } from './month-columns';
import { toNarrow, toStarts, type Narrow, type Part } from './narrow';
import { findApart, joinPacked, type PackedColumn } from './packed-column';

/** The rows of a month that are to be cut into days. */
type Cuttable = Pick<DeploymentColumns, 'at' | 'isComplete' | 'changeCount' | 'excludedCount' | 'leadTimes'>;

/** The days of a month as it was, which serve again but for those that something of has changed. */
interface FormerDays {
  readonly days: DayRuns;
  /** The beginnings of local days that have rows more or less. */
  readonly touched: ReadonlySet<Instant>;
}

/** Cuts the rows into local days and sorts the lead times of each day. */
export function cutIntoDays(
  rows: Cuttable,
  { startAt, timezone }: { readonly startAt: Instant; readonly timezone: TimeZone },
  former: FormerDays | null = null,
): DayRuns {
  const days = listDays(rows.at, startAt, timezone);
  const rowStart = Uint32Array.from([...days.map(({ row }) => row), rows.at.length]);
  const leads = toStarts(rows.changeCount);
  const leadStart = Uint32Array.from(rowStart, (row) => leads[row] ?? 0);
  const findKnown = createFindKnown(former);
  const parts = days.map(
    ({ at }, day) => findKnown(at) ?? sortPart({ column: rows.leadTimes, ...readBounds(leadStart, day) }),
  );
  const leadTimes = joinPacked(parts);
  const [complete, excluded] = [toStarts(rows.isComplete), toStarts(rows.excludedCount)];
  return {
    startAt: Float64Array.from(days, ({ at }) => at),
    rowStart,
    incomplete: toNarrow(days.map((_day, day) => countIn(rowStart, day) - sumIn(complete, rowStart, day))),
    excluded: toNarrow(days.map((_day, day) => sumIn(excluded, rowStart, day))),
    leadStart,
    leadTimes,
  };
}

function countIn(rowStart: Uint32Array, day: number): number {
  return (rowStart[day + 1] ?? 0) - (rowStart[day] ?? 0);
}

/** By the sums over all rows before each. */
function sumIn(sums: Uint32Array, rowStart: Uint32Array, day: number): number {
  return (sums[rowStart[day + 1] ?? 0] ?? 0) - (sums[rowStart[day] ?? 0] ?? 0);
}

/** The sorted lead times of a day of which nothing has changed. */
function createFindKnown(former: FormerDays | null): (at: Instant) => Part<PackedColumn> | null {
  if (former === null) return () => null;
  const { days, touched } = former;
  const known = new Map([...days.startAt].map((at, day) => [at, day]));
  return (at) => {
    const day = touched.has(at) ? undefined : known.get(at);
    return day === undefined ? null : { column: days.leadTimes, ...readBounds(days.leadStart, day) };
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

/** What stands beside is larger than all that does not, as its mark is: it comes last. */
function sortPart({ column, start, end }: Part<PackedColumn>): Part<PackedColumn> {
  const values: Narrow = column.values.slice(start, end).sort();
  const apart = findApart({ column, start, end });
  const numbers = column.numbers.slice(apart.start, apart.end).sort();
  const rows = Uint32Array.from(numbers, (_number, index) => values.length - numbers.length + index);
  return { column: { ...column, values, rows, numbers }, start: 0, end: values.length };
}
