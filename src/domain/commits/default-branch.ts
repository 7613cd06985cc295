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

/**
 * What is known after a reading. A change that was told of counts as known from then on, however long it took until
 * somebody read which branch it is, and whoever read it first.
 * @param known Ascending by `since`.
 * @param reading `toldAt`: since when a change was told of that nobody had read; `null`: none was.
 */
export function learnDefaultBranch(
  known: readonly KnownDefaultBranch[],
  { branch, readAt, toldAt }: { readonly branch: string; readonly readAt: Instant; readonly toldAt: Instant | null },
): KnownDefaultBranch[] {
  const last = known.at(-1);
  const isKnown = last !== undefined && last.branch === branch;
  const earlier = isKnown ? known.slice(0, -1) : known;
  const foundAt = isKnown ? last.since : readAt;
  const before = earlier.at(-1);
  const isTold = toldAt !== null && toldAt < foundAt && before !== undefined && before.since < toldAt;
  return [...earlier, { since: isTold ? toldAt : foundAt, branch }];
}
