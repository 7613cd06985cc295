import type { Instant } from '../instant';
import { isMergedIntoDefaultBranch } from '../pull-requests/merged-into-default-branch';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import type { IncidentSource } from './incident';
import type { IncidentProof } from './incident-proof';
import type { IncidentRules } from './incident-rules';

/** Any case; the digits end where another character, or nothing, follows. */
const revertBranch = /^revert-pr-(\d+)/i;

/** No pull request has a greater number. */
const largestNumber = 2 ** 32 - 1;

/**
 * Finds the incident that a merge proves (docs/definitions.md, 4), as far as the merge alone tells; `null`: none. A fix
 * is always merged into the default branch.
 */
export function createFindProof(rules: IncidentRules): (fix: MergedPullRequest) => IncidentProof | null {
  const lowered = toLowered(rules);
  return (fix) => {
    const source = findSource(fix, lowered);
    if (source === null || !isMergedIntoDefaultBranch(fix)) return null;
    const revertedNumber = source === 'revert' ? findRevertedNumber(fix) : null;
    return { source, revertedNumber, startedAt: findFirstCommitAt(fix) };
  };
}

function toLowered(rules: IncidentRules): IncidentRules {
  return {
    revert: rules.revert,
    branchPrefixes: rules.branchPrefixes.map((prefix) => prefix.toLowerCase()),
    titlePrefixes: rules.titlePrefixes.map((prefix) => prefix.toLowerCase()),
  };
}

/** A pull request that matches both rules is one incident, by the revert rule. */
function findSource(fix: MergedPullRequest, rules: IncidentRules): IncidentSource | null {
  if (rules.revert && fix.sourceBranch !== null && revertBranch.test(fix.sourceBranch)) {
    return 'revert';
  }
  const isNamed =
    (fix.sourceBranch !== null && startsWithAny(fix.sourceBranch, rules.branchPrefixes)) ||
    startsWithAny(fix.title, rules.titlePrefixes);
  return isNamed ? 'naming_convention' : null;
}

function startsWithAny(text: string, prefixes: readonly string[]): boolean {
  if (prefixes.length === 0) {
    return false;
  }
  const lowered = text.toLowerCase();
  return prefixes.some((prefix) => lowered.startsWith(prefix));
}

/** The number that the branch names. One that names itself names none: it cannot undo its own merge. */
function findRevertedNumber({ sourceBranch, number: own }: MergedPullRequest): number | null {
  const number = Number(revertBranch.exec(sourceBranch ?? '')?.[1] ?? Number.NaN);
  return Number.isSafeInteger(number) && number !== own && number <= largestNumber ? number : null;
}

/** The earliest author date among the changes; without any the opening, also for a revert, where the rule is silent. */
function findFirstCommitAt(fix: MergedPullRequest): Instant {
  const earliest = fix.changes.reduce((first, change) => Math.min(first, change.createdAt), Number.POSITIVE_INFINITY);
  return earliest === Number.POSITIVE_INFINITY ? fix.openedAt : earliest;
}
