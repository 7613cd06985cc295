export interface LevelView {
  /** "Elite". */
  readonly word: string;
  /** "DORA 2021": a level without its table means nothing. */
  readonly table: string;
  /** Class of the lozenge. */
  readonly tone: 'success' | 'information' | 'warning' | 'danger';
}

const tones: Record<string, LevelView['tone']> = {
  elite: 'success',
  high: 'information',
  medium: 'warning',
  low: 'danger',
};

/** The lozenge of a level of a table such as `dora-2021`; `null` where a metric has none. */
export function toLevel(level: string | null, table: string): LevelView | null {
  if (level === null) {
    return null;
  }
  const word = `${level.slice(0, 1).toUpperCase()}${level.slice(1)}`;
  return { word, table: toTableName(table), tone: tones[level] ?? 'information' };
}

/** "dora-2021" gives "DORA 2021". */
export function toTableName(table: string): string {
  return table.replace('-', ' ').toUpperCase();
}
