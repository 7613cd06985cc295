import type { Commit } from './commit';
import { findPlace, listParents, notLoaded, type CommitGraph } from './commit-graph';

/**
 * Every loaded commit that a head leads to, the head first. Of a graph that holds whatever is reachable from some heads
 * and not from a branch, these are the commits that the head has and the branch has not: a commit outside the branch
 * has no child inside it.
 *
 * @param head 12 to 40 characters
 * @returns `null` where the head is not loaded, or a commit does not tell its parents
 */
export function listReachable(graph: CommitGraph, head: string): Commit[] | null {
  const start = findPlace(graph, head);
  const seen = new Set(start === null ? [] : [start]);
  for (const place of seen) {
    if (graph.commits[place]?.parents === null) return null;
    listParents(graph, place).forEach((parent) => {
      if (parent !== notLoaded) seen.add(parent);
    });
  }
  return start === null ? null : [...seen].flatMap((place) => graph.commits[place] ?? []);
}
