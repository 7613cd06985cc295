import type { Deployment } from '../deployments/deployment';
import type { IncidentProof } from '../incidents/incident-proof';
import type { Instant } from '../instant';
import type { ReviewNumbers } from '../reviews/review-numbers';

/** A merged pull request with all that numbers are made of, worked out from its facts: what columns are built from. */
export interface MergedRow {
  /** With braces. */
  readonly repositoryUuid: string;
  readonly number: number;
  readonly mergedAt: Instant;
  /** False when its commits could not be read as they were merged. */
  readonly isComplete: boolean;
  /** Slugs, each once, in the order of text: groups written down at the merge, and teams kept by hand. */
  readonly teams: readonly string[];
  readonly review: ReviewNumbers;
  /** What its merge deployed; `null`: nothing. */
  readonly deployment: Deployment | null;
  /** The incident that its merge proves, as far as it can be told from itself; `null`: none. */
  readonly proof: IncidentProof | null;
}
