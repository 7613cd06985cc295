import type { Clock } from '../../domain/clock';

/** Longer than this nothing waits for a rest, however long the round before it took: in milliseconds. */
const longestRest = 200;
/** As a multiple of the round before it. */
const restFactor = 2;

interface PaceParts {
  readonly clock: Clock;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/**
 * The pace at which notices are worked off in a process that takes them in as well. While they come in, each round is
 * followed by a rest twice as long: whoever sends them is answered meanwhile, and the next round finds more of them, of
 * which each then costs less; a third of the time stays with work. With nothing coming in there is no rest.
 */
export class Pace {
  readonly #parts: PaceParts;
  #arrivals = 0;
  #restsUntil = 0;

  constructor(parts: PaceParts) {
    this.#parts = parts;
  }

  /** Some have come in. */
  noteArrival(): void {
    this.#arrivals += 1;
  }

  /** Resolves when the rest after the last round is over: before the next is claimed, so that nobody waits for it. */
  async rest(): Promise<void> {
    const { clock, wait } = this.#parts;
    const left = this.#restsUntil - clock.now();
    if (left > 0) await wait(Math.min(left, longestRest));
  }

  /** Does a round of work, after which there may be a rest. */
  async follow<T>(round: () => Promise<T>): Promise<T> {
    const { clock } = this.#parts;
    const [begunAt, arrivals] = [clock.now(), this.#arrivals];
    try {
      return await round();
    } finally {
      const now = clock.now();
      if (this.#arrivals > arrivals) this.#restsUntil = now + Math.min((now - begunAt) * restFactor, longestRest);
    }
  }
}
