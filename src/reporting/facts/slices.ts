import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work may hold up everybody else, in milliseconds. */
const longestSlice = 10;

/** Awaited between the steps of long work; lets others go first once the work has lasted long enough. */
export type Pause = () => Promise<void>;

export function createPause(): Pause {
  let startAt = performance.now();
  return async () => {
    if (performance.now() - startAt < longestSlice) return;
    await nextTurn();
    startAt = performance.now();
  };
}
