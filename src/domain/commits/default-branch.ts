import type { Instant } from '../instant';

/** A repository's default branch, and since when it was known as that. */
export interface KnownDefaultBranch {
  readonly since: Instant;
  readonly branch: string;
}

/**
 * The default branch as it was known at a moment: what was learnt later changes nothing of it. Before anything was
 * known the first that came to be known stands for it; `null`: none is known yet (docs/definitions.md, 3.2).
 * @param known Ascending by `since`.
 */
export function findDefaultBranchAt(known: readonly KnownDefaultBranch[], at: Instant): string | null {
  return (known.findLast(({ since }) => since <= at) ?? known[0])?.branch ?? null;
}
