import type { Instant } from '../instant';

/** A commit with its place in the history: what the walk of a branch gives. */
export interface Commit {
  /** Full hash. */
  readonly hash: string;
  /** Author date as far as the source knows it (docs/definitions.md, 2.1). */
  readonly authoredAt: Instant;
  /** Full hashes, first parent first; `null` where the source leaves the parents out. */
  readonly parents: readonly string[] | null;
}
