/** Whole numbers from zero, in the smallest kind of array that holds them. */
export type Narrow = Uint8Array | Uint16Array | Uint32Array;

/** Room for `length` numbers up to `largest`. */
export function createNarrow(length: number, largest: number): Narrow {
  if (largest <= 0xff) return new Uint8Array(length);
  return largest <= 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}

/** @param numbers whole, from 0 to 2³² − 1 */
export function toNarrow(numbers: ArrayLike<number>): Narrow {
  let largest = 0;
  for (let index = 0; index < numbers.length; index += 1) largest = Math.max(largest, numbers[index] ?? 0);
  const narrow = createNarrow(numbers.length, largest);
  narrow.set(numbers);
  return narrow;
}
