/** What a number is made of: times of changes, incidents or pull requests, a share of deployments, or their count. */
export type Evidence = 'duration' | 'share' | 'count';

/**
 * The fewest that are enough to tell something by (docs/definitions.md, 5.3): changes, recovered incidents or pull
 * requests of a duration, deployments of a share, deployments of a count that is compared. Under that a number has no
 * level and is called neither better nor worse.
 */
export const fewestToTell: Readonly<Record<Evidence, number>> = { duration: 5, share: 10, count: 5 };

/** Whether a number made of `n` says enough for a level or a comparison. */
export function isEnoughToTell(evidence: Evidence, n: number): boolean {
  return n >= fewestToTell[evidence];
}
