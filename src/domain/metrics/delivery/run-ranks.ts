import { Ranks } from '../ranks';
import { findAbove, findSmallestAt, gatherBetween, type LeadRuns } from './lead-runs';

/** Of so many numbers left the one of a rank is found quicker by looking at all of them. */
const fewest = 1_000;

/** Above whatever fits into four bytes. */
const aboveAllThatFit = 0xffff_ffff;

/** The numbers around a rank: all of one value, or few. */
interface Surroundings {
  /** The rank of the first of them. */
  readonly before: number;
  readonly count: number;
  readonly valueAt: (rank: number) => number;
  /** Where each run goes on behind them. */
  readonly high: Uint32Array;
}

/** Finds values of a rank among all runs together, by bisection: nothing is merged or sorted. */
export class RunRanks {
  readonly #runs: LeadRuns;
  readonly #count: number;
  #found: Surroundings | null = null;

  /** @param count of all numbers of the runs */
  constructor(runs: LeadRuns, count: number) {
    this.#runs = runs;
    this.#count = count;
  }

  /** Milliseconds. */
  valueAt(rank: number): number {
    const found = this.#found;
    if (found !== null && rank >= found.before) {
      if (rank < found.before + found.count) return found.valueAt(rank - found.before);
      if (rank === found.before + found.count) return findSmallestAt(this.#runs, found.high);
    }
    const surroundings = findSurroundings(this.#runs, rank, this.#count);
    this.#found = surroundings;
    return surroundings.valueAt(rank - surroundings.before);
  }
}

/**
 * Halves the values in question until few are left: each run's share of them lies between two of its places, which
 * draw nearer, so each look takes less. Ends after 32 halvings, the bits of a value.
 */
function findSurroundings(runs: LeadRuns, rank: number, total: number): Surroundings {
  let [before, count] = [0, total];
  let [low, high] = [runs.from, runs.to];
  let [least, most] = [0, aboveAllThatFit];
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
  if (count > fewest && most < aboveAllThatFit) return { before, count, high, valueAt: () => least };
  const ranks = new Ranks(gatherBetween(runs, { low, high }, count));
  return { before, count, high, valueAt: (index) => ranks.valueAt(index) };
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
