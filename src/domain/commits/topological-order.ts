/** Parents by place, as in a commit graph; a negative parent is not loaded. */
export interface ParentLinks {
  readonly parentStart: Int32Array;
  readonly parents: Int32Array;
}

export interface TopologicalOrder {
  /** Rank of each place: every commit ranks before its parents. `unranked` in a circle, which no real history has. */
  readonly ranks: Int32Array;
  /** Place of each rank. */
  readonly order: Int32Array;
}

export const unranked = -1;

/**
 * Kahn's algorithm with a stack: the same order for the same history, whatever the dates say (author dates may lie
 * years off). The last parent is taken up first, so the commits a merge brought in rank directly behind it and before
 * the line it went into; that keeps a walk from a merge back to the fork of its branch short.
 */
export function orderTopologically(links: ParentLinks): TopologicalOrder {
  const count = links.parentStart.length - 1;
  const waitingChildren = countChildren(links);
  const ranks = new Int32Array(count).fill(unranked);
  const order = new Int32Array(count);
  const stack: number[] = [];
  let rank = 0;
  for (let tip = 0; tip < count; tip += 1) {
    if (waitingChildren[tip] === 0 && ranks[tip] === unranked) {
      stack.push(tip);
    }
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      ranks[place] = rank;
      order[rank] = place;
      rank += 1;
      releaseParents(links, place, { waitingChildren, stack });
    }
  }
  return { ranks, order };
}

function countChildren({ parents, parentStart }: ParentLinks): Int32Array {
  const children = new Int32Array(parentStart.length);
  for (const parent of parents) {
    if (parent >= 0) {
      children[parent] = (children[parent] ?? 0) + 1;
    }
  }
  return children;
}

function releaseParents(
  { parents, parentStart }: ParentLinks,
  place: number,
  { waitingChildren, stack }: { waitingChildren: Int32Array; stack: number[] },
): void {
  for (let index = parentStart[place] ?? 0; index < (parentStart[place + 1] ?? 0); index += 1) {
    const parent = parents[index] ?? -1;
    if (parent < 0) {
      continue;
    }
    const left = (waitingChildren[parent] ?? 0) - 1;
    waitingChildren[parent] = left;
    if (left === 0) {
      stack.push(parent);
    }
  }
}
