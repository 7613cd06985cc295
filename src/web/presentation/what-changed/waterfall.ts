import { formatSigned, formatSteps } from './add-up';
import type { ShownChange } from './shown-change';

/** A part between the two means. */
export interface FallPart {
  readonly name: string;
  /** `null`: it leads nowhere. */
  readonly href: string | null;
  /** Seconds, of either sign. */
  readonly part: number;
}

export interface FallRow {
  readonly name: string;
  readonly href: string | null;
  readonly text: string;
  /** `end`: one of the means. Filled is shorter, outlined is longer: the shape tells before the colour. */
  readonly kind: 'end' | 'shorter' | 'longer' | 'none';
  /** In per cent of the drawing. */
  readonly x: string;
  readonly width: string;
  /** Where the row below goes on; `null` in the last row. */
  readonly next: string | null;
}

export interface Waterfall {
  readonly caption: string;
  readonly head: string;
  readonly valueHead: string;
  readonly rows: readonly FallRow[];
}

interface Falls {
  readonly change: Pick<ShownChange, 'unit' | 'now' | 'before'>;
  readonly names: { readonly now: string; readonly before: string; readonly value: string };
  readonly falls: readonly { readonly caption: string; readonly head: string; readonly parts: readonly FallPart[] }[];
}

/** Room on either side for the marks of the means. */
const margin = 2;
/** The narrowest bar that is seen. */
const narrowest = 1;

/** Waterfalls from the mean before to the mean now, all on one scale. */
export function buildWaterfalls({ change, names, falls }: Falls): Waterfall[] {
  const reached = falls.flatMap(({ parts }) => listTurns(parts, change.before));
  const [low, high] = [Math.min(change.before, ...reached), Math.max(change.before, ...reached)];
  const toX = (value: number) => (high === low ? 50 : margin + ((value - low) / (high - low)) * (100 - 2 * margin));
  const toEnd = (name: string, value: number, isLast: boolean): FallRow => {
    const x = toPercent(toX(value));
    const text = formatSteps(value, change.unit);
    return { name, href: null, text, kind: 'end', x, width: '3', next: isLast ? null : x };
  };
  return falls.map(({ caption, head, parts }) => {
    const turns = listTurns(parts, change.before);
    const rows = parts.map(({ name, href, part }, index): FallRow => {
      const ends = [toX(turns[index - 1] ?? change.before), toX(turns[index] ?? change.before)] as const;
      return { name, href, text: formatSigned(part, change.unit), ...buildBar(part, ends) };
    });
    const all = [toEnd(names.before, change.before, false), ...rows, toEnd(names.now, change.now, true)];
    return { caption, head, valueHead: names.value, rows: all };
  });
}

/** The value after each part. */
function listTurns(parts: readonly FallPart[], before: number): number[] {
  let value = before;
  return parts.map(({ part }) => (value += part));
}

function buildBar(part: number, [from, to]: readonly [number, number]): Pick<FallRow, 'kind' | 'x' | 'width' | 'next'> {
  const next = toPercent(to);
  if (part === 0) return { kind: 'none', x: next, width: '2', next };
  const width = Math.max(narrowest, Math.abs(to - from));
  return {
    kind: part < 0 ? 'shorter' : 'longer',
    x: toPercent(Math.min(from, to)),
    width: toPercent(width),
    next,
  };
}

function toPercent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
