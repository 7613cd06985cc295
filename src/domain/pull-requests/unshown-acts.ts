import type { Instant } from '../instant';
import type { PullRequestActivity } from './pull-request-activity';
import { takenBackBy } from './standing';

type KnownAct = Pick<PullRequestActivity, 'kind' | 'at'> & { readonly actor: string | null };

/**
 * Whether the whole activity of a pull request, read at `asOf`, would show this act if it were still there. Comments and
 * verdicts are shown; withdrawals never are, nor what they took back.
 */
export function wouldBeShown({ kind, at, actor }: KnownAct, asOf: Instant, known: readonly KnownAct[]): boolean {
  if (at > asOf || (kind !== 'comment' && takenBackBy[kind] === undefined)) return false;
  return !known.some((other) => other.kind === takenBackBy[kind] && other.actor === actor && other.at >= at);
}
