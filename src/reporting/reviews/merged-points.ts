import type { MonthColumns } from '../../domain/columns/month-columns';
import type { Instant } from '../../domain/instant';
import { readRows } from '../../domain/metrics/selection/read-numbers';
import { toRowFilter } from '../../domain/metrics/selection/row-filter';
import { selectMonthRows, type MonthRows } from '../../domain/metrics/selection/select-rows';
import { reviewMetrics } from '../../domain/reviews/review-metrics';
import type { SystemName } from '../answers/choices';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toSelection } from '../filter/selection';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** What lists sort merged pull requests by and charts lay them out by, as far as it is one of their numbers. */
export const pointMetrics = [
  'time_to_merge',
  'time_to_first_review',
  'lines_changed',
  'commits',
  'comments',
  'reviews',
] as const;
type PointMetric = (typeof pointMetrics)[number];
export type PointNumber = PointMetric | 'id' | 'mergedAt';

/** A merged pull request by its numbers, without any words of its own: seconds and counts, `null`: unknown. */
export interface MergedPoint extends Readonly<Record<PointMetric, number | null>> {
  readonly id: number;
  readonly system: SystemName;
  readonly mergedAt: Instant;
  readonly comments: number;
  readonly reviews: number;
}

/** Merged pull requests, newest merge first, as columns: nothing is made of one that nobody looks at. */
export interface MergedPoints {
  readonly count: number;
  /** @throws if there are not so many */
  at(place: number): MergedPoint;
  /** The number of each in order; NaN: unknown. */
  read(number: PointNumber): Float64Array;
}

/** Rows of one month, of which the newest has the first of its places. */
export interface Part extends MonthRows {
  readonly firstPlace: number;
}

/** At most so many of those that Changes & Reviews counts under the filter. */
export function openMergedPoints(version: WorkspaceVersion, filter: VisibleFilter, limit: number): MergedPoints {
  const columns = pickColumns(version, filter);
  const selection = toSelection(filter, version.known.settings);
  const wanted = { ...selection, filter: toRowFilter(columns.names, selection) };
  const parts = takeNewest(
    selectMonthRows(columns, wanted, ({ merges }) => merges),
    limit,
  );
  const count = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  return {
    count,
    at: (place) => {
      const part = parts.findLast(({ firstPlace }) => firstPlace <= place);
      const row = part?.rows.at(part.firstPlace - place - 1);
      if (part === undefined || row === undefined) throw new RangeError(`There is no point ${place}.`);
      const system = columns.names.systems[part.month.merges.system[row] ?? 0] ?? '';
      return toPoint(part.month, row, version.systems.toName(system));
    },
    read: (number) => {
      const numbers = new Float64Array(count);
      for (const part of parts) fill(numbers.subarray(part.firstPlace), readPart(part, number));
      return numbers;
    },
  };
}

/** At most so many, newest first. */
export function takeNewest(months: readonly MonthRows[], limit: number): Part[] {
  let firstPlace = 0;
  return months.toReversed().flatMap(({ month, rows }) => {
    const taken = rows.subarray(Math.max(0, rows.length - (limit - firstPlace)));
    firstPlace += taken.length;
    return taken.length === 0 ? [] : [{ month, rows: taken, firstPlace: firstPlace - taken.length }];
  });
}

/** Puts numbers in from the last to the first. */
export function fill(into: Float64Array, ascending: Float64Array): void {
  const last = ascending.length - 1;
  for (let place = 0; place <= last; place += 1) into[place] = ascending[last - place] ?? Number.NaN;
}

/** In the order of its rows; only good until the next question. */
export function readPart({ month, rows }: Part, number: PointNumber): Float64Array {
  const { merges, startAt } = month;
  if (number === 'id') return Float64Array.from(rows, (row) => merges.number[row] ?? 0);
  if (number === 'mergedAt') return Float64Array.from(rows, (row) => startAt + (merges.at[row] ?? 0));
  const numbers = readRows(merges.metrics[number], rows);
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = toTold(number, numbers[index] ?? Number.NaN);
  return numbers;
}

/** Whoever is unknown to have commented has not. */
function toTold(metric: PointMetric, number: number): number {
  if (Number.isNaN(number) && (metric === 'comments' || metric === 'reviews')) return 0;
  return reviewMetrics[metric].unit === 'seconds' ? number / 1000 : number;
}

function toPoint(month: MonthColumns, row: number, system: SystemName): MergedPoint {
  const part = { month, rows: Uint32Array.of(row), firstPlace: 0 };
  const read = (number: PointNumber) => readPart(part, number)[0] ?? Number.NaN;
  return {
    id: read('id'),
    system,
    mergedAt: read('mergedAt'),
    time_to_merge: toKnown(read('time_to_merge')),
    time_to_first_review: toKnown(read('time_to_first_review')),
    lines_changed: toKnown(read('lines_changed')),
    commits: toKnown(read('commits')),
    comments: read('comments'),
    reviews: read('reviews'),
  };
}

function toKnown(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
