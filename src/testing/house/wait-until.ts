import { setTimeout as pause } from 'node:timers/promises';

const betweenLooks = 25;

/** Looks again and again until `look` finds something, and gives it. @throws when that takes too long */
export async function waitUntil<T>(
  look: () => Promise<T | null>,
  { withinMs, what }: { readonly withinMs: number; readonly what: string },
): Promise<T> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await pause(betweenLooks);
  }
  throw new Error(`Waited ${withinMs} ms in vain for ${what}.`);
}
