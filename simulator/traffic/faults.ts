import { createChance, type Chance } from '../world/random';

/** What goes wrong on the way, in shares of the requests to the API. Everything defaults to 0. */
export interface FaultRates {
  readonly seed?: number;
  /** Answers 500, 502, 503 or 555. */
  readonly serverErrors?: number;
  /** Cuts the connection without an answer. */
  readonly resets?: number;
  /** Sends half of the JSON. */
  readonly truncated?: number;
  /** Sends an HTML page with status 200. */
  readonly html?: number;
  /** Before every answer, in milliseconds. */
  readonly latencyMs?: number;
}

export type Fault = 'server_error' | 'reset' | 'truncated' | 'html';

/** Decides for each request, repeatably by seed, whether it goes wrong. */
export class FaultSource {
  readonly #chance: Chance;

  constructor(public rates: FaultRates = {}) {
    this.#chance = createChance(rates.seed ?? 1);
  }

  draw(): Fault | null {
    const { serverErrors = 0, resets = 0, truncated = 0, html = 0 } = this.rates;
    const bands: readonly [Fault, number][] = [
      ['server_error', serverErrors],
      ['reset', resets],
      ['truncated', truncated],
      ['html', html],
    ];
    let roll = this.#chance.next();
    for (const [fault, share] of bands) {
      if (roll < share) {
        return fault;
      }
      roll -= share;
    }
    return null;
  }

  drawStatus(): number {
    return this.#chance.pick([500, 502, 503, 555]);
  }
}
