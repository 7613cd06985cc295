import { setTimeout as pause } from 'node:timers/promises';

/** Looking costs the watched one time: often at first, then ever more seldom. */
const firstPause = 20;
const longestPause = 500;

/** Looks again and again until `look` finds something, and gives it. @throws when that takes too long */
export async function waitUntil<T>(
  look: () => Promise<T | null>,
  { withinMs, what }: { readonly withinMs: number; readonly what: string },
): Promise<T> {
  const end = performance.now() + withinMs;
  let between = firstPause;
  while (performance.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await pause(between);
    between = Math.min(longestPause, between * 1.2);
  }
  throw new Error(`Waited ${withinMs} ms in vain for ${what}.`);
}
