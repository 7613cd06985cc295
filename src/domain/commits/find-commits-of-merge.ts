import type { Commit } from './commit';
import { findPlace, listParents, notLoaded, toPlace, toRank, type CommitGraph } from './commit-graph';
import { popRank, pushRank, type RankQueue } from './rank-queue';
import { unranked } from './topological-order';

/** What a merge commit brought in, as far as the loaded history proves it. */
export type CommitsOfMerge =
  | { readonly kind: 'found'; readonly merge: Commit; readonly commits: readonly Commit[] }
  /** A squash, a fast-forward or a rebase: its history does not tell. */
  | { readonly kind: 'single_parent'; readonly merge: Commit }
  /** The merge is not loaded, or a commit that decides the answer is not. */
  | { readonly kind: 'unknown' };

interface Walk {
  readonly graph: CommitGraph;
  /** Ranks seen; true: reachable from the first parent too, so not brought in by the merge. */
  readonly isOld: Map<number, boolean>;
  readonly queue: RankQueue;
  /** Ranks in the queue that may still turn out to be brought in. */
  openCount: number;
  /** A commit was touched of which nothing is known: whatever lies behind it may change the answer. */
  isBlind: boolean;
}

/**
 * The commits reachable from the second parent of a merge (of an octopus: from any but the first) and not from its
 * first, newest first, the merge itself not among them (docs/definitions.md, 3.3). `mergeHash` has 12 to 40 characters.
 *
 * Walks both sides together, children before parents, as `git rev-list ^first second` does, and stops where only
 * commits of the first side remain: the cost is that of the history since the branch was cut, not of all of it.
 * A history that is not whole must have been loaded newest first: with a commit, all its children.
 */
export function findCommitsOfMerge(graph: CommitGraph, mergeHash: string): CommitsOfMerge {
  const place = findPlace(graph, mergeHash);
  const merge = place === null ? undefined : graph.commits[place];
  if (place === null || merge === undefined || merge.parents === null) {
    return { kind: 'unknown' };
  }
  if (merge.parents.length < 2) {
    return { kind: 'single_parent', merge };
  }
  const commits = walkFrom(graph, place);
  return commits === null ? { kind: 'unknown' } : { kind: 'found', merge, commits };
}

/** `null` when the loaded part cannot prove the answer. */
function walkFrom(graph: CommitGraph, merge: number): Commit[] | null {
  const walk: Walk = { graph, isOld: new Map(), queue: { heap: [] }, openCount: 0, isBlind: false };
  listParents(graph, merge).forEach((parent, index) => visit(walk, parent, index === 0));
  const found: Commit[] = [];
  while (walk.openCount > 0 && !walk.isBlind) {
    const rank = popRank(walk.queue);
    if (rank !== undefined) {
      found.push(...takeUp(walk, rank));
    }
  }
  return walk.isBlind ? null : found;
}

/** The commit itself when the merge brought it in, nothing otherwise. */
function takeUp(walk: Walk, rank: number): Commit[] {
  const place = toPlace(walk.graph, rank);
  const commit = walk.graph.commits[place];
  if (commit === undefined) {
    return [];
  }
  const isOld = walk.isOld.get(rank) === true;
  walk.isBlind ||= commit.parents === null;
  walk.openCount -= isOld ? 0 : 1;
  listParents(walk.graph, place).forEach((parent) => visit(walk, parent, isOld));
  return isOld ? [] : [commit];
}

function visit(walk: Walk, place: number, isOld: boolean): void {
  const rank = toRank(walk.graph, place);
  if (rank === unranked) {
    walk.isBlind ||= !isKnownRoot(walk, place, isOld);
    return;
  }
  const known = walk.isOld.get(rank);
  if (known === undefined) {
    walk.isOld.set(rank, isOld);
    walk.openCount += isOld ? 0 : 1;
    pushRank(walk.queue, rank);
  } else if (isOld && !known) {
    walk.isOld.set(rank, true);
    walk.openCount -= 1;
  }
}

/**
 * A commit that is not loaded blinds the walk from either side: behind an old one there may lie what seems to be new.
 * In a history loaded to its end an old one is a root; a new one still blinds, for its date is not known.
 */
function isKnownRoot(walk: Walk, place: number, isOld: boolean): boolean {
  return place === notLoaded && walk.graph.isWhole && isOld;
}
