import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';

/** Bitbucket lists open ones only unless it is asked for each state. */
export const everyState = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'];

/** Only a list that really comes newest first may be left before its end: whether Bitbucket sorts is its affair. */
export function endsBefore(instants: readonly Instant[], since: Instant): boolean {
  const isDescending = instants.every((at, index) => index === 0 || at <= (instants[index - 1] ?? at));
  return isDescending && (instants.at(-1) ?? since) < since;
}

export function isOlder(items: readonly PullRequestSnapshot[], since: Instant): boolean {
  return endsBefore(
    items.map(({ updatedAt }) => updatedAt),
    since,
  );
}
