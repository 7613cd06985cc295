/** Which merged pull requests prove an incident (docs/definitions.md, 4). */
export interface IncidentRules {
  readonly revert: boolean;
  readonly branchPrefixes: readonly string[];
  readonly titlePrefixes: readonly string[];
}

export const defaultIncidentRules: IncidentRules = { revert: true, branchPrefixes: ['hotfix'], titlePrefixes: [] };

/** The most prefixes of one kind that a workspace can have. */
export const mostPrefixes = 50;

const forbiddenInBranch = /[\s~^:?*[]/u;

/** Why a prefix cannot be used, in words for a person; `null` when it can. */
export function findPrefixProblem(prefix: string, kind: 'branch' | 'title'): string | null {
  if (/\p{Cc}/u.test(prefix)) {
    return 'A prefix has no control characters.';
  }
  const length = Array.from(prefix).length;
  if (length < 2 || length > 50) {
    return `A prefix has 2 to 50 characters; "${prefix.slice(0, 60)}" has ${length}.`;
  }
  if (kind === 'branch' && forbiddenInBranch.test(prefix)) {
    return `A branch prefix has no space and none of ~ ^ : ? * [; "${prefix}" has.`;
  }
  return null;
}
