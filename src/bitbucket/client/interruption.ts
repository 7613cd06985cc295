import { Interrupted } from './errors';

/** @throws Interrupted once the signal is aborted */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Interrupted();
}

/** Resolves when the waiting is over, or cut short by the signal. */
export async function untilAborted(waiting: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await waiting;
    return;
  }
  let cutShort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => (cutShort = resolve));
  signal.addEventListener('abort', cutShort);
  try {
    await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', cutShort);
  }
}
