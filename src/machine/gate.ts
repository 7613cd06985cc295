/** Too many wait already. */
export class GateBusy extends Error {
  override readonly name = 'GateBusy';
  constructor() {
    super('Too much is under way.');
  }
}

/** Lets so much through at once; the rest waits, first come, first served, and not for ever. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

interface Waiting {
  readonly enter: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * `most`: how many run at once. `longestWaitMs`: whoever waits longer is turned away with `GateBusy`, its work not begun.
 */
export function createGate({ most, longestWaitMs }: { readonly most: number; readonly longestWaitMs: number }): Gate {
  const line = new Set<Waiting>();
  let inside = 0;
  const wait = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        line.delete(waiting);
        reject(new GateBusy());
      }, longestWaitMs);
      const waiting = { enter: resolve, timer };
      line.add(waiting);
    });
  const leave = (): void => {
    const [next] = line;
    if (next === undefined) {
      inside -= 1;
      return;
    }
    // The place goes on from hand to hand.
    line.delete(next);
    clearTimeout(next.timer);
    next.enter();
  };
  return async (work) => {
    if (inside >= most) await wait();
    else inside += 1;
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
