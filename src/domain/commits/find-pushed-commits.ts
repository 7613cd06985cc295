import type { Commit } from './commit';
import type { Push } from './push';
import { isSameCommit } from './same-commit';

/** Of whose commits, and what is known about them. */
export interface PushedBranch {
  /** The head of the branch at the merge, mostly 12 characters. */
  readonly head: string;
  /** The pushes to the branch, oldest first. */
  readonly pushes: readonly Push[];
  /** Whether a commit was on the destination before: it is no change of the pull request. */
  readonly isBase: (hash: string) => boolean;
  /** The whole list of an earlier head, as it was read then; `null` without one. */
  readonly earlier: EarlierList | null;
}

/** All commits of the branch when it had that head. */
export interface EarlierList {
  readonly head: string;
  readonly commits: readonly ListedCommit[];
}

export type ListedCommit = Pick<Commit, 'hash' | 'authoredAt'>;

export interface PushedCommits {
  /** Each once, newest first as far as parents tell. */
  readonly commits: readonly ListedCommit[];
  /** They are all that the branch brought. */
  readonly isComplete: boolean;
}

/**
 * The commits of a branch as the notices of its pushes told them: from the head along the parents until the destination
 * is reached, or an earlier head whose list was read. For a branch that was gone before anybody could ask for its
 * commits (docs/definitions.md, 3.3).
 *
 * A push lists its newest commits, at most five, and for a new branch also those that were there before; what is
 * not listed and not known to be on the destination leaves the answer incomplete, unless every push to the branch is
 * known whole: then it was there before the first of them.
 */
export function findPushedCommits(branch: PushedBranch): PushedCommits {
  const { head, pushes, isBase } = branch;
  const listed = new Map(pushes.flatMap(({ commits }) => commits).map((commit) => [commit.hash, commit]));
  const start = [...listed.keys()].find((hash) => isSameCommit(hash, head));
  if (start === undefined || isBase(start)) return nothing;
  const own = [...listed.values()].filter(({ hash }) => !isBase(hash));
  return own.every(({ parents }) => parents !== null) ? follow(start, listed, branch) : takeAll(own, branch);
}

const nothing: PushedCommits = { commits: [], isComplete: false };

/** Without parents one push is as much as can be told. */
function takeAll(commits: readonly Commit[], branch: PushedBranch): PushedCommits {
  return branch.pushes.length === 1 && isAllTold(branch) ? { commits, isComplete: true } : nothing;
}

function follow(start: string, listed: ReadonlyMap<string, Commit>, branch: PushedBranch): PushedCommits {
  const { commits, isOpen } = walk(start, listed, branch);
  if (!isOpen || isAllTold(branch)) return { commits, isComplete: true };
  // The list of a new branch goes on into what was there before: where that begins nobody can say.
  const isEndless = branch.pushes.some(({ oldHash, isWhole }) => oldHash === null && !isWhole);
  return isEndless ? nothing : { commits, isComplete: false };
}

/** `isOpen`: it led to a commit that is neither listed nor on the destination. */
function walk(
  start: string,
  listed: ReadonlyMap<string, Commit>,
  { isBase, earlier }: PushedBranch,
): { commits: ListedCommit[]; isOpen: boolean } {
  const commits: ListedCommit[] = [];
  const waiting = new Set([start]);
  let isOpen = false;
  // A set goes on with what is added to it on the way, each hash once.
  for (const hash of waiting) {
    const commit = listed.get(hash);
    if (earlier !== null && isSameCommit(hash, earlier.head)) {
      commits.push(...earlier.commits);
    } else if (commit === undefined) {
      isOpen = true;
    } else {
      commits.push(commit);
      listParents(commit).forEach((parent) => isBase(parent) || waiting.add(parent));
    }
  }
  return { commits, isOpen };
}

function listParents({ parents }: Commit): readonly string[] {
  return parents ?? [];
}

function isAllTold(branch: PushedBranch): boolean {
  return branch.pushes.every((push) => isTold(push, branch));
}

/** Whole, and so is what was there before it: nothing, a commit of another push, or one of the destination. */
function isTold({ isWhole, oldHash }: Push, { pushes, isBase, earlier }: PushedBranch): boolean {
  if (!isWhole) return false;
  if (oldHash === null || isBase(oldHash) || isSameCommit(oldHash, earlier?.head ?? null)) return true;
  return pushes.some(({ newHash }) => isSameCommit(newHash, oldHash));
}
