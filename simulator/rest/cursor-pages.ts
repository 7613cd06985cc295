import { Refusal } from './refusal';

interface Walk {
  readonly items: readonly unknown[];
  readonly offset: number;
}

/** Remembers where walks stand, so that a page asked twice is the same page. Old walks are forgotten. */
export class CursorPages {
  readonly #walks = new Map<string, Walk & { path: string }>();
  #count = 0;

  constructor(private readonly most = 20_000) {}

  keep(path: string, walk: Walk): string {
    this.#count += 1;
    const cursor = (Math.imul(this.#count, 2_654_435_761) >>> 0).toString(36).padStart(4, '0');
    this.#walks.set(cursor, { ...walk, path });
    const oldest = this.#walks.keys().next().value;
    if (this.#walks.size > this.most && oldest !== undefined) {
      this.#walks.delete(oldest);
    }
    return cursor;
  }

  find(path: string, cursor: string): Walk {
    const walk = this.#walks.get(cursor);
    if (walk?.path !== path) {
      throw new Refusal(400, 'Invalid page');
    }
    return walk;
  }
}
