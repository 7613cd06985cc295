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

/** A size, the source head that it was read at, and the present one. */
interface ReadSize {
  readonly sizeHead: string | null;
  readonly sourceHash: string | null;
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
}

/** A size as of the present source head; `null`: not read there, or not to be had. */
export interface SizeAtHead {
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  /** Whether it was asked for, in vain perhaps. */
  readonly isSizeTried: boolean;
}

/** The size as read at the present source head. */
export function findSizeAtHead({ sizeHead, sourceHash, linesAdded, linesRemoved }: ReadSize): SizeAtHead {
  const isSizeTried = isSizedAt(sizeHead, sourceHash);
  return isSizeTried
    ? { linesAdded, linesRemoved, isSizeTried }
    : { linesAdded: null, linesRemoved: null, isSizeTried };
}

/** Lines added and removed together; `null` unless they were read at the present source head. */
export function computeLinesChanged(size: ReadSize): number | null {
  const { linesAdded, linesRemoved } = findSizeAtHead(size);
  return linesAdded === null || linesRemoved === null ? null : linesAdded + linesRemoved;
}
