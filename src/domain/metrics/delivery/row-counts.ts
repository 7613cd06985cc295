import type { DateRange } from '../../calendar/date-range';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { toStarts } from '../../columns/narrow';
import { toDurations } from '../durations';
import { borrowNumbers } from '../scratch';
import { addTo, follow, listDayStarts, sumOf, type Counting } from '../selection/cells';
import { readSpan } from '../selection/read-numbers';
import { selectMonthRows, type MonthRows } from '../selection/select-rows';
import type { DeliveryTally } from '../tally';

/** What of a tally is of the deployments, not of incidents. */
export type DeploymentTally = Pick<
  DeliveryTally,
  'deployments' | 'incomplete' | 'leadTimes' | 'excludedChanges' | 'listDays'
>;

/**
 * The deployments of a range that pass the filters, in two passes over those columns that are needed: one to count, one
 * to put lead times where those of their cell lie together. Their days are told of each system, or of all together.
 */
export function tallyRows(columns: WorkspaceColumns, counting: Counting, range: DateRange): DeploymentTally[] {
  const months = selectMonthRows(columns, counting, ({ deployments }) => deployments);
  const counts = createCounts(counting.cells);
  const listDays = countMonths(months, counting, { counts, dayStarts: listDayStarts(range) });
  const [deployments, incomplete] = [toStarts(counts.deployments), toStarts(counts.incomplete)];
  const [excluded, starts] = [toStarts(counts.excluded), toStarts(counts.changes)];
  const leads = collectLeads(months, counting, starts);
  return counting.spans.map((span) => ({
    deployments: sumOf(deployments, span),
    incomplete: sumOf(incomplete, span),
    excludedChanges: sumOf(excluded, span),
    leadTimes: toDurations(leads.subarray(starts[span.begin], starts[span.end])),
    listDays: () => listDays(span.begin).map((day) => range.firstDay + day),
  }));
}

function createCounts(cells: number) {
  return {
    deployments: new Uint32Array(cells),
    incomplete: new Uint32Array(cells),
    changes: new Uint32Array(cells),
    excluded: new Uint32Array(cells),
  };
}

interface Counts {
  readonly counts: ReturnType<typeof createCounts>;
  readonly dayStarts: Float64Array;
}

/** Gives what lists the days of a cell with a deployment: of a range by number, 0 its first, ascending. */
function countMonths(
  months: readonly MonthRows[],
  { bucketStarts, cells }: Counting,
  { counts, dayStarts }: Counts,
): (cell: number) => number[] {
  const days = dayStarts.length - 1;
  const marks = new Uint8Array(days * (bucketStarts === null ? cells : 1));
  let [bucket, day] = [0, 0];
  for (const { month, rows } of months) {
    const { at, system, isComplete, changeCount, excludedCount } = month.deployments;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const moment = month.startAt + (at[row] ?? 0);
      day = follow(dayStarts, day, moment);
      if (bucketStarts !== null) bucket = follow(bucketStarts, bucket, moment);
      const cell = bucketStarts === null ? (system[row] ?? 0) : bucket;
      marks[bucketStarts === null ? cell * days + day : day] = 1;
      addTo(counts.deployments, cell, 1);
      addTo(counts.incomplete, cell, 1 - (isComplete[row] ?? 0));
      addTo(counts.changes, cell, changeCount[row] ?? 0);
      addTo(counts.excluded, cell, excludedCount[row] ?? 0);
    }
  }
  return (cell) => {
    const first = bucketStarts === null ? cell * days : 0;
    return [...marks.subarray(first, first + days).keys()].filter((one) => marks[first + one] === 1);
  };
}

/** Lead times are told apart by counting along all rows of a month, also those that do not pass. */
function collectLeads(months: readonly MonthRows[], { bucketStarts }: Counting, starts: Uint32Array): Float64Array {
  const into = borrowNumbers(starts.at(-1) ?? 0);
  const next = starts.slice();
  let from = 0;
  for (const { month, rows } of months) {
    const { changeCount, leadTimes, system } = month.deployments;
    let [seen, begin] = [0, 0];
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      for (; seen < row; seen += 1) begin += changeCount[seen] ?? 0;
      const count = changeCount[row] ?? 0;
      // Rows come bucket by bucket, so theirs follow one another.
      if (bucketStarts === null) from = next[system[row] ?? 0] ?? 0;
      readSpan(leadTimes, { begin, end: begin + count }, { into, from });
      from += count;
      if (bucketStarts === null) next[system[row] ?? 0] = from;
    }
  }
  return into;
}
