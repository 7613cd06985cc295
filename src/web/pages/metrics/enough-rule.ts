import { fewestToTell } from '../../../domain/metrics/enough-to-tell';
import { listFrequencyWindows } from '../../../domain/metrics/levels';
import type { LevelTable } from '../../../domain/workspace-settings';

/** In an explanation: when a median says enough. `what` is what is counted: "changes". */
export function toMedianRule(what: string, { hasLevel }: { readonly hasLevel: boolean }): string {
  const level = hasLevel ? 'for a level and ' : '';
  return `Fewer than ${fewestToTell.duration} ${what} are too few to tell ${level}whether it moved; under 4 % is no change.`;
}

/** The same of a share of deployments. */
export function toShareRule({ hasLevel }: { readonly hasLevel: boolean }): string {
  const level = hasLevel ? 'for a level and ' : '';
  return `Fewer than ${fewestToTell.share} deployments are too few to tell ${level}whether it moved; under 4 %, or one deployment more or less than the rate before would have given, is no change.`;
}

/** The same of a frequency, and how it gets its level. */
export function toFrequencyRules(table: LevelTable): string[] {
  const [, ...windows] = listFrequencyWindows(table);
  return [
    `The level asks whether more than half of the days of the range have a deployment; if not, more than half of its windows of ${windows.join(' days, and if not, of ')} days. Windows are counted back from the end of the range; the earliest counts if at least half of it lies in the range, or if it is the only one.`,
    `Fewer than ${fewestToTell.count} deployments in both periods are too few to tell whether it moved; under 4 % is no change.`,
  ];
}
