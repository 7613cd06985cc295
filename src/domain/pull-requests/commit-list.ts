import type { ListedCommit } from '../commits/find-pushed-commits';
import type { Instant } from '../instant';

/** A list of the commits of a pull request, as it was read. */
export interface CommitList {
  readonly commits: readonly ListedCommit[];
  /** When; `null`: nobody knows. */
  readonly seenAt: Instant | null;
}

/** With the moment at which it was first seen in a list of the pull request; `null`: nobody knows. */
export type SeenCommit = ListedCommit & { readonly seenAt: Instant | null };

/**
 * The list in the place of the one before; `null` where it is the same. A commit named twice by its source is one change,
 * and one that was in the list before was seen then.
 */
export function replaceCommitList(before: readonly SeenCommit[], { commits, seenAt }: CommitList): SeenCommit[] | null {
  const seen = new Map(before.map((commit) => [commit.hash, commit.seenAt]));
  const eachOnce = new Map(commits.map(({ hash, authoredAt }) => [hash, { hash, authoredAt }]));
  const after = [...eachOnce.values()].map((commit) => ({
    ...commit,
    seenAt: seen.has(commit.hash) ? (seen.get(commit.hash) ?? null) : seenAt,
  }));
  const isSame =
    after.length === before.length &&
    after.every(({ hash, authoredAt }, index) => {
      const known = before[index];
      return hash === known?.hash && authoredAt === known.authoredAt;
    });
  return isSame ? null : after;
}

/** The earliest author date of a list and of what was known before. */
export function findFirstCommitAt(known: Instant | null, commits: readonly ListedCommit[]): Instant | null {
  return commits.reduce<Instant | null>(
    (earliest, { authoredAt }) => (earliest === null ? authoredAt : Math.min(earliest, authoredAt)),
    known,
  );
}

/**
 * The latest moment of a commit; `null` without any. One that is dated after it was first seen was made no later than
 * that, or, where nobody knows when it was seen, no later than the pull request as it is known, `updatedAt`.
 */
export function findLastCommitAt(commits: readonly Omit<SeenCommit, 'hash'>[], updatedAt: Instant): Instant | null {
  return commits.reduce<Instant | null>((latest, { authoredAt, seenAt }) => {
    const madeAt = Math.min(authoredAt, seenAt ?? updatedAt);
    return latest === null ? madeAt : Math.max(latest, madeAt);
  }, null);
}
