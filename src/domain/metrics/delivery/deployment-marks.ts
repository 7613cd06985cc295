/** Neighbours lie together: numbers of a system are given one after the other. */
const neighbourBits = 13;
const neighbours = 2 ** neighbourBits;
const mostChunks = 2 ** 32 / neighbours;

/** Deployments that were met: each counts once, however many incidents speak of it. */
export class DeploymentMarks {
  /** A bit for each deployment met, by system and number. */
  readonly #chunks = new Map<number, Uint32Array>();
  #key = -1;
  #chunk: Uint32Array = new Uint32Array();

  /** Whether it was not met before. */
  add(system: number, number: number): boolean {
    const key = system * mostChunks + (number >>> neighbourBits);
    if (key !== this.#key) this.#turnTo(key);
    const place = (number & (neighbours - 1)) >>> 5;
    const marks = this.#chunk[place] ?? 0;
    const bit = 1 << (number & 31);
    if ((marks & bit) !== 0) return false;
    this.#chunk[place] = marks | bit;
    return true;
  }

  #turnTo(key: number): void {
    const chunk = this.#chunks.get(key) ?? new Uint32Array(neighbours / 32);
    this.#chunks.set(key, chunk);
    this.#key = key;
    this.#chunk = chunk;
  }
}
