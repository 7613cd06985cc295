import type { Commit } from './commit';
import { orderTopologically, unranked } from './topological-order';

/** The loaded part of a repository's history, ready to be asked. Commits are known by their place in it. */
export interface CommitGraph {
  readonly commits: readonly Commit[];
  /** Nothing lies behind what was loaded. */
  readonly isWhole: boolean;
  /** Full hashes in ascending order; a commit's place is its index here and in `commits`. */
  readonly hashes: readonly string[];
  /** Parents of place `p` are `parents[parentStart[p] … parentStart[p + 1] - 1]`; `notLoaded` where not loaded. */
  readonly parentStart: Int32Array;
  readonly parents: Int32Array;
  /** Rank of each place: every commit ranks before its parents. */
  readonly ranks: Int32Array;
  /** Place of each rank. */
  readonly order: Int32Array;
}

export const notLoaded = -1;

/** Bitbucket's short hashes have 12 characters, sometimes 39; anything below 7 is no hash. */
const shortestPrefix = 7;

/** A commit that is given twice counts once. Costs one sort of the hashes and one pass over all parents. */
export function buildCommitGraph(loaded: { commits: readonly Commit[]; isWhole: boolean }): CommitGraph {
  const byHash = new Map<string, Commit>();
  for (const commit of loaded.commits) {
    byHash.set(commit.hash, commit);
  }
  const hashes = [...byHash.keys()].sort();
  const commits = hashes.flatMap((hash) => byHash.get(hash) ?? []);
  const placeOf = new Map(hashes.map((hash, place) => [hash, place]));
  const { parentStart, parents } = linkParents(commits, placeOf);
  const { ranks, order } = orderTopologically({ parentStart, parents });
  return { commits, isWhole: loaded.isWhole, hashes, parentStart, parents, ranks, order };
}

function linkParents(commits: readonly Commit[], placeOf: ReadonlyMap<string, number>) {
  const parentStart = new Int32Array(commits.length + 1);
  commits.forEach((commit, place) => {
    parentStart[place + 1] = (parentStart[place] ?? 0) + (commit.parents?.length ?? 0);
  });
  const parents = new Int32Array(parentStart[commits.length] ?? 0);
  commits.forEach((commit, place) => {
    commit.parents?.forEach((hash, index) => {
      parents[(parentStart[place] ?? 0) + index] = placeOf.get(hash) ?? notLoaded;
    });
  });
  return { parentStart, parents };
}

/** The loaded commit that a whole or shortened hash names; `null` when none does, or more than one. */
export function resolveHash(graph: CommitGraph, prefix: string): Commit | null {
  const place = findPlace(graph, prefix);
  return place === null ? null : (graph.commits[place] ?? null);
}

/** As `resolveHash`, but the commit's place in the graph. */
export function findPlace({ hashes }: CommitGraph, prefix: string): number | null {
  const wanted = prefix.toLowerCase();
  if (wanted.length < shortestPrefix) {
    return null;
  }
  const place = findFirstAtOrAfter(hashes, wanted);
  const [match, next] = [hashes[place] ?? '', hashes[place + 1] ?? ''];
  const isAmbiguous = match !== wanted && next.startsWith(wanted);
  return match.startsWith(wanted) && !isAmbiguous ? place : null;
}

function findFirstAtOrAfter(hashes: readonly string[], wanted: string): number {
  let [low, high] = [0, hashes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hashes[middle] ?? '') < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The rank of a place, or `unranked`: not loaded, or in a circle. */
export function toRank(graph: CommitGraph, place: number): number {
  return place === notLoaded ? unranked : (graph.ranks[place] ?? unranked);
}

/** The place of a rank. */
export function toPlace(graph: CommitGraph, rank: number): number {
  return graph.order[rank] ?? notLoaded;
}

/** Places of the parents, first parent first. */
export function listParents(graph: CommitGraph, place: number): Int32Array {
  return graph.parents.subarray(graph.parentStart[place], graph.parentStart[place + 1]);
}
