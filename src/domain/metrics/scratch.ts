/** More numbers than so many (8 MB) are not kept. */
const mostKept = 1_048_576;
let kept = new Float64Array();

/**
 * Room for numbers of which nothing is known: new memory at each question costs more than what is done with it. Good
 * until the next call, so whoever borrows it gives it to nobody and does not wait.
 */
export function borrowNumbers(length: number): Float64Array {
  if (length > mostKept) return new Float64Array(length);
  if (length > kept.length) kept = new Float64Array(Math.min(mostKept, 2 * length));
  return kept.subarray(0, length);
}
