import { findAbove, findSmallestAt, gatherBetween, type LeadRuns } from './lead-runs';

/** Above whatever fits into four bytes. */
const aboveAllThatFit = 0xffff_ffff;

/** The numbers around a rank: all of one value, or few. */
interface Surroundings {
  /** The rank of the first of them. */
  readonly before: number;
  readonly count: number;
  /** Ascending; or the value of all. */
  readonly values: Float64Array | number;
  /** Where each run goes on behind them. */
  readonly high: Uint32Array;
}

/**
 * The numbers of some ranks among all runs together, by bisection: nothing is merged or sorted.
 *
 * @param count of all numbers of the runs
 * @returns milliseconds
 */
export function findRunRanks(runs: LeadRuns, count: number, ranks: readonly number[]): number[] {
  let found: Surroundings | null = null;
  return ranks.map((rank) => {
    if (found !== null && rank === found.before + found.count) return findSmallestAt(runs, found.high);
    if (found === null || rank < found.before || rank > found.before + found.count) {
      found = findSurroundings(runs, rank, count);
    }
    return typeof found.values === 'number' ? found.values : (found.values[rank - found.before] ?? Number.NaN);
  });
}

/**
 * Halves the values in question until few are left: each run's share of them lies between two of its places, which
 * draw nearer, so each look takes less. Ends after 32 halvings, the bits of a value.
 */
function findSurroundings(runs: LeadRuns, rank: number, total: number): Surroundings {
  let [before, count] = [0, total];
  let [low, high] = [runs.from, runs.to];
  let [least, most] = [0, aboveAllThatFit];
  // As few as one of each run are gathered sooner than halved.
  const fewest = Math.max(64, runs.columns.length);
  while (count > fewest && least < most) {
    const middle = Math.floor((least + most) / 2);
    const border = findBorder(runs, { low, high, middle });
    const below = sumBetween(low, border);
    if (rank - before < below) {
      high = border;
      most = middle;
      count = below;
    } else {
      low = border;
      least = middle + 1;
      before += below;
      count -= below;
    }
  }
  if (count > fewest && most < aboveAllThatFit) return { before, count, high, values: least };
  return { before, count, high, values: gatherBetween(runs, { low, high }, count).sort() };
}

interface Between {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly middle: number;
}

/** Where in each run the values above the middle begin. */
function findBorder({ columns }: LeadRuns, { low, high, middle }: Between): Uint32Array {
  const border = new Uint32Array(columns.length);
  for (let run = 0; run < columns.length; run += 1) {
    const column = columns[run];
    const [begin, end] = [low[run] ?? 0, high[run] ?? 0];
    border[run] = column === undefined || begin === end ? begin : findAbove(column, middle, { low: begin, high: end });
  }
  return border;
}

function sumBetween(low: Uint32Array, high: Uint32Array): number {
  let sum = 0;
  for (let run = 0; run < low.length; run += 1) sum += (high[run] ?? 0) - (low[run] ?? 0);
  return sum;
}
