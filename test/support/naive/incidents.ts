import type { NaiveIncident, NaiveMerge } from './facts';

/* Incidents from docs/definitions.md, 4: by the revert rule, by the naming convention, and whom they blame. */

export interface NaiveRules {
  readonly branchPrefixes: readonly string[];
  readonly titlePrefixes: readonly string[];
}

const defaultRules: NaiveRules = { branchPrefixes: ['hotfix'], titlePrefixes: [] };

/** @param merges All that were merged, to whatever branch. */
export function findNaiveIncidents(merges: readonly NaiveMerge[], rules = defaultRules): NaiveIncident[] {
  return merges.filter(({ isDeployment }) => isDeployment).flatMap((fix) => findIncident(fix, merges, rules) ?? []);
}

function findIncident(fix: NaiveMerge, merges: readonly NaiveMerge[], rules: NaiveRules): NaiveIncident | null {
  const number = /^revert-pr-([0-9]+)/.exec((fix.sourceBranch ?? '').toLowerCase())?.[1];
  if (number === undefined && !isNamed(fix, rules)) return null;
  const others = merges.filter((one) => one.system.uuid === fix.system.uuid && one !== fix);
  const reverted = others.find((one) => one.number === Number(number));
  const createdAt = reverted?.mergedAt ?? findStart(fix);
  const source = number === undefined ? 'naming_convention' : 'revert';
  return { createdAt, resolvedAt: fix.mergedAt, source, blamed: findBlamed(others, createdAt, reverted), fix };
}

function findBlamed(others: readonly NaiveMerge[], at: number, reverted: NaiveMerge | undefined): NaiveMerge | null {
  return reverted?.isDeployment === true ? reverted : findLastBefore(others, at);
}

function isNamed({ sourceBranch, title }: NaiveMerge, { branchPrefixes, titlePrefixes }: NaiveRules): boolean {
  const begins = (text: string, prefix: string) => text.toLowerCase().indexOf(prefix.toLowerCase()) === 0;
  return (
    branchPrefixes.some((prefix) => begins(sourceBranch ?? '', prefix)) ||
    titlePrefixes.some((prefix) => begins(title, prefix))
  );
}

/** Its earliest commit, else its opening. */
function findStart({ changes, openedAt }: NaiveMerge): number {
  return changes.length === 0 ? openedAt : Math.min(...changes.map(({ createdAt }) => createdAt));
}

/** The last deployment at or before a moment; of several at one instant the one with the highest number. */
function findLastBefore(others: readonly NaiveMerge[], at: number): NaiveMerge | null {
  let last: NaiveMerge | null = null;
  for (const one of others) {
    if (!one.isDeployment || one.mergedAt > at) continue;
    const isLater =
      last === null || one.mergedAt > last.mergedAt || (one.mergedAt === last.mergedAt && one.number > last.number);
    if (isLater) last = one;
  }
  return last;
}
