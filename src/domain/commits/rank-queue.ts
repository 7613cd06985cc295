/** Ranks that wait to be visited, lowest first: a binary heap. */
export interface RankQueue {
  readonly heap: number[];
}

/** Adds a rank; adding one twice makes it come twice. */
export function pushRank({ heap }: RankQueue, rank: number): void {
  let child = heap.length;
  heap.push(rank);
  while (child > 0) {
    const parent = (child - 1) >>> 1;
    const above = heap[parent] ?? 0;
    if (above <= rank) {
      break;
    }
    heap[child] = above;
    child = parent;
  }
  heap[child] = rank;
}

/** Takes the lowest rank; `undefined` when none waits. */
export function popRank({ heap }: RankQueue): number | undefined {
  const lowest = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) {
    return lowest;
  }
  let hole = 0;
  for (let child = findLowerChild(heap, hole); child < heap.length; child = findLowerChild(heap, hole)) {
    const below = heap[child] ?? 0;
    if (below >= last) {
      break;
    }
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = last;
  return lowest;
}

function findLowerChild(heap: readonly number[], parent: number): number {
  const left = 2 * parent + 1;
  return (heap[left + 1] ?? Number.POSITIVE_INFINITY) < (heap[left] ?? Number.POSITIVE_INFINITY) ? left + 1 : left;
}
