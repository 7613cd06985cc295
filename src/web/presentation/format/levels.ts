import { lookUp } from '../../../domain/look-up';

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

/** "dora-2021" gives "DORA 2021". */
export function formatTableName(table: string): string {
  return table.replace('-', ' ').toUpperCase();
}
