import { fewestToTell } from '../../../domain/metrics/enough-to-tell';
import { listFrequencyWindows } from '../../../domain/metrics/deployment-frequency';
import type { LevelTable } from '../../../domain/settings/workspace-settings';

const least = 'A change of less than 4 % is none.';

/** In an explanation: when a median says enough. `what` is what is counted: "changes". */
export function formatMedianRule(what: string, { hasLevel }: { readonly hasLevel: boolean }): string {
  return `Fewer than ${fewestToTell.duration} ${what} are ${formatTooFew(hasLevel)} ${least}`;
}

/** The same of a share of deployments. */
export function formatShareRule({ hasLevel }: { readonly hasLevel: boolean }): string {
  const chance = 'nor is one of a single deployment more or less than the rate before would have given.';
  return `Fewer than ${fewestToTell.share} deployments are ${formatTooFew(hasLevel)} ${least.slice(0, -1)}, ${chance}`;
}

/** The same of a frequency, and how it gets its level. */
export function buildFrequencyRules(table: LevelTable): string[] {
  const [, ...windows] = listFrequencyWindows(table);
  return [
    `The level asks whether more than half of the days of the range have a deployment; if not, more than half of its windows of ${windows.join(' days, and if not, of ')} days. Windows are counted back from the end of the range; the earliest counts if at least half of it lies in the range, or if it is the only one.`,
    `Fewer than ${fewestToTell.count} deployments both now and before are ${formatTooFew(false)} ${least}`,
  ];
}

function formatTooFew(hasLevel: boolean): string {
  return hasLevel
    ? 'too few to tell: they give no level, and no better or worse than before.'
    : 'too few to tell better from worse.';
}
