/**
 * Finds values of a rank without sorting all of them. What it is given belongs to it: the values change their places,
 * and each rank that is asked for leaves a smaller part to search for the next.
 */
export class Ranks {
  readonly #values: Float64Array;
  /** Ranks whose values are in their places: smaller ones before them, greater ones behind. Ascending. */
  readonly #placed: number[] = [];

  constructor(values: Float64Array) {
    this.#values = values;
  }

  /** The value of a rank, from 0 to one less than there are values. */
  valueAt(rank: number): number {
    const next = this.#placed.findIndex((placed) => placed >= rank);
    const index = next === -1 ? this.#placed.length : next;
    const high = this.#placed[index] ?? this.#values.length;
    const low = (this.#placed[index - 1] ?? -1) + 1;
    // Of the values behind one in its place, the smallest comes next.
    if (rank === low && low > 0) return rank === high ? this.#at(rank) : this.#findSmallest(low, high);
    if (rank !== high) {
      place(this.#values, { left: low, right: high - 1, rank });
      this.#placed.splice(index, 0, rank);
    }
    return this.#at(rank);
  }

  #at(rank: number): number {
    return this.#values[rank] ?? Number.NaN;
  }

  #findSmallest(from: number, to: number): number {
    let smallest = this.#at(from);
    for (let index = from + 1; index < to; index += 1) {
      const value = this.#values[index] ?? Number.NaN;
      if (value < smallest) smallest = value;
    }
    return smallest;
  }
}

interface Part {
  /** Both included. */
  readonly left: number;
  readonly right: number;
  readonly rank: number;
}

/** Where a part is longer, its pivot is taken from a sample of it. */
const longestWithoutSample = 600;

/**
 * Puts the value of a rank in its place, in about one and a half looks at each value (R. W. Floyd and R. L. Rivest,
 * "Algorithm 489: SELECT", 1975).
 */
function place(values: Float64Array, part: Part): void {
  let { left, right } = part;
  const { rank } = part;
  while (right > left) {
    if (right - left > longestWithoutSample) place(values, toSample({ left, right, rank }));
    const [lower, upper] = partition(values, { left, right, rank });
    if (upper <= rank) left = upper + 1;
    if (rank <= upper) right = lower;
  }
}

/** The part around a rank that, once it is in order, most likely has a good pivot at the rank. */
function toSample({ left, right, rank }: Part): Part {
  const count = right - left + 1;
  const before = rank - left + 1;
  const size = 0.5 * Math.exp((2 * Math.log(count)) / 3);
  const side = before < count / 2 ? -1 : 1;
  const deviation = 0.5 * Math.sqrt((Math.log(count) * size * (count - size)) / count) * side;
  return {
    left: Math.max(left, Math.floor(rank - (before * size) / count + deviation)),
    right: Math.min(right, Math.floor(rank + ((count - before) * size) / count + deviation)),
    rank,
  };
}

/**
 * Values up to the pivot, which lies at the rank, before those from it on.
 *
 * @returns the last place before the pivot's, and the pivot's
 */
function partition(values: Float64Array, { left, right, rank }: Part): [lower: number, upper: number] {
  const pivot = values[rank] ?? Number.NaN;
  swap(values, left, rank);
  if (isAbove(values, right, pivot)) swap(values, left, right);
  let [low, high] = [left, right];
  while (low < high) {
    swap(values, low, high);
    low += 1;
    high -= 1;
    while (isBelow(values, low, pivot)) low += 1;
    while (isAbove(values, high, pivot)) high -= 1;
  }
  if (values[left] === pivot) {
    swap(values, left, high);
    return [high - 1, high];
  }
  swap(values, high + 1, right);
  return [high, high + 1];
}

function isBelow(values: Float64Array, place: number, pivot: number): boolean {
  return (values[place] ?? pivot) < pivot;
}

function isAbove(values: Float64Array, place: number, pivot: number): boolean {
  return (values[place] ?? pivot) > pivot;
}

function swap(values: Float64Array, one: number, other: number): void {
  const value = values[one] ?? 0;
  values[one] = values[other] ?? 0;
  values[other] = value;
}
