/** How much of a source head is compared: Bitbucket gives 12 characters in one place and all of them in another. */
const headLength = 12;

/** By what the source head is known again that a size was read at; empty where the head is unknown. */
export function toSizeHead(sourceHash: string | null): string {
  return (sourceHash ?? '').slice(0, headLength);
}

/** Whether a size, or why there is none, belongs to the present source head; `sizeHead` `null`: it was never tried. */
export function isSizedAt(sizeHead: string | null, sourceHash: string | null): boolean {
  return sizeHead === toSizeHead(sourceHash);
}
