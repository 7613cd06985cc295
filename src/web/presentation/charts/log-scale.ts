/** A logarithmic scale on which nothing has a place as well: what is less than `least` stands in a slot before it. */
export interface LogScale {
  readonly least: number;
  /** Beside which values a number stands, in ascending order. */
  readonly steps: readonly number[];
  readonly toText: (value: number) => string;
  /** Of the slot. */
  readonly lessText: string;
}

/** How far the slot stands before the least value, in powers of ten. */
const slot = 0.4;

/** Where a value stands. */
export function toLogPlace(value: number, { least }: Pick<LogScale, 'least'>): number {
  return value < least ? Math.log10(least) - slot : Math.log10(value);
}

/** The value of a place: 0 in the slot. */
export function fromLogPlace(place: number, { least }: Pick<LogScale, 'least'>): number {
  return place < Math.log10(least) - slot / 2 ? 0 : 10 ** place;
}

interface LogTick {
  readonly value: number;
  readonly text: string;
}

/** The axis that has room for some values: its ends, and the places of its numbers with their words. */
export function buildLogAxis(values: readonly number[], scale: LogScale) {
  const known = values.filter((value) => value >= scale.least);
  const hasSlot = known.length < values.length;
  const steps = pickSteps(known, scale);
  const ticks: LogTick[] = [
    ...(hasSlot ? [{ value: toLogPlace(0, scale), text: scale.lessText }] : []),
    ...steps.map((step) => ({ value: Math.log10(step), text: scale.toText(step) })),
  ];
  const places = known.map(Math.log10).concat(ticks.map(({ value }) => value));
  return {
    // No point is cut in half by the axis.
    min: Math.min(...places) - (hasSlot ? slot / 2 : slot / 4),
    max: Math.max(...places),
    ticks,
  };
}

/** From the last step that is no more than the least value to the first that is more than the largest. */
function pickSteps(known: readonly number[], { steps }: LogScale): readonly number[] {
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const first = steps.findLastIndex((step) => step <= low);
  const last = steps.findIndex((step) => step > high);
  return steps.slice(Math.max(0, first), last === -1 ? steps.length : last + 1);
}
