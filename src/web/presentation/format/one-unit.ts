import { formatPercent, formatShortNumber, unknown } from './numbers';

/** The unit of a duration on a page: one a metric, so that a column of them is compared by eye. */
export interface OneUnit {
  /** "h", behind the number. */
  readonly word: string;
  readonly seconds: number;
}

/** Each from a number of it on: days only from four, since 30 h and 72 h are read as they are. */
const oneUnits: readonly (OneUnit & { readonly least: number })[] = [
  { word: 'd', seconds: 86_400, least: 4 },
  { word: 'h', seconds: 3_600, least: 1 },
  { word: 'min', seconds: 60, least: 1 },
];
const seconds: OneUnit = { word: 's', seconds: 1 };

/** The unit for a metric, by its main value in seconds; `null` is taken as nothing. */
export function pickOneUnit(value: number | null): OneUnit {
  const size = Math.abs(value ?? 0);
  return oneUnits.find((unit) => size >= unit.seconds * unit.least) ?? seconds;
}

/** Two digits that matter in the unit of the page: 108,000 s in hours give "30 h"; `—` for `null`. */
export function formatInUnit(value: number | null, unit: OneUnit): string {
  return value === null ? unknown : `${formatShortNumber(value / unit.seconds)} ${unit.word}`;
}

/** A share from 0 to 1 with two digits that matter: 0.0526 gives "5.3 %"; `—` for `null`. */
export function formatShortPercent(share: number | null): string {
  return share === null ? unknown : formatPercent(share);
}
