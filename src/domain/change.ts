import type { Instant } from './instant';

/** One commit of a deployment. */
export interface Change {
  /** Full commit hash. */
  readonly changeId: string;
  /** The commit's author date. */
  readonly createdAt: Instant;
}
