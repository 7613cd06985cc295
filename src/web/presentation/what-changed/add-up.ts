import { lookUp } from '../../../domain/look-up';
import { formatCount } from '../format/numbers';
import type { OneUnit } from '../format/one-unit';

/** Steps that durations are shown in, largest first: each is whole in minutes, hours or days. */
const steps = [86_400, 43_200, 21_600, 7_200, 3_600, 1_800, 600, 300, 60, 30, 10, 5, 1] as const;
/** A value has at least so many of its steps: fine enough for a change of 4 %, coarse enough to be read. */
const fewestSteps = 50;

/** What is smaller than a unit is told in the next one. */
const finerUnits: Readonly<Record<string, OneUnit>> = {
  d: { word: 'h', seconds: 3_600 },
  h: { word: 'min', seconds: 60 },
  min: { word: 's', seconds: 1 },
};

/** The step, in seconds, to which a duration and its parts are rounded in the unit of a page. */
export function pickStep(value: number, unit: OneUnit): number {
  const step = steps.find((candidate) => value >= candidate * fewestSteps) ?? 1;
  return Math.max(step, findFiner(unit).seconds);
}

function findFiner({ word, seconds }: OneUnit): OneUnit {
  return lookUp(finerUnits, word) ?? { word, seconds };
}

/** To whole steps. */
export function roundToStep(value: number, step: number): number {
  return Math.round(value / step) * step;
}

/**
 * Parts rounded to whole steps that add up to a rounded total: those with the largest remainders are rounded up. A part
 * is moved by less than a step.
 */
export function roundParts(parts: readonly number[], total: number, step: number): number[] {
  const floors = parts.map((part) => Math.floor(part / step));
  const rounded = [...floors];
  const order = parts
    .map((part, index) => ({ index, remainder: part / step - (floors[index] ?? 0) }))
    .sort((one, other) => other.remainder - one.remainder);
  const missing = Math.round(total / step) - floors.reduce((sum, floor) => sum + floor, 0);
  for (const { index } of order.slice(0, Math.max(0, missing))) rounded[index] = (rounded[index] ?? 0) + 1;
  // Sums of parts may be off by a trifle on either side of a step.
  for (const { index } of order.toReversed().slice(0, Math.max(0, -missing))) {
    rounded[index] = (rounded[index] ?? 0) - 1;
  }
  // No negative zero.
  return rounded.map((count) => count * step + 0);
}

/** A duration of whole steps in the unit of the page and, where something is left, the next one: "3 h 30 min", "0 h". */
export function formatSteps(seconds: number, unit: OneUnit): string {
  const size = Math.abs(seconds);
  const finer = findFiner(unit);
  const whole = Math.floor(size / unit.seconds);
  const rest = Math.round((size - whole * unit.seconds) / finer.seconds);
  if (rest === 0) return `${formatCount(whole)} ${unit.word}`;
  return whole === 0 ? `${rest} ${finer.word}` : `${formatCount(whole)} ${unit.word} ${rest} ${finer.word}`;
}

/** The same with its sign: "+1 h", "−3 h 30 min", "0 h". */
export function formatSigned(seconds: number, unit: OneUnit): string {
  const text = formatSteps(seconds, unit);
  if (seconds === 0) return text;
  return seconds > 0 ? `+${text}` : `−${text}`;
}

/** A sentence in which a number and its unit stay in one line. */
export function keepTogether(sentence: string): string {
  return sentence.replaceAll(/(\d) (?=(?:d|h|min|s|%)\b)/gu, '$1\u00A0');
}
