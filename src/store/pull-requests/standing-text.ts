import type { Standing, StandingVerdict } from '../../domain/pull-requests/standing';

const letters: Readonly<Record<StandingVerdict, string>> = { approved: 'a', changes_requested: 'c', none: 'n' };
const verdicts = new Map(Object.entries(letters).map(([verdict, letter]) => [letter, verdict as StandingVerdict]));

/** `<as of> <uuid>=<letter> …`, by uuid: of two texts of one snapshot the greater is the later. */
export function toStandingText(standing: Standing | null): string | null {
  if (standing === null) {
    return null;
  }
  const entries = [...standing.verdicts].map(([uuid, verdict]) => `${uuid}=${letters[verdict]}`).sort();
  return [String(standing.asOf).padStart(14, '0'), ...entries].join(' ');
}

/** What `toStandingText` wrote. */
export function toStanding(text: string | null): Standing | null {
  if (text === null) {
    return null;
  }
  const [asOf, ...entries] = text.split(' ');
  return { asOf: Number(asOf), verdicts: new Map(entries.map(toEntry)) };
}

function toEntry(entry: string): [string, StandingVerdict] {
  const cut = entry.lastIndexOf('=');
  return [entry.slice(0, cut), verdicts.get(entry.slice(cut + 1)) ?? 'none'];
}
