/* eslint complexity: ["error", 20], max-params: ["error", 4] -- loops over columns, in which each look-up counts as a branch */
import { toBit, type Columns } from './columns';
import { cutDays, toDay, type Figured, type Figures, type Question } from './question';
import type { ReferenceWorkspace } from '../reference/shape';

const day = 86_400_000;

/** Any question by one pass over the columns, and quickselect: the limit where no order is kept beforehand. */
export function computeByBruteForce(columns: Columns, workspace: ReferenceWorkspace, question: Question): Figured {
  const passes = createFilter(columns, workspace, question);
  const recoveries = columns.incidents.filter(({ blamed }) => blamed !== null && passes(blamed));
  const measure = ([first, end]: readonly [number, number]): Figures => {
    const rows = findRows(columns, first, end);
    const inSpan = recoveries.filter(({ createdAt }) => createdAt >= first * day && createdAt < end * day);
    return {
      ...count(columns, rows, passes),
      ...summariseRecoveries(Float64Array.from(inSpan, (one) => one.resolvedAt - one.createdAt)),
    };
  };
  return { whole: measure([toDay(question.from), toDay(question.to) + 1]), series: cutDays(question).map(measure) };
}

/** Whether a row is of one of the repositories and of one of the teams. */
export function createFilter(
  { repository, teams: [low, high] }: Columns,
  workspace: ReferenceWorkspace,
  { systems, teams }: Pick<Question, 'systems' | 'teams'>,
): (row: number) => boolean {
  const isWanted = Uint8Array.from(workspace.repositories, ({ slug }) =>
    systems.length === 0 || systems.includes(slug) ? 1 : 0,
  );
  const indices = teams.map((team) => workspace.teams.findIndex(({ slug }) => slug === team));
  const wantedLow = indices.reduce((bits, index) => bits | toBit(index), 0);
  const wantedHigh = indices.reduce((bits, index) => bits | toBit(index - 32), 0);
  const isEvery = teams.length === 0;
  return (row) =>
    isWanted[repository[row] ?? 0] === 1 &&
    (isEvery || ((low[row] ?? 0) & wantedLow) !== 0 || ((high[row] ?? 0) & wantedHigh) !== 0);
}

/** The rows of a span of days: from the first up to, and without, the last. */
function findRows({ mergedAt }: Columns, first: number, end: number): readonly [number, number] {
  return [findFirst(mergedAt, first * day), findFirst(mergedAt, end * day)];
}

function findFirst(sorted: Float64Array, atLeast: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < atLeast) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Counted = Omit<Figures, 'recoveries' | 'recovery' | 'meanRecovery'>;

function count(columns: Columns, [first, end]: readonly [number, number], passes: (row: number) => boolean): Counted {
  const { firstCommit, isFailed, isFix } = columns;
  const leads = new Float64Array((firstCommit[end] ?? 0) - (firstCommit[first] ?? 0));
  let [deployments, changes, failed, rework] = [0, 0, 0, 0];
  for (let row = first; row < end; row += 1) {
    if (!passes(row)) continue;
    deployments += 1;
    failed += isFailed[row] ?? 0;
    rework += isFix[row] ?? 0;
    for (let at = firstCommit[row] ?? 0; at < (firstCommit[row + 1] ?? 0); at += 1) {
      leads[changes] = columns.leads[at] ?? 0;
      changes += 1;
    }
  }
  const own = leads.subarray(0, changes);
  const [lead, lead75, lead95] = [0.5, 0.75, 0.95].map((share) => selectPercentile(own, share));
  return { deployments, changes, failed, rework, lead: lead ?? null, lead75: lead75 ?? null, lead95: lead95 ?? null };
}

function summariseRecoveries(values: Float64Array): Pick<Figures, 'recoveries' | 'recovery' | 'meanRecovery'> {
  let sum = 0;
  for (const value of values) sum += value;
  return {
    recoveries: values.length,
    recovery: selectPercentile(values, 0.5),
    meanRecovery: values.length === 0 ? null : sum / values.length,
  };
}

/** Moves the values; `null` of none. */
function selectPercentile(values: Float64Array, share: number): number | null {
  if (values.length === 0) return null;
  const rank = (values.length - 1) * share;
  const below = select(values, Math.floor(rank));
  if (rank === Math.floor(rank)) return below;
  let next = Infinity;
  for (let at = Math.floor(rank) + 1; at < values.length; at += 1) next = Math.min(next, values[at] ?? Infinity);
  return below + (rank - Math.floor(rank)) * (next - below);
}

/** Hoare's quickselect: afterwards no value behind the place is smaller, and none before it greater. */
function select(values: Float64Array, place: number): number {
  let [first, last] = [0, values.length - 1];
  while (first < last) {
    const pivot = values[(first + last) >> 1] ?? 0;
    let [low, high] = [first, last];
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low += 1;
      while ((values[high] ?? 0) > pivot) high -= 1;
      if (low > high) break;
      const other = values[low] ?? 0;
      values[low] = values[high] ?? 0;
      values[high] = other;
      low += 1;
      high -= 1;
    }
    if (place <= high) last = high;
    else if (place >= low) first = low;
    else break;
  }
  return values[place] ?? 0;
}
