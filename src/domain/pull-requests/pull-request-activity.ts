import type { Instant } from '../instant';
import type { Person } from '../people/person';

/**
 * One activity of a pull request, as Bitbucket's list or a notice tells it.
 * `key` is the same for the same activity from every source, so activities can be merged in any order.
 */
export interface PullRequestActivity {
  readonly key: string;
  readonly kind:
    'approval' | 'approval_withdrawn' | 'changes_request' | 'changes_request_withdrawn' | 'comment' | 'update';
  readonly at: Instant;
  readonly actor: Person | null;
  /** Comments only: on a line or file of the change. */
  readonly isInline: boolean;
  /** Comments only: deleted since. */
  readonly isDeleted: boolean;
  /** Updates only: the state the pull request had after the activity. */
  readonly state: string | null;
  /** Updates only: the head of the source branch after the activity, mostly 12 characters. */
  readonly sourceHash: string | null;
  /** Updates only: whether it was a draft, where the source says so. */
  readonly isDraft: boolean | null;
}
