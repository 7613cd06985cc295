/** Neighbours lie together: numbers of a system are given one after the other. */
const neighbours = 4_096;
const mostChunks = 2 ** 32 / neighbours;

/** Deployments that were met: each counts once, however many incidents speak of it. */
export class DeploymentMarks {
  /** 1 for each deployment met, by system and number. */
  readonly #chunks = new Map<number, Uint8Array>();

  /** Whether it was not met before. */
  add(system: number, number: number): boolean {
    const key = system * mostChunks + Math.floor(number / neighbours);
    let chunk = this.#chunks.get(key);
    if (chunk === undefined) {
      chunk = new Uint8Array(neighbours);
      this.#chunks.set(key, chunk);
    }
    const place = number % neighbours;
    if (chunk[place] === 1) return false;
    chunk[place] = 1;
    return true;
  }
}
