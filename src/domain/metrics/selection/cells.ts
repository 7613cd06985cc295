import type { Bucket } from '../../calendar/bucket';
import type { DateRange } from '../../calendar/date-range';
import { findDayStart, type TimeZone } from '../../calendar/time-zone';
import type { MonthColumns, Rows, WorkspaceColumns } from '../../columns/month-columns';
import type { Instant } from '../../instant';
import { groupBySystem, groupByTeam, type Grouping } from './grouping';
import { toRowFilter, type FilterChoice, type RowFilter } from './row-filter';
import { countRows, type MonthRows } from './select-rows';

/** Some cells, one behind the other: those from `begin` up to `end`. */
export interface CellSpan {
  readonly begin: number;
  readonly end: number;
}

/** What is counted, how it is counted apart, and what is told together. */
export interface Counting {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  readonly filter: RowFilter;
  /** How many cells there are: the buckets of the range, or the systems by their numbers. */
  readonly cells: number;
  /** Where each bucket begins, and where the last ends; `null`: the cells are systems. */
  readonly bucketStarts: Float64Array | null;
  /** Of these the numbers are wanted. */
  readonly spans: readonly CellSpan[];
}

/** What is counted of groups, which may have rows in common. */
export interface GroupCounting extends Pick<Counting, 'startAt' | 'endAt' | 'filter'> {
  readonly grouping: Grouping;
  /** Where each bucket begins, and where the last ends; a single one is the range. */
  readonly bucketStarts: Float64Array;
}

interface Question extends FilterChoice {
  readonly range: DateRange;
}

/**
 * A cell for each bucket in order, the range itself without any. Wanted are each bucket, and last all of them.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function toBucketCounting(
  columns: WorkspaceColumns,
  question: Question,
  buckets: readonly Bucket[],
): Counting & Pick<GroupCounting, 'bucketStarts'> {
  const bucketStarts = listBucketStarts(question.range, buckets);
  const cells = bucketStarts.length - 1;
  const spans = [...buckets.map((_bucket, cell) => toCellSpan(cell)), { begin: 0, end: cells }];
  return { ...toWanted(columns, question), cells, bucketStarts, spans };
}

/**
 * A cell for each system by number; wanted is each of those given.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function toSystemCounting(columns: WorkspaceColumns, question: Question, systems: readonly number[]): Counting {
  const cells = columns.names.systems.length;
  return { ...toWanted(columns, question), cells, bucketStarts: null, spans: systems.map(toCellSpan) };
}

/**
 * What is counted of each system that passes.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function toCountingBySystem(
  columns: WorkspaceColumns,
  question: Question,
  buckets: readonly Bucket[],
): GroupCounting {
  const grouping = groupBySystem(columns.names, question.systems);
  return { ...toWanted(columns, question), grouping, bucketStarts: listBucketStarts(question.range, buckets) };
}

/**
 * The same of each of the teams, whichever others a row is of. `teams`: those that are told apart.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function toCountingByTeam(
  columns: WorkspaceColumns,
  question: Question,
  buckets: readonly Bucket[],
): GroupCounting {
  const grouping = groupByTeam(columns.names, question.teams);
  return { ...toWanted(columns, question), grouping, bucketStarts: listBucketStarts(question.range, buckets) };
}

/** Without buckets the range is one. */
function listBucketStarts({ startAt, endAt }: DateRange, buckets: readonly Bucket[]): Float64Array {
  const starts = new Float64Array(Math.max(1, buckets.length) + 1).fill(endAt);
  starts[0] = startAt;
  buckets.forEach((bucket, cell) => (starts[cell] = bucket.startAt));
  return starts;
}

/** The numbers of the systems that a question is about. */
export function listSystems({ names }: WorkspaceColumns, { systems }: FilterChoice): number[] {
  const chosen = new Set(systems);
  return [...names.systems.keys()].filter((system) => systems === null || chosen.has(names.systems[system] ?? ''));
}

function toWanted(columns: WorkspaceColumns, { range, systems, teams }: Question) {
  expectTimezone(columns.timezone, range.timezone);
  const { startAt, endAt } = range;
  return { startAt, endAt, filter: toRowFilter(columns.names, { systems, teams }) };
}

/** Days are cut in one zone; another one in a question is a mistake of the caller. */
function expectTimezone(found: TimeZone, asked: TimeZone): void {
  if (found !== asked) throw new Error(`Days are cut in ${found}; a question in ${asked} cannot be answered by them.`);
}

function toCellSpan(cell: number): CellSpan {
  return { begin: cell, end: cell + 1 };
}

/** Where each local day of a range begins, and where the last ends. */
export function listDayStarts({ firstDay, days, timezone }: DateRange): Float64Array {
  return Float64Array.from({ length: days + 1 }, (_none, day) => findDayStart(firstDay + day, timezone));
}

/** The place of what begins at or before an instant and ends after it, looked for from a place that is near. */
export function follow(starts: Float64Array, near: number, at: Instant): number {
  let place = near;
  while ((starts[place] ?? Number.NEGATIVE_INFINITY) > at) place -= 1;
  while ((starts[place + 1] ?? Number.POSITIVE_INFINITY) <= at) place += 1;
  return place;
}

/** The cell of each row that is selected, month after month. */
export function findCells(
  months: readonly MonthRows[],
  { bucketStarts }: Counting,
  of: (month: MonthColumns) => Rows,
): Uint32Array {
  const cellOf = new Uint32Array(countRows(months));
  let from = 0;
  for (const { month, rows } of months) {
    const into = cellOf.subarray(from, from + rows.length);
    if (bucketStarts === null) copySystems(of(month), rows, into);
    else findBuckets({ startAt: month.startAt, at: of(month).at, bucketStarts }, rows, into);
    from += rows.length;
  }
  return cellOf;
}

function copySystems({ system }: Rows, rows: Uint32Array, into: Uint32Array): void {
  for (let index = 0; index < rows.length; index += 1) into[index] = system[rows[index] ?? 0] ?? 0;
}

interface Moments {
  readonly startAt: Instant;
  readonly at: Uint32Array;
  readonly bucketStarts: Float64Array;
}

function findBuckets({ startAt, at, bucketStarts }: Moments, rows: Uint32Array, into: Uint32Array): void {
  let bucket = 0;
  for (let index = 0; index < rows.length; index += 1) {
    bucket = follow(bucketStarts, bucket, startAt + (at[rows[index] ?? 0] ?? 0));
    into[index] = bucket;
  }
}

/** Counts more in a cell. */
export function addTo(counts: Uint32Array, cell: number, more: number): void {
  counts[cell] = (counts[cell] ?? 0) + more;
}

/** How many there are in some cells together, by the sums of all cells before each. */
export function sumOf(sums: Uint32Array, { begin, end }: CellSpan): number {
  return (sums[end] ?? 0) - (sums[begin] ?? 0);
}
