import type { Instant } from '../instant';
import type { PullRequestActivity } from './pull-request-activity';
import { takenBackBy } from './standing';

type SeenActivity = Pick<PullRequestActivity, 'kind' | 'at'> & { readonly actor: string | null };

/**
 * Whether the whole activity of a pull request, read at `asOf`, would show this activity if it were still there.
 * Comments and verdicts are shown; withdrawals never are, nor what they took back.
 */
export function wouldBeShown(
  { kind, at, actor }: SeenActivity,
  asOf: Instant,
  known: readonly SeenActivity[],
): boolean {
  if (at > asOf || (kind !== 'comment' && takenBackBy[kind] === undefined)) return false;
  return !known.some((other) => other.kind === takenBackBy[kind] && other.actor === actor && other.at >= at);
}
