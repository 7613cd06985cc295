/** So few numbers are sorted at once. */
const fewest = 100;

/** Each doubling of the numbers has `2 ** bits` bins. */
const [fewestBits, mostBits] = [3, 10];

/** The upper half of a double ascends with it: behind its exponent stand so many bits of its fraction. */
const fractionBits = 20;
const upperOfOne = 0x3ff0_0000;

/** Of the two halves of a double in memory, which is the upper one. */
const upper = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * The numbers of some ranks, from 0 to one less than there are, without sorting all: bins are counted, and only those
 * that hold a rank are gathered and sorted.
 *
 * @param numbers whole and not negative; may change their places
 */
export function findRanks(numbers: Float64Array, ranks: readonly number[]): number[] {
  if (numbers.length <= fewest) {
    numbers.sort();
    return ranks.map((rank) => numbers[rank] ?? Number.NaN);
  }
  const bins = toBins(numbers.length);
  const ends = countUpTo(numbers, bins);
  const binOf = ranks.map((rank) => findBin(ends, rank));
  const gathered = gather(numbers, bins, { ends, wanted: new Set(binOf.filter((bin) => bin > bins.lastOfOne)) });
  return ranks.map((rank, index) => {
    const bin = binOf[index] ?? 0;
    if (bin <= bins.lastOfOne) return toLeast(bin, bins);
    return gathered.numbers[rank - (ends[bin - 1] ?? 0) + (gathered.starts.get(bin) ?? 0)] ?? Number.NaN;
  });
}

/** Bin 0 holds zeros; the others what has the upper half of a double in common, without its last bits. */
interface Bins {
  readonly count: number;
  /** How many bits of the upper half are left out. */
  readonly shift: number;
  /** What is taken off the rest of it. */
  readonly base: number;
  /** Up to this one each bin is of one whole number. */
  readonly lastOfOne: number;
}

/** The more numbers, the narrower are the bins. */
function toBins(n: number): Bins {
  const bits = Math.min(mostBits, Math.max(fewestBits, 24 - Math.clz32(n)));
  const shift = fractionBits - bits;
  // Whole numbers are below 2⁵³: each doubling has its bins.
  return { count: (53 << bits) + 1, shift, base: (upperOfOne >>> shift) - 1, lastOfOne: (bits + 1) << bits };
}

/** The least number of a bin. */
function toLeast(bin: number, { shift, base }: Bins): number {
  if (bin === 0) return 0;
  const number = new Float64Array(1);
  new Uint32Array(number.buffer)[upper] = (bin + base) << shift;
  return number[0] ?? 0;
}

/** Kept from question to question; each use begins by clearing what it needs. */
const widest = (53 << mostBits) + 1;
const counts = new Int32Array(widest);
const marks = new Uint8Array(widest);

/** How many numbers are in each bin and those before it. Only good until the next question. */
function countUpTo(numbers: Float64Array, { count, shift, base }: Bins): Int32Array {
  const ends = counts.subarray(0, count).fill(0);
  const halves = toHalves(numbers);
  for (let at = upper; at < halves.length; at += 2) {
    const bin = ((halves[at] ?? 0) >>> shift) - base;
    // Zero is below all others: without a branch, as nobody could foretell it.
    const place = bin & ~(bin >> 31);
    ends[place] = (ends[place] ?? 0) + 1;
  }
  let sum = 0;
  for (let bin = 0; bin < count; bin += 1) {
    sum += ends[bin] ?? 0;
    ends[bin] = sum;
  }
  return ends;
}

function toHalves(numbers: Float64Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
}

/** The first bin up to which there are more numbers than the rank. */
function findBin(ends: Int32Array, rank: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Gathering {
  readonly ends: Int32Array;
  readonly wanted: ReadonlySet<number>;
}

/** The numbers of the wanted bins, ascending, and where those of each begin. */
function gather(numbers: Float64Array, bins: Bins, { ends, wanted }: Gathering) {
  const starts = new Map<number, number>();
  let total = 0;
  for (const bin of [...wanted].sort((one, other) => one - other)) {
    marks[bin] = 1;
    starts.set(bin, total);
    total += (ends[bin] ?? 0) - (ends[bin - 1] ?? 0);
  }
  const gathered = new Float64Array(total);
  copyMarked(numbers, bins, gathered);
  for (const bin of wanted) marks[bin] = 0;
  return { numbers: gathered.sort(), starts };
}

/** Ends with the last of them. */
function copyMarked(numbers: Float64Array, { shift, base }: Bins, into: Float64Array): void {
  const halves = toHalves(numbers);
  for (let index = 0, next = 0; next < into.length; index += 1) {
    const bin = ((halves[2 * index + upper] ?? 0) >>> shift) - base;
    if (marks[bin] === 1) {
      into[next] = numbers[index] ?? 0;
      next += 1;
    }
  }
}
