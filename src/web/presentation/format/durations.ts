import { formatCounted } from './numbers';

const units = [
  { word: 'd', seconds: 86_400 },
  { word: 'h', seconds: 3_600 },
  { word: 'min', seconds: 60 },
  { word: 's', seconds: 1 },
] as const;

/**
 * A duration in its two largest units: 187200 gives "2 d 4 h", 5400 "1 h 30 min", 0.2 "less than 1 s".
 * @param seconds not negative
 */
export function formatDuration(seconds: number): string {
  if (seconds > 0 && seconds < 0.5) {
    return 'less than 1 s';
  }
  const rounded = roundToSecondUnit(seconds);
  const largest = units.findIndex((unit) => rounded >= unit.seconds);
  if (largest === -1) {
    return '0 s';
  }
  const words: string[] = [];
  let rest = rounded;
  for (const unit of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) {
      words.push(`${count} ${unit.word}`);
    }
  }
  return words.join(' ');
}

/** A duration as `formatDuration` shows it: another that gives the same words. */
export function roundDuration(seconds: number): number {
  return seconds > 0 && seconds < 0.5 ? 0.1 : roundToSecondUnit(seconds);
}

/** The same within a second, for durations that are added up. */
export function roundSummand(seconds: number): number {
  const [shown, whole] = [roundDuration(seconds), Math.round(seconds)];
  return whole !== 0 && roundDuration(whole) === shown ? whole : shown;
}

/** How long something still takes: "38 minutes", "2 hours". */
export function formatRemaining(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90 ? formatCounted(minutes, 'minute') : formatCounted(Math.round(minutes / 60), 'hour');
}

/** Rounded before it is cut into units, so that 1 d 23.9 h reads "2 d" and never "1 d 24 h". */
function roundToSecondUnit(seconds: number): number {
  const largest = units.findIndex((unit) => seconds >= unit.seconds);
  const second = units[Math.min(largest === -1 ? units.length - 1 : largest + 1, units.length - 1)] ?? units[3];
  return Math.round(seconds / second.seconds) * second.seconds;
}
