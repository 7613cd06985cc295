import type { Instant } from '../instant';
import type { PullRequestActivity } from './pull-request-activity';

/** An activity as the numbers need it: who is only a uuid. Ascending by `at` wherever they stand in a list. */
export interface Activity {
  readonly kind: PullRequestActivity['kind'];
  readonly at: Instant;
  /** With braces; `null`: Bitbucket did not say who. */
  readonly actorUuid: string | null;
  readonly isInline: boolean;
  readonly isDeleted: boolean;
  /** Bitbucket no longer shows it, or no longer as in force: it was taken back, nobody knows when. */
  readonly isGone: boolean;
  /** Updates only: the state after it, the head of the source branch after it, whether it was a draft; as far as told. */
  readonly state: string | null;
  readonly sourceHash: string | null;
  readonly isDraft: boolean | null;
}
