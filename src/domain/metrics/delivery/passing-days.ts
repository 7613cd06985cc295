import type { CutDays, DayRuns, DeploymentColumns } from '../../columns/month-columns';
import { findFirst, toNarrow, toStarts, type Narrow } from '../../columns/narrow';
import { findApart, type PackedColumn } from '../../columns/packed-column';
import type { MonthRows } from '../selection/select-rows';

/** Rows of a day that pass. */
interface PassingDay {
  readonly day: number;
  readonly rows: Uint32Array;
  readonly incomplete: number;
  readonly excluded: number;
  readonly leads: number;
}

/**
 * The days of some rows of a month, as if there were no others; days without any are left out. Lead times stay in their
 * order, so nothing is sorted.
 */
export function pickPassing({ month: { deployments }, rows }: MonthRows): DayRuns {
  const { days } = deployments;
  const passing = splitIntoDays(days, rows).map(({ day, own }) => countPassing(deployments, day, own));
  return {
    startAt: Float64Array.from(passing, ({ day }) => days.startAt[day] ?? 0),
    rowStart: toStarts(passing.map((one) => one.rows.length)),
    incomplete: toNarrow(passing.map(({ incomplete }) => incomplete)),
    excluded: toNarrow(passing.map(({ excluded }) => excluded)),
    leadStart: toStarts(passing.map(({ leads }) => leads)),
    leadTimes: pickLeads(deployments, passing),
  };
}

function splitIntoDays({ startAt, rowStart }: CutDays, rows: Uint32Array) {
  const split: { readonly day: number; readonly own: Uint32Array }[] = [];
  let from = 0;
  startAt.forEach((_at, day) => {
    const rest = rows.subarray(from);
    const own = rest.subarray(0, findFirst(rest, rowStart[day + 1] ?? 0));
    if (own.length > 0) split.push({ day, own });
    from += own.length;
  });
  return split;
}

function countPassing(
  { isComplete, excludedCount, changeCount }: DeploymentColumns,
  day: number,
  rows: Uint32Array,
): PassingDay {
  let [incomplete, excluded, leads] = [0, 0, 0];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    incomplete += 1 - (isComplete[row] ?? 0);
    excluded += excludedCount[row] ?? 0;
    leads += changeCount[row] ?? 0;
  }
  return { day, rows, incomplete, excluded, leads };
}

function pickLeads(deployments: DeploymentColumns, passing: readonly PassingDay[]): PackedColumn {
  const { leadStart, leadTimes } = deployments.days;
  const { values, unknown, elsewhere } = leadTimes;
  const into = new Uint32Array(passing.reduce((sum, { leads }) => sum + leads, 0));
  const [rows, numbers]: [number[], number[]] = [[], []];
  let next = 0;
  for (const { day, rows: own, leads } of passing) {
    const [start, end] = [leadStart[day] ?? 0, leadStart[day + 1] ?? 0];
    const marks = borrowMarks(end - start);
    markLeads(deployments, { day, rows: own }, marks);
    const apart = listApart(leadTimes, { start, end, marks });
    copyMarked({ values, start, marks }, into, next);
    next += leads;
    apart.forEach((number, index) => {
      // They end their day.
      rows.push(next - apart.length + index);
      numbers.push(number);
    });
  }
  const apart = { rows: Uint32Array.from(rows), numbers: Float64Array.from(numbers) };
  return { values: into, unknown, elsewhere, ...apart };
}

/** Kept from day to day, and clear between them. */
let kept = new Uint32Array();

/** A bit for each lead time of a day: whoever borrows them clears them. */
function borrowMarks(count: number): Uint32Array {
  const words = Math.ceil(count / 32);
  if (kept.length < words) kept = new Uint32Array(2 * words);
  return kept.subarray(0, words);
}

function markLeads(
  { days, changeCount }: DeploymentColumns,
  { day, rows }: Pick<PassingDay, 'day' | 'rows'>,
  marks: Uint32Array,
): void {
  let seen = days.rowStart[day] ?? 0;
  let begin = days.leadStart[day] ?? 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    for (; seen < row; seen += 1) begin += changeCount[seen] ?? 0;
    markPlaces(days.leadPlace, { begin, end: begin + (changeCount[row] ?? 0) }, marks);
  }
}

function markPlaces(
  places: Narrow,
  { begin, end }: { readonly begin: number; readonly end: number },
  marks: Uint32Array,
): void {
  for (let index = begin; index < end; index += 1) {
    const place = places[index] ?? 0;
    marks[place >>> 5] = (marks[place >>> 5] ?? 0) | (1 << (place & 31));
  }
}

interface Marked {
  /** Of which those from `start` on are marked. */
  readonly values: Narrow;
  readonly start: number;
  readonly marks: Uint32Array;
}

/** Copies what is marked, and clears the marks. */
function copyMarked({ values, start, marks }: Marked, into: Uint32Array, next: number): void {
  let place = next;
  for (let word = 0; word < marks.length; word += 1) {
    let rest = marks[word] ?? 0;
    marks[word] = 0;
    while (rest !== 0) {
      into[place] = values[start + 32 * word + 31 - Math.clz32(rest & -rest)] ?? 0;
      place += 1;
      rest &= rest - 1;
    }
  }
}

/** Those that are marked among the numbers beside. */
function listApart(
  leadTimes: PackedColumn,
  { start, end, marks }: { readonly start: number; readonly end: number; readonly marks: Uint32Array },
): number[] {
  const listed: number[] = [];
  const apart = findApart({ column: leadTimes, start, end });
  for (let index = apart.start; index < apart.end; index += 1) {
    const place = (leadTimes.rows[index] ?? 0) - start;
    const isMarked = (((marks[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
    if (isMarked) listed.push(leadTimes.numbers[index] ?? 0);
  }
  return listed;
}
