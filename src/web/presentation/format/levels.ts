import { lookUp } from '../../../domain/look-up';
import type { Movement } from '../../../domain/metrics/movement';

export interface LevelView {
  /** "Elite". */
  readonly word: string;
  /** "DORA 2021": a level without its table means nothing; `null` where there is too little for a level. */
  readonly table: string | null;
  /** Class of the lozenge; `null`: plain words. */
  readonly tone: Tone | null;
}

type Tone = 'success' | 'information' | 'warning' | 'danger';

const tones: Readonly<Record<string, Tone>> = {
  elite: 'success',
  high: 'information',
  medium: 'warning',
  low: 'danger',
};

/** The lozenge of a level of a table such as `dora-2021`; `null` where a metric has none. */
export function buildLevel(level: string | null, table: string): LevelView | null {
  if (level === null) {
    return null;
  }
  const word = `${level.slice(0, 1).toUpperCase()}${level.slice(1)}`;
  return { word, table: formatTableName(table), tone: lookUp(tones, level) ?? 'information' };
}

/** What stands for every level while more of the range may still come in. */
export const tooEarlyToTell: LevelView = { word: 'too early to tell', table: null, tone: null };

/** What stands for the level of a value that is made of too little. */
const tooFewToTell: Movement = 'too few to tell';

/** The level of a duration or a share: a value without one is made of too little to tell. */
export function buildLevelOf(
  { value, level }: { readonly value: number | null; readonly level: string | null },
  table: string,
): LevelView | null {
  return level === null && value !== null ? { word: tooFewToTell, table: null, tone: null } : buildLevel(level, table);
}

/** "dora-2021" gives "DORA 2021". */
export function formatTableName(table: string): string {
  return table.replace('-', ' ').toUpperCase();
}
