import type { ListedCommit } from '../commits/find-pushed-commits';
import { isSameCommit } from '../commits/same-commit';
import type { Instant } from '../instant';
import type { PullRequestSnapshot } from './pull-request';

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

/** When the commits of a list had arrived at the latest: each push changes the pull request. */
export function findArrival({ updatedAt }: Pick<PullRequestSnapshot, 'updatedAt'>, now: Instant): Instant {
  return Math.min(updatedAt, now);
}

/** In a fast-forward the head of the branch is the merge: it is a change, and its parents say nothing of the merge. */
export function isFastForward(snapshot: Pick<PullRequestSnapshot, 'mergeHash' | 'source'>): boolean {
  return isSameCommit(snapshot.mergeHash, snapshot.source.hash);
}

/** Each commit once, without the commit that merged the pull request (Bitbucket lists it for some merges). */
export function listChanges(
  listed: readonly ListedCommit[],
  snapshot: Pick<PullRequestSnapshot, 'mergeHash' | 'source'>,
): ListedCommit[] {
  const mergeHash = isFastForward(snapshot) ? null : snapshot.mergeHash;
  const byHash = new Map(listed.map((commit) => [commit.hash, commit]));
  return [...byHash.values()].filter((commit) => !isSameCommit(commit.hash, mergeHash));
}

/**
 * Whether a list is one for this head, not of before the last push. Of a deleted fork Bitbucket no longer tells the
 * head.
 */
export function holdsHead(commits: readonly ListedCommit[], head: string | null): boolean {
  return head === null || commits.some(({ hash }) => isSameCommit(hash, head));
}
