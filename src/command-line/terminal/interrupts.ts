/** Ctrl-C, while a command is at work. */
export interface Interrupts {
  /** While this runs Ctrl-C aborts the signal, and the work says itself how it ends. */
  guard<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** From now on Ctrl-C does what it does to any process. */
  stop(): void;
}

/** `end`: what Ctrl-C does to work that is not guarded, and to work that does not end. */
export function listenToInterrupts(
  { onInterrupt }: { readonly onInterrupt: (listener: () => void) => () => void },
  end: () => void,
): Interrupts {
  let guarding: AbortController | null = null;
  const stop = onInterrupt(() => {
    if (guarding === null || guarding.signal.aborted) end();
    else guarding.abort();
  });
  return {
    async guard(work) {
      guarding = new AbortController();
      try {
        return await work(guarding.signal);
      } finally {
        guarding = null;
      }
    },
    stop,
  };
}
