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
  const { least, steps, toText, lessText } = scale;
  const known = values.filter((value) => value >= least);
  const [low, high] = [known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), least)];
  const first = steps.findLast((step) => step <= low) ?? least;
  const last = steps.find((step) => step > high) ?? high;
  const ticks: LogTick[] = steps
    .filter((step) => step >= first && step <= last)
    .map((step) => ({ value: Math.log10(step), text: toText(step) }));
  const hasSlot = known.length < values.length;
  const shown = hasSlot ? [{ value: toLogPlace(0, scale), text: lessText }, ...ticks] : ticks;
  return {
    // No point is cut in half by the axis.
    min: (shown[0]?.value ?? 0) - (hasSlot ? slot / 2 : slot / 4),
    max: Math.max(Math.log10(last), shown.at(-1)?.value ?? 0),
    ticks: shown,
  };
}
