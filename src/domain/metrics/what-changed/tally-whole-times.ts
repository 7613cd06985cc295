import type { MonthColumns, WorkspaceColumns } from '../../columns/month-columns';
import type { Phase, PhaseSeconds } from '../../reviews/phase';
import { mapPhases } from '../../reviews/phase-ledger';
import { toDurations } from '../durations';
import { borrowNumbers } from '../scratch';
import type { Counting } from '../selection/cells';
import { readRows } from '../selection/read-numbers';
import { countRows, selectMonthRows, type MonthRows } from '../selection/select-rows';

/** Which pull requests are meant: those that became deployments in the range, or all that were merged in it. */
export const wholePopulations = ['deployments', 'merged'] as const;
export type WholePopulation = (typeof wholePopulations)[number];

/** How long pull requests took as a whole, in seconds; `null` of none. */
export interface WholeTimes {
  readonly n: number;
  /** Pull requests left out because their first commit is not known. */
  readonly leftOut: number;
  readonly mean: number | null;
  readonly median: number | null;
  /** They add up to the mean. */
  readonly phases: PhaseSeconds | null;
  /** Of each repository that has any, by its uuid. */
  readonly systems: ReadonlyMap<string, SystemTime>;
}

export interface SystemTime {
  readonly n: number;
  readonly mean: number;
}

const millisecondsPerSecond = 1_000;

/**
 * The whole times of a population: from the first commit to the deployment, or to the merge, the sum of the phases
 * (docs/definitions.md, 6.5). One pass over the rows that are selected, a column at a time.
 */
export function tallyWholeTimes(columns: WorkspaceColumns, counting: Counting, of: WholePopulation): WholeTimes {
  const months = of === 'merged' ? selectMonthRows(columns, counting, toMerges) : selectDeployed(columns, counting);
  const known = months.map(keepKnown);
  const n = countRows(known);
  const sums = addUpPhases(known, borrowNumbers(n).fill(0), of);
  const systems = addUpSystems(columns, known, sums.whole);
  return {
    n,
    leftOut: countRows(months) - n,
    systems,
    phases: n === 0 ? null : mapPhases((phase) => sums.phases[phase] / millisecondsPerSecond / n),
    // Last, as it changes the places of the times.
    ...pickMiddle(sums.whole),
  };
}

function pickMiddle(whole: Float64Array): Pick<WholeTimes, 'mean' | 'median'> {
  const { mean, median } = toDurations(whole);
  return { mean, median };
}

const toMerges = ({ merges }: MonthColumns) => merges;

/** The merges that were deployments of the span. */
function selectDeployed(columns: WorkspaceColumns, counting: Counting): MonthRows[] {
  return selectMonthRows(columns, counting, ({ deployments }) => deployments).map(toMergeRows);
}

/** Both lie in the same order, so that one walk finds the merge of every deployment. */
function toMergeRows({ month, rows }: MonthRows): MonthRows {
  const { merges, deployments } = month;
  const found = new Uint32Array(rows.length);
  let [count, place] = [0, 0];
  for (const row of rows) {
    const at = deployments.at[row] ?? 0;
    while (place < merges.count && (merges.at[place] ?? 0) < at) place += 1;
    const merge = findAmongSame(month, { row, from: place });
    if (merge === null) continue;
    found[count] = merge;
    count += 1;
  }
  return { month, rows: found.subarray(0, count) };
}

/** Of the merges at one instant the one of a deployment; they are few. */
function findAmongSame(
  { merges, deployments }: MonthColumns,
  { row, from }: { readonly row: number; readonly from: number },
): number | null {
  for (let place = from; merges.at[place] === deployments.at[row]; place += 1) {
    const isSame = merges.system[place] === deployments.system[row] && merges.number[place] === deployments.number[row];
    if (isSame) return place;
  }
  return null;
}

/** Only where the first commit is known, and lies before the opening, do the phases begin with it. */
function keepKnown({ month, rows }: MonthRows): MonthRows {
  const times = readRows(month.merges.metrics.time_to_open, rows);
  const known = new Uint32Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    if (!((times[index] ?? Number.NaN) >= 0)) continue;
    known[count] = rows[index] ?? 0;
    count += 1;
  }
  return { month, rows: known.subarray(0, count) };
}

interface Sums {
  /** Milliseconds. */
  readonly phases: Record<Phase, number>;
  /** Milliseconds of each row, month after month. */
  readonly whole: Float64Array;
}

/** Sums of whole milliseconds, so that nothing is lost in whatever order they are taken. */
function addUpPhases(months: readonly MonthRows[], whole: Float64Array, of: WholePopulation): Sums {
  const phases = mapPhases((phase) => {
    // What is told of a merge ends with it.
    if (of === 'merged' && phase === 'waiting_for_deployment') return 0;
    let [sum, from] = [0, 0];
    for (const { month, rows } of months) {
      sum += addRows(readRows(month.merges.phases[phase], rows), whole.subarray(from, from + rows.length));
      from += rows.length;
    }
    return sum;
  });
  return { phases, whole };
}

function addRows(numbers: Float64Array, whole: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? 0;
    sum += number;
    whole[index] = (whole[index] ?? 0) + number;
  }
  return sum;
}

function addUpSystems(
  { names }: WorkspaceColumns,
  months: readonly MonthRows[],
  whole: Float64Array,
): ReadonlyMap<string, SystemTime> {
  const [sums, counts] = [new Float64Array(names.systems.length), new Uint32Array(names.systems.length)];
  let next = 0;
  for (const { month, rows } of months) {
    const { system } = month.merges;
    for (let index = 0; index < rows.length; index += 1) {
      const own = system[rows[index] ?? 0] ?? 0;
      sums[own] = (sums[own] ?? 0) + (whole[next] ?? 0);
      counts[own] = (counts[own] ?? 0) + 1;
      next += 1;
    }
  }
  return new Map(
    names.systems.flatMap((uuid, own): [string, SystemTime][] => {
      const n = counts[own] ?? 0;
      return n === 0 ? [] : [[uuid, { n, mean: (sums[own] ?? 0) / millisecondsPerSecond / n }]];
    }),
  );
}
