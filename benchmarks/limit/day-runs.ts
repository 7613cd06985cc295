/* eslint complexity: ["error", 20], max-params: ["error", 4] -- loops over columns, in which each look-up counts as a branch */
import type { Columns } from './columns';
import { cutDays, toDay, type Figured, type Figures, type Question } from './question';

const day = 86_400_000;

/** Values of each day, sorted within it. */
interface Runs {
  /** Where the values of a day begin; one longer than the days. */
  readonly starts: Uint32Array;
  readonly values: Float64Array;
}

/** What is kept of some rows. Days are counted from the first one, which is since 1970. */
export interface DayRuns {
  readonly firstDay: number;
  readonly leads: Runs;
  readonly recoveries: Runs;
  /** Up to, and without, the day. */
  readonly sums: Readonly<Record<'deployments' | 'failed' | 'rework', Uint32Array>>;
}

/** The limit of an answer: exact percentiles over values that were sorted day by day when they came. */
export function buildDayRuns(columns: Columns, passes: (row: number) => boolean = () => true): DayRuns {
  const { count, mergedAt, firstCommit, incidents } = columns;
  const firstDay = Math.floor((mergedAt[0] ?? 0) / day);
  const days = Math.floor((mergedAt[count - 1] ?? 0) / day) - firstDay + 1;
  const rows = Array.from({ length: count }, (_none, row) => row).filter(passes);
  const dayOf = (at: number | undefined): number => Math.floor((at ?? 0) / day) - firstDay;
  const sum = (weights: Uint8Array | null): Uint32Array => {
    const sums = new Uint32Array(days + 1);
    for (const row of rows) {
      const at = dayOf(mergedAt[row]) + 1;
      sums[at] = (sums[at] ?? 0) + (weights === null ? 1 : (weights[row] ?? 0));
    }
    return addUp(sums);
  };
  const leads: Dated[] = [];
  for (const row of rows) {
    const at = dayOf(mergedAt[row]);
    for (const lead of columns.leads.subarray(firstCommit[row], firstCommit[row + 1])) leads.push([at, lead]);
  }
  const recoveries = incidents
    .filter(({ blamed, createdAt }) => blamed !== null && passes(blamed) && dayOf(createdAt) >= 0)
    .map(({ createdAt, resolvedAt }): Dated => [dayOf(createdAt), resolvedAt - createdAt]);
  return {
    firstDay,
    leads: sortIntoRuns(leads, days),
    recoveries: sortIntoRuns(recoveries, days),
    sums: { deployments: sum(null), failed: sum(columns.isFailed), rework: sum(columns.isFix) },
  };
}

type Dated = readonly [day: number, value: number];

function addUp(sums: Uint32Array): Uint32Array {
  for (let at = 1; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (sums[at - 1] ?? 0);
  return sums;
}

function sortIntoRuns(dated: readonly Dated[], days: number): Runs {
  const starts = new Uint32Array(days + 1);
  for (const [at] of dated) starts[at + 1] = (starts[at + 1] ?? 0) + 1;
  addUp(starts);
  const next = Uint32Array.from(starts);
  const values = new Float64Array(dated.length);
  for (const [at, value] of dated) {
    values[next[at] ?? 0] = value;
    next[at] = (next[at] ?? 0) + 1;
  }
  for (let at = 0; at < days; at += 1) values.subarray(starts[at], starts[at + 1]).sort();
  return { starts, values };
}

export function computeByDayRuns(runs: DayRuns, question: Question): Figured {
  const measure = (span: readonly [number, number]): Figures => measureSpan(runs, span);
  return { whole: measure([toDay(question.from), toDay(question.to) + 1]), series: cutDays(question).map(measure) };
}

function measureSpan({ firstDay, leads, recoveries, sums }: DayRuns, [from, to]: readonly [number, number]): Figures {
  const last = leads.starts.length - 1;
  const clamp = (value: number): number => Math.min(Math.max(value, 0), last);
  const [first, end] = [clamp(from - firstDay), clamp(to - firstDay)];
  const sum = (all: Uint32Array): number => (all[end] ?? 0) - (all[first] ?? 0);
  const [selectLead, selectRecovery] = [
    selectPercentiles(leads, first, end),
    selectPercentiles(recoveries, first, end),
  ];
  const own = recoveries.values.subarray(recoveries.starts[first], recoveries.starts[end]);
  return {
    ...{ deployments: sum(sums.deployments), failed: sum(sums.failed), rework: sum(sums.rework) },
    ...{ changes: sum(leads.starts), lead: selectLead(0.5), lead75: selectLead(0.75), lead95: selectLead(0.95) },
    ...{ recoveries: own.length, recovery: selectRecovery(0.5), meanRecovery: computeMean(own) },
  };
}

function computeMean(values: Float64Array): number | null {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? null : sum / values.length;
}

function selectPercentiles({ values, starts }: Runs, first: number, end: number): (share: number) => number | null {
  const [from, to] = [starts.subarray(first, end), starts.subarray(first + 1, end + 1)];
  const count = (starts[end] ?? 0) - (starts[first] ?? 0);
  return (share) => {
    if (count === 0) return null;
    const rank = (count - 1) * share;
    const [below, next] = selectInRuns(values, { from, to }, Math.floor(rank));
    return below + (rank - Math.floor(rank)) * (next - below);
  };
}

interface Bounds {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** The value of a place among all, and of the next one: by halving the values, each run searched within its last bounds. */
function selectInRuns(leads: Float64Array, { from, to }: Bounds, place: number): readonly [number, number] {
  const [lows, highs] = [Uint32Array.from(from), Uint32Array.from(to)];
  const middles = new Uint32Array(from.length);
  let [low, high] = findRange(leads, { from, to });
  while (low < high) {
    const wanted = Math.floor((low + high) / 2);
    let count = 0;
    for (let run = 0; run < lows.length; run += 1) {
      const at = countUpTo(leads, wanted, lows[run] ?? 0, highs[run] ?? 0);
      middles[run] = at;
      count += at - (from[run] ?? 0);
    }
    if (count > place) {
      high = wanted;
      highs.set(middles);
    } else {
      low = wanted + 1;
      lows.set(middles);
    }
  }
  let [count, next] = [0, Infinity];
  for (let run = 0; run < lows.length; run += 1) {
    const at = countUpTo(leads, low, lows[run] ?? 0, to[run] ?? 0);
    count += at - (from[run] ?? 0);
    if (at < (to[run] ?? 0)) next = Math.min(next, leads[at] ?? Infinity);
  }
  return [low, count > place + 1 || next === Infinity ? low : next];
}

function findRange(leads: Float64Array, { from, to }: Bounds): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let run = 0; run < from.length; run += 1) {
    if ((from[run] ?? 0) === (to[run] ?? 0)) continue;
    low = Math.min(low, leads[from[run] ?? 0] ?? Infinity);
    high = Math.max(high, leads[(to[run] ?? 0) - 1] ?? -Infinity);
  }
  return [low, high];
}

/** The place behind the last value that is not greater. */
function countUpTo(leads: Float64Array, wanted: number, first: number, end: number): number {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((leads[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
