import type { Instant } from '../instant';
import type { IncidentSource } from './incident';

/** An incident as far as its fix alone tells of it; what it is blamed on takes the history of the repository. */
export interface IncidentProof {
  readonly source: IncidentSource;
  /** The number of the pull request whose merge is undone; `null`: it names none, or itself. */
  readonly revertedNumber: number | null;
  /** The first of its commits, or its opening: when it began, unless the merge of `revertedNumber` is known. */
  readonly startedAt: Instant;
}
